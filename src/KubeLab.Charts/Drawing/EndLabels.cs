using KubeLab.Charts.Plotly;

namespace KubeLab.Charts.Drawing;

/// <summary>Places names beside the right ends of lines so that they never cover each other.</summary>
internal static class EndLabels
{
    /// <summary>The height of a name, with a little air.</summary>
    public const double HeightPixels = 14;

    /// <summary>About the width of a letter.</summary>
    public const double LetterPixels = 6.2;

    public static IEnumerable<Annotation> Of(Panel panel, string yAxis, double top)
    {
        var labels = panel.EndLabels.OrderBy(label => label.Value).ThenBy(label => panel.EndLabels.IndexOf(label)).ToArray();
        var places = Spread([.. labels.Select(label => panel.Share(label.Value, top) * panel.HeightPixels)], panel.HeightPixels);
        return labels.Select((label, i) => new Annotation
        {
            Text = PlotlyText.Plain(label.Text),
            XRef = "paper",
            X = 1,
            XAnchor = "left",
            XShift = 5,
            YRef = yAxis,
            Y = panel.Place(label.Value),
            YAnchor = "middle",
            YShift = places[i] - (panel.Share(label.Value, top) * panel.HeightPixels),
        });
    }

    /// <summary>Moves ascending places up as little as needed to keep their distance, then down where they would leave the panel.</summary>
    internal static double[] Spread(double[] places, double heightPixels)
    {
        var spread = (double[])places.Clone();
        for (var i = 0; i < spread.Length; i++)
        {
            spread[i] = Math.Max(spread[i], i == 0 ? 4 : spread[i - 1] + HeightPixels);
        }

        var limit = Math.Max(heightPixels, 4 + ((spread.Length - 1) * HeightPixels));
        for (var i = spread.Length - 1; i >= 0 && spread[i] > limit; i--)
        {
            spread[i] = limit;
            limit -= HeightPixels;
        }

        return spread;
    }
}

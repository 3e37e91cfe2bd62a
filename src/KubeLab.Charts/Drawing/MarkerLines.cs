using KubeLab.Charts.Plotly;

namespace KubeLab.Charts.Drawing;

/// <summary>Vertical lines for events, with labels in rows above the panels so that neighbours do not cover each other.</summary>
internal sealed class MarkerLines
{
    private const int RowsMax = 4;
    private const int LettersMax = 28;
    private const double RowPixels = 14;

    // A picture beside the live cluster, on a page of 1280 pixels. Pages are usually wider; labels that fit here fit there.
    private const double NarrowPixels = 690;

    private readonly List<Shape> lines = [];
    private readonly List<Annotation> labels = [];

    /// <param name="frame">The span and its events.</param>
    /// <param name="leftPixels">The margin on the left of the panels.</param>
    /// <param name="rightPixels">The margin on their right, into which a label may reach.</param>
    public MarkerLines(Frame frame, double leftPixels, double rightPixels)
    {
        var panelPixels = NarrowPixels - leftPixels - rightPixels;
        var span = (frame.End - frame.Start).TotalMilliseconds;
        var rowEnds = new double[RowsMax];
        Array.Fill(rowEnds, double.NegativeInfinity);
        foreach (var marker in frame.Markers.Where(m => m.At >= frame.Start && m.At <= frame.End).OrderBy(m => m.At))
        {
            var x = Elapsed.Position(marker.At, frame);
            lines.Add(Vertical(x));

            var text = PlotlyText.Short(marker.Label, LettersMax);
            var share = (marker.At - frame.Start).TotalMilliseconds / span;
            var width = (text.Length + 1) * EndLabels.LetterPixels;
            var leftward = (share * panelPixels) + width > panelPixels + rightPixels;
            var left = (share * panelPixels) - (leftward ? width : 0);
            var row = Array.FindIndex(rowEnds, end => end <= left);
            if (row < 0)
            {
                continue;
            }

            rowEnds[row] = left + width;
            Rows = Math.Max(Rows, row + 1);
            labels.Add(new Annotation
            {
                Text = PlotlyText.Plain(text),
                XRef = "x",
                X = x,
                XAnchor = leftward ? "right" : "left",
                YRef = "paper",
                Y = 1,
                YAnchor = "bottom",
                YShift = row * RowPixels,
                HoverText = PlotlyText.Plain($"{Elapsed.Text(marker.At, frame)} {marker.Label}"),
            });
        }
    }

    /// <summary>How many rows of labels there are.</summary>
    public int Rows { get; private set; }

    /// <summary>The room that the labels need above the panels.</summary>
    public double HeightPixels => Rows == 0 ? 0 : (Rows * RowPixels) + 6;

    /// <summary>The lines.</summary>
    public IReadOnlyList<Shape> Lines => lines;

    /// <summary>Their labels; of a crowd some have none and are found by the line alone.</summary>
    public IReadOnlyList<Annotation> Labels => labels;

    private static Shape Vertical(double x) => new()
    {
        Type = "line",
        XRef = "x",
        YRef = "paper",
        X0 = x,
        X1 = x,
        Y0 = 0,
        Y1 = 1,
        Line = new Line { Color = Palette.Grey, Width = 1.5, Dash = "dashdot" },
    };
}

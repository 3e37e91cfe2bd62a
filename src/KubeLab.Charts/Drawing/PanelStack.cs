using KubeLab.Charts.Plotly;

namespace KubeLab.Charts.Drawing;

/// <summary>Puts panels above each other on one horizontal axis: the grammar of all charts.</summary>
internal static class PanelStack
{
    /// <summary>The most panels that a figure holds.</summary>
    public const int PanelsMax = 6;

    private const string Unified = "x unified";
    private const double GapPixels = 22;
    private const double TitlePixels = 46;
    private const double NotePixels = 18;
    private const double LegendRowPixels = 20;
    private const double AxisPixels = 54;
    private const double LeftPixels = 72;

    /// <summary>A picture over time: markers and predictions of the frame are drawn in.</summary>
    public static Figure OverTime(
        string title, IReadOnlyList<Panel> panels, IReadOnlyList<DateTimeOffset> grid, Frame frame, string hoverMode = Unified)
    {
        foreach (var prediction in frame.Predictions)
        {
            PredictionLine.Draw(prediction, Find(prediction.Panel, panels), frame);
        }

        if (hoverMode == Unified)
        {
            panels[0].Traces.Insert(0, Elapsed.Instants(grid, frame));
        }

        var markers = new MarkerLines(frame, LeftPixels, RightPixels(panels));
        var happened = frame.Markers.Count(m => m.At >= frame.Start && m.At <= frame.End);
        var events = happened == 0 ? "" : $" {happened} event{(happened == 1 ? " is" : "s are")} marked.";
        var lead = $"{Elapsed.Length(frame)} of {frame.TimeWord}. ";
        return Of(frame.Title ?? title, lead, events, panels, Elapsed.Axis(frame), markers, hoverMode, note: frame.Note);
    }

    /// <summary>A picture of one instant, on an axis that is not time.</summary>
    public static Figure AtInstant(
        string title, string lead, IReadOnlyList<Panel> panels, Axis xAxis, string hoverMode = Unified, double barGap = 0.25, string? note = null) =>
        Of(title, lead, "", panels, xAxis, null, hoverMode, barGap, note);

    private static Figure Of(
        string title,
        string lead,
        string tail,
        IReadOnlyList<Panel> panels,
        Axis xAxis,
        MarkerLines? markers,
        string hoverMode,
        double? barGap = null,
        string? note = null)
    {
        var alt = $"{title}: {lead}{string.Join(' ', panels.Where(panel => panel.Sentence.Length > 0).Select(panel => SeriesWords.Capital(panel.Sentence)))}{tail}"
            + (note is null ? "" : $" {SeriesWords.Capital(note)}.");
        var traces = new List<Trace>();
        var annotations = new List<Annotation>(markers?.Labels ?? []);
        var shapes = new List<Shape>(markers?.Lines ?? []);
        var axes = new Axis?[PanelsMax];
        var stackPixels = panels.Sum(panel => panel.HeightPixels) + (GapPixels * (panels.Count - 1));
        var below = stackPixels;
        var legendPixels = LegendRowPixels;
        for (var i = 0; i < panels.Count; i++)
        {
            var panel = panels[i];
            var name = i == 0 ? "y" : $"y{i + 1}";
            var top = panel.Max <= 0 ? 1 : panel.Max * 1.06;
            traces.AddRange(panel.Traces.Select(trace => trace with { YAxis = i == 0 ? null : name }));
            annotations.AddRange(panel.Annotations.Select(words => words with { YRef = words.YRef ?? name }));
            annotations.AddRange(EndLabels.Of(panel, name, top));
            shapes.AddRange(panel.Shapes.Select(line => line with { YRef = line.YRef ?? name }));
            var domain = new[] { Math.Max(0, (below - panel.HeightPixels) / stackPixels), below / stackPixels };
            axes[i] = (panel.Axis ?? panel.LogAxis(top) ?? new Axis { Range = [0, top], NTicks = panel.HeightPixels < 120 ? 4 : 6, TickFormat = ",~f" }) with
            {
                Title = new AxisTitle(panel.Title, 8),
                Domain = domain,
            };
            below -= panel.HeightPixels + GapPixels;
        }

        legendPixels *= LegendRows(traces);
        var axisPixels = AxisPixels + NodeAxis.SlantedPixels(xAxis);
        var margin = new Margin(LeftPixels, RightPixels(panels), TitlePixels + (note is null ? 0 : NotePixels) + (markers?.HeightPixels ?? 0), axisPixels + 6 + legendPixels);
        var layout = new Layout
        {
            Height = stackPixels + margin.T + margin.B,
            Margin = margin,
            XAxis = xAxis with
            {
                Anchor = panels.Count == 1 ? "y" : $"y{panels.Count}",
                ShowGrid = xAxis.ShowGrid ?? true,
                Ticks = "outside",
                ZeroLine = false,
            },
            YAxis = axes[0],
            YAxis2 = axes[1],
            YAxis3 = axes[2],
            YAxis4 = axes[3],
            YAxis5 = axes[4],
            YAxis6 = axes[5],
            ShowLegend = true,
            // Hung below the axis title, so that on a narrow page more rows make the panels lower and cover nothing.
            Legend = new Legend
            {
                Orientation = "h",
                X = 0,
                XAnchor = "left",
                Y = -axisPixels / stackPixels,
                YAnchor = "top",
                TraceOrder = "normal",
            },
            BarMode = barGap is null ? null : "stack",
            BarGap = barGap,
            HoverMode = hoverMode,
            HoverSubplots = "axis",
            Annotations = annotations,
            Shapes = shapes,
        };
        return new Figure(title, alt, traces, layout, [.. panels.SelectMany(panel => panel.Latest)], note);
    }

    /// <summary>Room for the names beside the right ends of lines.</summary>
    private static double RightPixels(IReadOnlyList<Panel> panels) =>
        Math.Max(24, 14 + (EndLabels.LetterPixels * panels.SelectMany(panel => panel.EndLabels).Select(label => label.Text.Length).DefaultIfEmpty(0).Max()));

    private static double LegendRows(List<Trace> traces)
    {
        // Plotly gives each entry the width of the longest one: a symbol of about 45 pixels and a name. Rows are counted for a narrow page.
        var names = traces.Where(trace => trace.ShowLegend != false).Select(trace => trace.Name.Length).ToArray();
        var columns = Math.Max(1, Math.Floor(640 / (45 + (names.DefaultIfEmpty(0).Max() * EndLabels.LetterPixels))));
        return Math.Max(1, Math.Ceiling(names.Length / columns));
    }

    private static Panel Find(string? key, IReadOnlyList<Panel> panels) =>
        key is null ? panels[0] : panels.FirstOrDefault(panel => panel.Key == key)
            ?? throw new ArgumentException(
                $"there is no panel \"{key}\" to predict in; this chart has: {string.Join(", ", panels.Select(panel => panel.Key))}");
}

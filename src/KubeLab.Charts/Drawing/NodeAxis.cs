using KubeLab.Charts.Plotly;

namespace KubeLab.Charts.Drawing;

/// <summary>Horizontal axes on which nodes stand side by side.</summary>
internal static class NodeAxis
{
    private const int LettersMax = 24;
    private const double SlantDegrees = 40;
    private const double WidthPixels = 620;

    /// <summary>Nodes in their order, cut into at most <paramref name="groupsMax"/> groups of nearly equal size.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Groups<T>(IReadOnlyList<T> nodes, int groupsMax)
    {
        var count = Math.Min(nodes.Count, groupsMax);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var (from, to) = ((int)((long)i * nodes.Count / count), (int)((long)(i + 1) * nodes.Count / count));
                return (IReadOnlyList<T>)[.. nodes.Skip(from).Take(to - from)];
            }),
        ];
    }

    /// <summary>Each node with its name; of long names that start alike the start moves into the title.</summary>
    public static Axis Named(IReadOnlyList<string> names, string what = "node")
    {
        var start = IsTight(names) ? CommonStart(names) : "";
        string[] shown = [.. names.Select(name => PlotlyText.Plain(PlotlyText.Short(name[start.Length..], LettersMax)))];
        return new Axis
        {
            Title = new AxisTitle(start.Length == 0 ? $"{what} (by name)" : $"{what} ({PlotlyText.Plain(start)}…)", 8),
            Range = [-0.6, names.Count - 0.4],
            TickVals = [.. Enumerable.Range(0, names.Count).Select(i => (double)i)],
            TickText = shown,
            TickAngle = IsTight(shown) ? -SlantDegrees : 0,
            ShowGrid = false,
        };
    }

    /// <summary>The room that slanted names need below the panels.</summary>
    public static double SlantedPixels(Axis axis) => axis is { TickAngle: < 0, TickText: { } names }
        ? names.Max(name => name.Length) * EndLabels.LetterPixels * Math.Sin(SlantDegrees * Math.PI / 180)
        : 0;

    /// <summary>Whether two neighbours would touch: each name stands in the middle of the room that all have alike.</summary>
    private static bool IsTight(IReadOnlyList<string> names)
    {
        var letters = WidthPixels / names.Count / EndLabels.LetterPixels;
        int Length(string name) => Math.Min(LettersMax, name.Length);
        return names.Zip(names.Skip(1)).Any(pair => ((Length(pair.First) + Length(pair.Second)) / 2.0) + 2 > letters);
    }

    private static string CommonStart(IReadOnlyList<string> names)
    {
        var start = names[0];
        foreach (var name in names)
        {
            start = start[..start.AsSpan().CommonPrefixLength(name)];
        }

        return start[..(start.LastIndexOf('-') + 1)];
    }

    /// <summary>Groups of nodes, numbered by their rank.</summary>
    public static Axis Ranked<T>(IReadOnlyList<IReadOnlyList<T>> groups)
    {
        var ticks = Enumerable.Range(0, 9).Select(i => i * (groups.Count - 1) / 8).Distinct().ToArray();
        var ranks = new int[groups.Count];
        for (var i = 1; i < groups.Count; i++)
        {
            ranks[i] = ranks[i - 1] + groups[i - 1].Count;
        }

        return new Axis
        {
            Title = new AxisTitle("nodes (rank, fullest first)", 8),
            Range = [-0.6, groups.Count - 0.4],
            TickVals = [.. ticks.Select(i => (double)i)],
            TickText = [.. ticks.Select(i => Unit.Plain(ranks[i] + 1))],
            ShowGrid = false,
        };
    }
}

using KubeLab.Charts.Plotly;

namespace KubeLab.Charts.Drawing;

/// <summary>The rectangles of a map of pods in nodes, gathered by how they look.</summary>
internal sealed class Tiles(Unit unit, IReadOnlyList<string> workloads)
{
    private const double NamePart = 0.09;

    // Six for each node: with more than forty of them thick edges would hide the small pods.
    private const int ManyPoints = 240;

    private readonly Boxes[] requested = [.. Enumerable.Range(0, workloads.Count + 1).Select(_ => new Boxes())];
    private readonly Boxes[] used = [.. Enumerable.Range(0, workloads.Count + 1).Select(_ => new Boxes())];
    private readonly Boxes over = new();
    private readonly Boxes free = new();
    private readonly Boxes frames = new();

    /// <summary>The nodes' names.</summary>
    public List<Annotation> Names { get; } = [];

    /// <summary>Adds a node with its pods.</summary>
    public void Add(NodeTile node, Area area, bool isNamed)
    {
        var inside = area;
        if (isNamed)
        {
            var band = Math.Min(0.04, area.Height * NamePart * 2);
            inside = area with { Height = area.Height - band };
            Names.Add(new Annotation
            {
                Text = PlotlyText.Plain(PlotlyText.Short(node.Node, Math.Max(6, (int)(area.Width * 70)))),
                X = area.Left,
                Y = area.Bottom + area.Height,
                XRef = "x",
                XAnchor = "left",
                YAnchor = "top",
                YShift = 3,
            });
        }

        var request = node.Pods.Sum(p => p.Requested);
        Add(frames, inside, $"{PlotlyText.Plain(node.Node)}: {unit.Text(request)} of {unit.Text(node.Allocatable)} requested");
        PodTile[] pods = [.. node.Pods.Where(p => p.Requested > 0).OrderByDescending(p => p.Requested).ThenBy(p => p.Pod, StringComparer.Ordinal)];
        var rest = Math.Max(node.Allocatable - request, 0);
        var areas = Squares.Cut(inside.Within(0.003), [.. pods.Select(p => p.Requested), rest]);
        for (var i = 0; i < pods.Length; i++)
        {
            Add(pods[i], areas[i].Within(0.0025));
        }

        if (rest > 0)
        {
            Add(free, areas[^1].Within(0.0025), $"{PlotlyText.Plain(node.Node)}: {unit.Text(rest)} not requested");
        }
    }

    /// <summary>One trace for each look.</summary>
    public IEnumerable<Trace> Traces()
    {
        yield return Trace("node", frames, Palette.Grey, 1.5, 0.02, "");
        if (!free.IsEmpty)
        {
            yield return Trace("not requested", free, Palette.Grey, 0.5, 0.06, ".");
        }

        for (var i = 0; i <= workloads.Count; i++)
        {
            if (!requested[i].IsEmpty)
            {
                var name = i < workloads.Count ? PlotlyText.Short(workloads[i], 26) : "other pods";
                var (color, hatch) = i < workloads.Count ? (Palette.Data[i], Palette.Patterns[i + 1]) : (Palette.Brown, "+");
                yield return Trace($"{name} requested", requested[i], color, 1, 0.15, hatch);
                if (!used[i].IsEmpty)
                {
                    yield return Trace($"{name} used", used[i], color, 0, 0.75, "") with { LegendGroup = name, ShowLegend = i == 0 ? null : false };
                }
            }
        }

        if (!over.IsEmpty)
        {
            yield return Trace("uses more than it requests", over, Palette.Vermilion, frames.X.Count > ManyPoints ? 1.5 : 3.5, 0, "") with { Fill = null, FillColor = null };
        }
    }

    private static ScatterTrace Trace(string name, Boxes boxes, string color, double width, double opacity, string hatch) => new()
    {
        Name = name,
        X = boxes.X,
        Y = boxes.Y,
        Text = boxes.Text,
        Line = new Line { Color = color, Width = width },
        Fill = "toself",
        FillColor = Palette.Faded(color, opacity),
        FillPattern = hatch.Length == 0 ? null : new Pattern(hatch, Palette.Faded(color, 0.6), Palette.Faded(color, opacity), 8, 0.2),
        HoverTemplate = "%{text}<extra></extra>",
    };

    private static void Add(Boxes boxes, Area area, string words)
    {
        if (area is { Width: > 0, Height: > 0 })
        {
            boxes.Add(area.Left, area.Left + area.Width, area.Bottom, area.Bottom + area.Height, words);
        }
    }

    private void Add(PodTile pod, Area area)
    {
        var look = IndexOf(pod.Workload);
        var said = $"{PlotlyText.Plain(pod.Pod)}: {unit.Text(pod.Requested)} requested{(pod.Used is { } uses ? $", {unit.Text(uses)} used" : "")}";
        Add(requested[look], area, said);
        if (pod.Used is > 0 and var use)
        {
            Add(used[look], area with { Height = area.Height * Math.Min(use / pod.Requested, 1) }, said);
            if (use > pod.Requested)
            {
                Add(over, area, said);
            }
        }
    }

    private int IndexOf(string workload)
    {
        for (var i = 0; i < workloads.Count; i++)
        {
            if (workloads[i] == workload)
            {
                return i;
            }
        }

        return workloads.Count;
    }
}

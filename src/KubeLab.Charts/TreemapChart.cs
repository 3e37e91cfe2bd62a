using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>Pods in nodes at one instant, everything as large as it is: a node by what is allocatable, a pod by what it requests, and inside of it, filled from below, what it uses.</summary>
/// <remarks>Pods that use more than they request are full and have a thick edge. Up to 40 nodes have their names written.</remarks>
public static class TreemapChart
{
    private const double Ratio = 1.7;
    private const int NamedNodesMax = 40;
    private const int WorkloadsMax = 6;

    /// <summary>Draws the map.</summary>
    /// <param name="resource">What is shown, for example <c>CPU</c>.</param>
    /// <param name="recordedUnit">Its unit as recorded: <c>cores</c> or <c>bytes</c>.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="frame">The instant is its end.</param>
    /// <exception cref="ArgumentException">No node has anything to give.</exception>
    public static Figure Of(string resource, string recordedUnit, IReadOnlyList<NodeTile> nodes, Frame frame)
    {
        NodeTile[] shown = [.. nodes.Where(n => n.Allocatable > 0).OrderByDescending(n => n.Allocatable).ThenBy(n => n.Node, StringComparer.Ordinal)];
        if (shown.Length == 0)
        {
            throw new ArgumentException("a map of nodes needs at least one node: add a node pool first", nameof(nodes));
        }

        var unit = Unit.For(recordedUnit, shown.Sum(n => n.Allocatable));
        var tiles = new Tiles(unit, [.. Workloads(shown)]);
        var areas = Squares.Cut(new Area(0, 0, Ratio, 1), [.. shown.Select(n => n.Allocatable)]);
        for (var i = 0; i < shown.Length; i++)
        {
            tiles.Add(shown[i], areas[i].Within(0.006), isNamed: shown.Length <= NamedNodesMax);
        }

        var panel = new Panel("pods", "nodes, as large as what is allocatable", unit, 430)
        {
            Sentence = Sentence(resource, shown, unit),
            Axis = new Axis { Range = [0, 1], ShowTickLabels = false, ShowGrid = false, ZeroLine = false },
        };
        panel.Traces.AddRange(tiles.Traces());
        panel.Annotations.AddRange(tiles.Names);
        panel.Latest.AddRange(shown.Take(12).Select(n => new Reading(n.Node, $"{unit.Text(n.Pods.Sum(p => p.Requested))} of {unit.Text(n.Allocatable)} requested")));
        var axis = new Axis { Title = new AxisTitle($"area: {resource} ({unit.Name}), {unit.Text(shown.Sum(n => n.Allocatable))} in all", 8), Range = [0, Ratio], ShowTickLabels = false, ShowGrid = false };
        var title = frame.Title ?? $"Pods in nodes by {resource} (lab time {Elapsed.Text(frame.To, frame)})";
        return PanelStack.AtInstant(title, $"{shown.Length} node{(shown.Length == 1 ? "" : "s")}. ", [panel], axis, hoverMode: "closest", note: frame.Note);
    }

    /// <summary>The workloads that request most; the others look alike.</summary>
    private static IEnumerable<string> Workloads(NodeTile[] nodes) => nodes.SelectMany(n => n.Pods)
        .GroupBy(p => p.Workload, StringComparer.Ordinal)
        .OrderByDescending(g => g.Sum(p => p.Requested))
        .ThenBy(g => g.Key, StringComparer.Ordinal)
        .Take(WorkloadsMax)
        .Select(g => g.Key);

    private static string Sentence(string resource, NodeTile[] nodes, Unit unit)
    {
        var (allocatable, requested) = (nodes.Sum(n => n.Allocatable), nodes.Sum(n => n.Pods.Sum(p => p.Requested)));
        var used = nodes.SelectMany(n => n.Pods).Where(p => p.Used is not null).Sum(p => p.Used!.Value);
        return $"{resource}: of {unit.Text(allocatable)} allocatable, {unit.Text(requested)} are requested by {nodes.Sum(n => n.Pods.Count)} pods ({Packing.Percent(requested, allocatable)}) "
            + $"and {unit.Text(used)} used ({Packing.Percent(used, allocatable)}).";
    }
}

using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>How well each node is packed at one instant: what pods use, what they request in vain, and what nobody asked for.</summary>
/// <remarks>Up to 40 nodes have a bar each. Of more, bars stand for groups of nodes, fullest first, at most 120 bars.</remarks>
public static class PackingChart
{
    /// <summary>Of more nodes than this, bars are sorted and have no names.</summary>
    public const int NamedNodesMax = 40;

    private const int BarsMax = 120;

    /// <summary>Draws the state at the end of the frame.</summary>
    /// <exception cref="ArgumentException">There is no node.</exception>
    public static Figure Of(IReadOnlyList<ResourcesOfNode> nodes, Frame frame)
    {
        if (nodes.Count == 0)
        {
            throw new ArgumentException("a packing chart needs at least one node: add a node pool first", nameof(nodes));
        }

        var isNamed = nodes.Count <= NamedNodesMax;
        IReadOnlyList<ResourcesOfNode> ordered = isNamed
            ? nodes
            :
            [
                .. nodes.OrderByDescending(node => Packing.RequestedShare(node, frame.To))
                    .ThenBy(node => node.Node, StringComparer.Ordinal),
            ];
        var groups = NodeAxis.Groups(ordered, BarsMax);
        Panel[] panels =
        [
            Resource("cpu", "CPU", node => node.Cpu, groups, frame, isFirst: true),
            Resource("memory", "memory", node => node.Memory, groups, frame, isFirst: false),
        ];
        var axis = isNamed ? NodeAxis.Named([.. ordered.Select(node => node.Node)]) : NodeAxis.Ranked(groups);
        var title = frame.Title ?? $"Packing of nodes (lab time {Elapsed.Text(frame.To, frame)})";
        var lead = $"{nodes.Count} node{(nodes.Count == 1 ? "" : "s")}. ";
        return PanelStack.AtInstant(title, lead, panels, axis, barGap: isNamed ? 0.25 : 0, note: frame.Note);
    }

    private static Panel Resource(
        string key,
        string words,
        Func<ResourcesOfNode, ResourceSeries> resource,
        IReadOnlyList<IReadOnlyList<ResourcesOfNode>> groups,
        Frame frame,
        bool isFirst)
    {
        var bars = groups.Select(group => Packing.Mean(group, resource, frame.To)).ToArray();
        var unit = Unit.For(resource(groups[0][0]).Allocatable.Unit, bars.Max(bar => bar.Allocatable));
        var perNode = groups.Count == groups.Sum(group => group.Count) ? "" : ", mean per node";
        var panel = new Panel(key, $"{words} ({unit.Name}{perNode})", unit, 190)
        {
            Max = bars.Max(bar => Math.Max(bar.Allocatable, Math.Max(bar.Used, bar.Requested))) / unit.PerUnit,
        };
        var isMeasured = groups.Any(group => group.Any(node => resource(node) is var r && (r.Used.Samples.Count > 0 || r.Allocatable.Samples.Count == 0)));
        if (isMeasured)
        {
            Add("used", Palette.Blue, 0.85, "", bar => bar.UsedWithinRequest);
            Add("used above request", Palette.Vermilion, 0.35, "x", bar => bar.UsedAboveRequest);
        }

        Add(isMeasured ? "requested, not used" : "requested", Palette.Orange, 0.2, "/", bar => bar.Slack);
        Add("allocatable, not requested", Palette.Grey, 0.1, ".", bar => bar.Free);
        var (requested, used, allocatable) = (Total(bar => bar.Requested), Total(bar => bar.Used), Total(bar => bar.Allocatable));
        panel.Sentence = $"{words}: of {unit.Text(allocatable)} allocatable, {unit.Text(requested)} are requested "
            + $"({Packing.Percent(requested, allocatable)}){(isMeasured ? $" and {unit.Text(used)} used ({Packing.Percent(used, allocatable)})" : "")}.";
        panel.Latest.Add(new Reading($"{words} requested", unit.Text(requested)));
        if (isMeasured)
        {
            panel.Latest.Add(new Reading($"{words} used", unit.Text(used)));
        }

        panel.Latest.Add(new Reading($"{words} allocatable", unit.Text(allocatable)));
        return panel;

        double Total(Func<Packing, double> part) => bars.Zip(groups, (bar, group) => part(bar) * group.Count).Sum();

        void Add(string name, string color, double opacity, string pattern, Func<Packing, double> part) => panel.Traces.Add(new BarTrace
        {
            Name = name,
            X = [.. Enumerable.Range(0, bars.Length).Select(i => (double)i)],
            Y = [.. bars.Select(bar => part(bar) / unit.PerUnit)],
            Marker = new Marker
            {
                Color = Palette.Faded(color, opacity),
                Line = new Line { Color = color, Width = groups.Count > NamedNodesMax ? 0 : 1 },
                Pattern = pattern.Length == 0 ? null : new Pattern(pattern, color, Palette.Faded(color, opacity)),
            },
            LegendGroup = name,
            ShowLegend = isFirst ? null : false,
            HoverTemplate = $"{words} {name} %{{y:,.3~f}} {unit.Name}<extra></extra>",
        });
    }
}

using KubeLab.Charts.Drawing;
using KubeLab.Charts.Plotly;

namespace KubeLab.Charts;

/// <summary>How many pods each node runs at one instant, against how many it may run.</summary>
/// <remarks>Of up to 40 nodes each has a bar; more are at most 2,000 cells of a map, whose shape and size tell how full they are.</remarks>
/// <seealso href="https://kubernetes.io/docs/setup/best-practices/cluster-large/"/>
public static class PodsPerNodeChart
{
    /// <summary>Of more nodes than this, each is a cell of a map.</summary>
    public const int BarsMax = 40;

    /// <summary>Draws the state at the end of the frame.</summary>
    /// <exception cref="ArgumentException">There is no node.</exception>
    public static Figure Of(IReadOnlyList<PodsOnNode> nodes, Frame frame)
    {
        if (nodes.Count == 0)
        {
            throw new ArgumentException("pods per node need at least one node: add a node pool first", nameof(nodes));
        }

        var counts = nodes.Select(node => new PodCount(node.Node, node.Pods.ValueAt(frame.To), node.Capacity.ValueAt(frame.To))).ToArray();
        var title = frame.Title ?? $"Pods per node (lab time {Elapsed.Text(frame.To, frame)})";
        return counts.Length > BarsMax ? NodeMap.Draw(title, counts) : Bars(title, counts);
    }

    private static Figure Bars(string title, PodCount[] counts)
    {
        var panel = new Panel("pods", "pods on the node", new Unit("pods", 1), 280)
        {
            Max = Math.Max(1, counts.Max(count => count.Pods)),
            Sentence = PodCount.Sentence(counts),
        };
        double[] x = [.. Enumerable.Range(0, counts.Length).Select(i => (double)i)];
        panel.Traces.Add(new BarTrace
        {
            Name = "pods",
            X = x,
            Y = [.. counts.Select(count => count.Pods)],
            Text = [.. counts.Select(count => Unit.Plain(count.Pods))],
            TextPosition = "outside",
            Marker = new Marker { Color = Palette.Faded(Palette.Blue, 0.75), Line = new Line { Color = Palette.Blue, Width = 1 } },
            HoverTemplate = "%{y:,.0f} pods<extra></extra>",
        });
        panel.Max *= 1.08;
        AddCapacity(panel, x, counts);
        panel.Latest.AddRange(counts.Select(count => new Reading(count.Node, count.Words)));
        return PanelStack.AtInstant(title, "", [panel], NodeAxis.Named([.. counts.Select(count => count.Node)]));
    }

    private static void AddCapacity(Panel panel, double[] x, PodCount[] counts)
    {
        var (least, most) = (counts.Min(count => count.Capacity), counts.Max(count => count.Capacity));
        if (most > 3 * panel.Max)
        {
            // Drawn to scale the capacity would press the bars flat, so it is said in words.
            var range = least.Equals(most) ? Unit.Plain(most) : $"{Unit.Plain(least)} to {Unit.Plain(most)}";
            panel.Annotations.Add(new Annotation
            {
                Text = $"↑ capacity {range} pods per node, above this picture",
                XRef = "paper",
                X = 0,
                XAnchor = "left",
                XShift = 6,
                YRef = "paper",
                Y = 1,
                YAnchor = "bottom",
            });
            return;
        }

        panel.Add(
            new ScatterTrace
            {
                Name = "capacity",
                X = [.. x.SelectMany(i => new[] { i - 0.45, i + 0.45, double.NaN })],
                Y = [.. counts.SelectMany(count => new[] { count.Capacity, count.Capacity, double.NaN })],
                Line = new Line { Color = Palette.Green, Width = 3 },
                HoverTemplate = "capacity %{y:,.0f} pods<extra></extra>",
            },
            most);
    }
}

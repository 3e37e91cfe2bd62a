using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Workers by how far they are, as areas on top of each other.</summary>
internal static class NodesPanel
{
    public static Panel Of(NodeSeries nodes, IReadOnlyList<DateTimeOffset> grid, Frame frame, double heightPixels)
    {
        var unit = new Unit("nodes", 1);
        var panel = new Panel("nodes", "workers<br>(nodes)", unit, heightPixels);
        TimeSeries[] parts = [nodes.Ready, .. new[] { nodes.NotReady, nodes.Booting }.Where(s => SeriesWords.Max(s, frame) > 0)];
        StackedArea.Draw(panel, parts, grid, frame, prefix: "nodes ");
        panel.Sentence = $"Workers: {string.Join("; ", parts.Select(s => SeriesWords.Of(s.Name, s, unit, frame)))}.";
        return panel;
    }
}

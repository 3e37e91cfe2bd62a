using KubeLab.Charts;

namespace KubeLab.Tests.Charts;

/// <summary>Nodes that fill and empty, made up.</summary>
internal static class SamplePacking
{
    private const double GiB = 1L << 30;

    public static Figure Map(int count) => PackingMapChart.Of(
        "CPU", n => n.Cpu, [.. Enumerable.Range(1, count).Select(NodeOf)], SampleRuns.Minutes(30) with { Markers = [new(SampleRuns.Start.AddMinutes(10), "scaled to 40")] });

    public static Figure Treemap(int count) => TreemapChart.Of("CPU", "cores", [.. Enumerable.Range(1, count).Select(TileOf)], SampleRuns.Minutes(12));

    /// <summary>The third node comes after eight minutes, the fourth goes after twenty.</summary>
    private static ResourcesOfNode NodeOf(int i)
    {
        bool There(double m) => (i % 7 != 3 || m >= 8) && (i % 11 != 4 || m < 20);
        double Requested(double m) => !There(m) ? 0 : 3.92 * Math.Clamp((i * 13 % 10 / 12.0) + (m < 10 ? 0 : 0.3) - (m > 24 ? 0.2 : 0), 0, 1);
        var cpu = new ResourceSeries(
            SampleRuns.Series("requested", "cores", 30, Requested),
            SampleRuns.Series("used", "cores", 30, m => Requested(m) * (0.5 + (0.3 * Math.Sin(m + i)))),
            SampleRuns.Series("allocatable", "cores", 30, m => There(m) ? 3.92 : 0));
        var memory = SampleRuns.Series("memory", "bytes", 0, _ => GiB);
        return new ResourcesOfNode($"workers-{i}", cpu, new ResourceSeries(memory, memory, memory));
    }

    private static NodeTile TileOf(int i)
    {
        var pods = Enumerable.Range(0, 3 + (i * 5 % 6)).Select(p => (Name: new[] { "shop", "search", "batch", "db" }[(i + p) % 4], Cores: new[] { 0.25, 0.5, 1, 0.1 }[(i * p) % 4], p));
        return new NodeTile($"workers-{i}", i % 3 == 0 ? 7.91 : 3.92, [.. pods.Select(p => new PodTile($"{p.Name}-{i}{p.p}", p.Name, p.Cores, p.Cores * (p.p == 2 ? 1.3 : 0.2 + (p.p * 0.15))))]);
    }
}

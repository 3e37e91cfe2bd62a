using KubeLab.Charts;
using KubeLab.Formatting;

namespace KubeLab.Quorums;

/// <summary>How long writes to a group of so many members took, in milliseconds.</summary>
/// <param name="Members">How many members.</param>
/// <param name="Slow">Whose disk was slow.</param>
/// <param name="Median">Half of the writes took no longer.</param>
/// <param name="P95">95 of 100 took no longer.</param>
/// <param name="P99">99 of 100 took no longer.</param>
public sealed record LatencyRow(int Members, SlowDisk Slow, double Median, double P95, double P99);

/// <summary>How long writes take, by number of masters and by whose disk is slow.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class LatencyTable : IShown
{
    internal LatencyTable(double slowdown, IReadOnlyList<LatencyRow> rows)
    {
        Slowdown = slowdown;
        Rows = rows;
    }

    /// <summary>How many times slower a slow disk was.</summary>
    public double Slowdown { get; }

    /// <summary>The measurements.</summary>
    public IReadOnlyList<LatencyRow> Rows { get; }

    /// <summary>The same as a picture.</summary>
    public Figure Chart() => WriteLatencyChart.Of(
    [
        .. Rows.GroupBy(row => row.Slow).Select(rows => new LatencyCurve(
            Words(rows.Key), [.. rows.Select(row => new LatencyPoint(row.Members, row.Median, row.P95, row.P99))])),
    ]);

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private string Words(SlowDisk slow) => slow switch
    {
        SlowDisk.Follower => $"a follower's disk {Numbers.Short(Slowdown)}× slower",
        SlowDisk.Leader => $"the leader's disk {Numbers.Short(Slowdown)}× slower",
        _ => "good disks",
    };

    private ShownTable Table()
    {
        List<IGrouping<SlowDisk, LatencyRow>> groups = [.. Rows.GroupBy(row => row.Slow)];
        var table = new ShownTable("milliseconds until a write is acknowledged: median / 95 of 100 / 99 of 100", ["masters", .. groups.Select(g => Words(g.Key))]);
        foreach (var members in Rows.Select(row => row.Members).Distinct().Order())
        {
            table.Add([$"{members}", .. groups.Select(g => g.FirstOrDefault(row => row.Members == members) is { } row
                ? $"{Numbers.Short(row.Median)} / {Numbers.Short(row.P95)} / {Numbers.Short(row.P99)}"
                : "–")]);
        }

        return table;
    }
}

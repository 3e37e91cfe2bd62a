using KubeLab.Simulation;

namespace KubeLab.Lessons;

/// <summary>Exercise E14.2: a sale that is known beforehand is served in time, and not with machines that nobody needs.</summary>
internal static class AnnouncedSale
{
    private const double LatencyMax = 300;
    private const double ErrorsMax = 0.01;
    private const double CostMax = 1.3;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static CheckResult Look(Cluster cluster)
    {
        if (cluster.Loads.LastOrDefault(l => l.Service == "shop" && l.Offered.Samples.Count > 0) is not { } load)
        {
            return CheckResult.NotYet("nobody has come to the shop yet: run the cells that begin the load and let an hour pass.");
        }

        var began = load.Offered.Samples[0].At;
        if (!load.IsStopped && cluster.Now < began + Hour)
        {
            return CheckResult.NotYet($"the hour is not over yet: {(cluster.Now - began).TotalMinutes:0} of 60 minutes have passed.");
        }

        var usual = load.Offered.ValueAt(began.AddMinutes(5));
        var history = new History(load.Offered, began, began + Hour);
        if (history.FirstTime(rate => rate > 2 * usual) is not { } rise || Fall(history, rise, usual) is not { } fall || load.Offered.Samples[^1].At < began + Hour - TimeSpan.FromMinutes(1))
        {
            return CheckResult.NotYet("the last load on the shop was not the announced sale with its hour. Run the cells of this exercise, from the one with announced on.");
        }

        return Served(load, rise.At, fall) ?? Paid(cluster, load, began);
    }

    private static DateTimeOffset? Fall(History history, Sample rise, double usual)
    {
        var after = history.Samples.SkipWhile(s => s.At <= rise.At).SkipWhile(s => s.Value > 2 * usual).ToList();
        return after.Count == 0 ? null : after[0].At;
    }

    private static CheckResult? Served(RequestLoad load, DateTimeOffset from, DateTimeOffset to)
    {
        var offered = load.Offered.Integral(from, to);
        var failed = load.Refused.Integral(from, to) + load.TimedOut.Integral(from, to) + load.NoEndpoint.Integral(from, to);
        if (failed > ErrorsMax * offered)
        {
            return CheckResult.NotYet(
                $"{100 * failed / offered:0} % of the sale's requests were turned away or given up. Whoever begins to scale when the customers are there is late: this sale was announced. What could you change five minutes before it?");
        }

        return new History(load.P95, from, to).FirstBreach(ms => !(ms > LatencyMax)) is { } late
            ? CheckResult.NotYet($"{(late.At - from).TotalSeconds:0} s after the sale began 95 % of the answers took up to {late.Value:0} ms, more than {LatencyMax:0} ms. Were there enough copies, and ready, before it began?")
            : null;
    }

    private static CheckResult Paid(Cluster cluster, RequestLoad load, DateTimeOffset began)
    {
        var paid = cluster.CostSplit(began, began + Hour).ByPool().Where(p => p.Key is not ("" or "master")).Sum(p => (double)p.Value.Amount);
        if (SaleOptimum.Of(cluster, load.Offered, began, began + Hour) is not { } least)
        {
            return CheckResult.NotYet("there is no deployment \"shop\" with a request for CPU, or no pool \"workers\".");
        }

        var ratio = paid / least;
        return ratio <= CostMax
            ? CheckResult.Passed($"the sale was served within {LatencyMax:0} ms, and the hour's machines cost {ratio:0.00} times what exactly enough of them cost.")
            : CheckResult.NotYet($"all were served in time, but the hour's machines cost {ratio:0.00} times what exactly enough of them cost; {CostMax} are allowed. How long did they stand there before the sale, and above all after it?");
    }
}

using System.Globalization;
using KubeLab.Nodes.Serving;
using KubeLab.Nodes.Traffic;
using KubeLab.Observing;
using KubeLab.Simulated;
using KubeLab.Simulation;

namespace KubeLab.Policies;

/// <summary>One run: the scenario of a seed, a policy done to it, and what is measured from there on.</summary>
internal static class PolicyTrial
{
    private const string SystemNamespace = "kube-system";

    /// <summary>Runs it; what goes wrong is told in the result, so that other runs are not lost.</summary>
    public static PolicyRun Run(Func<long, Cluster> scenario, Policy policy, long seed, TimeSpan horizon)
    {
        try
        {
            using var cluster = scenario(seed);
            return cluster is SimulatedCluster simulated
                ? Run(simulated, policy, seed, horizon)
                : throw new NotSupportedException("policies are compared on simulated clusters only: return one from Lab.Simulate");
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
        {
            return new PolicyRun { Policy = policy.Name, Seed = seed, Failure = string.Create(CultureInfo.InvariantCulture, $"policy \"{policy.Name}\", seed {seed}: {failure.Message}") };
        }
    }

    private static PolicyRun Run(SimulatedCluster cluster, Policy policy, long seed, TimeSpan horizon)
    {
        var (from, bill) = (cluster.Now, cluster.Cost);
        var before = cluster.Loads.Select(l => (l.Totals, l.Latency)).ToList();
        policy.Apply(cluster);
        var left = from + horizon - cluster.Now;
        if (left < TimeSpan.Zero)
        {
            throw new InvalidOperationException($"what the policy does took {cluster.Now - from:hh\\:mm\\:ss} of the cluster's time, more than the {horizon:hh\\:mm\\:ss} that are measured");
        }

        cluster.RunFor(left);
        var (totals, latency) = (default(FlowTotals), new LatencyHistogram());
        for (var i = 0; i < cluster.Loads.Count; i++)
        {
            var (totalsBefore, latencyBefore) = i < before.Count ? before[i] : (default, new LatencyHistogram());
            totals += cluster.Loads[i].Totals + (totalsBefore * -1);
            latency += cluster.Loads[i].Latency - latencyBefore;
        }

        var workloads = cluster.Recorder.Scaling.Workloads.Where(w => w.Key.Namespace != SystemNamespace).Select(w => w.Value).ToList();
        return new PolicyRun
        {
            Policy = policy.Name,
            Seed = seed,
            Cost = (double)(cluster.Cost.Amount - bill.Amount),
            Currency = cluster.Cost.Currency,
            Requests = totals.Offered,
            ErrorShare = totals.Offered > 0 ? totals.Errors / totals.Offered : 0,
            Latency = latency,
            ScaleEvents = workloads.Sum(w => w.Wanted.Samples.Skip(1).Count(s => s.At > from)),
            NodeHours = cluster.Recorder.Scaling.Nodes.Sum(n => Hours(n, from, cluster.Now)),
            PeakReplicas = Peak([.. workloads.Select(w => w.Existing)], from, cluster.Now),
        };
    }

    private static double Hours(NodeLife node, DateTimeOffset from, DateTimeOffset to)
    {
        if (node.Machine is not { RunningAt: { } running } machine)
        {
            return 0;
        }

        var start = running > from ? running : from;
        var end = machine.DeletedAt ?? to;
        return end > start ? (end - start).TotalHours : 0;
    }

    private static int Peak(IReadOnlyList<TimeSeries> counts, DateTimeOffset from, DateTimeOffset to)
    {
        var instants = counts.SelectMany(c => c.Samples).Select(s => s.At).Where(at => at > from && at <= to).Append(from).Distinct();
        return (int)instants.Max(at => counts.Sum(c => c.ValueAt(at)));
    }
}

using System.Diagnostics;

namespace KubeLab.Policies;

/// <summary>Runs every policy under every seed, as many at a time as there are cores; a cluster has one thread, and no two clusters share anything.</summary>
internal static class PolicyRunner
{
    public static PolicyComparison Run(
        Func<long, Cluster> scenario,
        IReadOnlyList<Policy> policies,
        IReadOnlyList<long> seeds,
        TimeSpan horizon,
        int workers,
        Action<PolicyProgress> progress,
        CancellationToken stop)
    {
        Require(policies, seeds, horizon, workers);
        var runs = new PolicyRun[policies.Count * seeds.Count];
        var watch = Stopwatch.StartNew();
        var telling = new Lock();
        var done = 0;

        // Each run has its place beforehand, so the result does not tell who was faster. The greatest chunk is one run: they differ in length.
        var chunks = System.Collections.Concurrent.Partitioner.Create(Enumerable.Range(0, runs.Length), System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(chunks, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = stop }, i =>
        {
            var (policy, seed) = (policies[i / seeds.Count], seeds[i % seeds.Count]);
            runs[i] = PolicyTrial.Run(scenario, policy, seed, horizon);
            lock (telling)
            {
                progress(new PolicyProgress(++done, runs.Length, policy.Name, seed, watch.Elapsed));
            }
        });
        return new PolicyComparison([.. policies.Select(p => p.Name)], seeds, horizon, runs);
    }

    private static void Require(IReadOnlyList<Policy> policies, IReadOnlyList<long> seeds, TimeSpan horizon, int workers)
    {
        if (policies.Count == 0)
        {
            throw new ArgumentException("there is no policy to compare: name at least one", nameof(policies));
        }

        if (policies.GroupBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two policies are called \"{twice.Key}\": give each a name of its own", nameof(policies));
        }

        if (seeds.Count == 0 || seeds.Distinct().Count() < seeds.Count)
        {
            throw new ArgumentException("name at least one seed, and each only once", nameof(seeds));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(horizon, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
    }
}

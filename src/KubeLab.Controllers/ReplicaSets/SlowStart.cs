namespace KubeLab.Controllers.ReplicaSets;

/// <summary>Many equal requests in batches of 1, 2, 4, …, so that a quota or a broken template costs few failures, not thousands.</summary>
/// <remarks>Upstream: slowStartBatch in pkg/controller/replicaset/replica_set.go.</remarks>
public static class SlowStart
{
    /// <summary>
    /// Calls <paramref name="attempt"/> up to <paramref name="count"/> times and returns how often it succeeded; after a batch with a
    /// failure it stops.
    /// </summary>
    /// <param name="count">How many are wanted.</param>
    /// <param name="attempt">Makes one and returns null, or why it failed.</param>
    /// <param name="failure">The first failure, or null.</param>
    public static int Run(int count, Func<Exception?> attempt, out Exception? failure)
    {
        failure = null;
        var successes = 0;
        for (var (left, batch) = (count, Math.Min(1, count)); batch > 0; batch = Math.Min(2 * batch, left))
        {
            for (var i = 0; i < batch; i++)
            {
                var error = attempt();
                successes += error is null ? 1 : 0;
                failure ??= error;
            }

            left -= batch;
            if (failure is not null)
            {
                break;
            }
        }

        return successes;
    }
}

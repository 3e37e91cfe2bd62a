using KubeLab.Api.Batch;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Jobs;

/// <summary>What one round does about a job's pods: it removes some or makes some, never both.</summary>
/// <param name="Delete">Pods to remove.</param>
/// <param name="Create">How many to make.</param>
/// <param name="Indexes">The indexes of those to make; empty when the job is not indexed.</param>
/// <param name="Wait">How long to wait before any is made, after failures; null when nothing waits.</param>
/// <remarks>Upstream: manageJob in pkg/controller/job/job_controller.go.</remarks>
public sealed record JobPlan(IReadOnlyList<Pod> Delete, int Create, IReadOnlyList<int> Indexes, TimeSpan? Wait)
{
    /// <summary>At most how many pods one round makes or removes, as upstream.</summary>
    public const int Burst = 500;

    private static readonly JobPlan Nothing = new([], 0, [], null);

    /// <summary>Compares the wish with the world.</summary>
    public static JobPlan For(JobCensus census, RecreationBackoff backoff, DateTimeOffset now)
    {
        var job = census.Job;
        if (JobTraits.IsSuspended(job))
        {
            return Nothing with { Delete = IndexedPods.TooMany(job, census.Active, census.Active.Count) };
        }

        var active = census.Active.Count;
        var wanted = Wanted(job, census.Succeeded, active);
        var delete = IndexedPods.TooMany(job, census.Active, Math.Max(0, active - wanted));
        if (delete.Count > 0)
        {
            return Nothing with { Delete = delete.Count > Burst ? [.. delete.Take(Burst)] : delete };
        }

        var missing = wanted - active - (JobTraits.ReplacesFailedOnly(job) ? census.Terminating : 0);
        return missing <= 0 ? Nothing : Creation(census, backoff, Math.Min(missing, Burst), now);
    }

    /// <summary>How many pods should be active.</summary>
    public static int Wanted(Job job, int succeeded, int active)
    {
        var parallelism = job.Spec.Parallelism ?? 1;

        // In a queue of work the first success means that the queue is empty: what runs may end, nothing new begins.
        return job.Spec.Completions is { } completions
            ? Math.Max(0, Math.Min(completions - succeeded, parallelism))
            : succeeded > 0 ? active : parallelism;
    }

    private static JobPlan Creation(JobCensus census, RecreationBackoff backoff, int count, DateTimeOffset now)
    {
        var job = census.Job;
        if (!JobTraits.CountsPerIndex(job) && backoff.Remaining(now) is { Ticks: > 0 } pause)
        {
            return Nothing with { Wait = pause };
        }

        if (!JobTraits.IsIndexed(job))
        {
            return Nothing with { Create = count };
        }

        var pending = IndexedPods.Pending(census, count);
        if (!JobTraits.CountsPerIndex(job))
        {
            return Nothing with { Create = pending.Count, Indexes = pending };
        }

        var waits = pending.ToDictionary(i => i, i => census.AwaitingReplacement.TryGetValue(i, out var failed)
            ? RecreationBackoff.RemainingOfIndex(failed, now)
            : TimeSpan.Zero);
        var due = pending.Where(i => waits[i] == TimeSpan.Zero).ToList();
        return due.Count > 0 || waits.Count == 0
            ? Nothing with { Create = due.Count, Indexes = due }
            : Nothing with { Wait = waits.Values.Min() };
    }
}

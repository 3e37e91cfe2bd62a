using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Jobs;

/// <summary>
/// One step of counting pods that have ended: their uids go into the status first, then their finalizers are taken away, then the uids become numbers.
/// Whatever is interrupted, no pod is counted twice or not at all.
/// </summary>
/// <param name="Status">The status to write before any finalizer is taken away.</param>
/// <param name="Strip">The pods whose finalizers are to be taken away after that.</param>
/// <param name="Tracked">Uids of the pods that still have the finalizer.</param>
/// <param name="IsFull">Whether pods are left for the next step, since the status holds no more uids.</param>
/// <remarks>Upstream: trackJobStatusAndRemoveFinalizers in pkg/controller/job/job_controller.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-tracking-with-finalizers">Job tracking with finalizers</seealso>
public sealed record JobCount(JobStatus Status, IReadOnlyList<Pod> Strip, HashSet<string> Tracked, bool IsFull)
{
    /// <summary>At most how many uids the status holds.</summary>
    public const int UncountedMax = 500;

    /// <summary>Looks at the pods of <paramref name="census"/>.</summary>
    /// <param name="census">The pods.</param>
    /// <param name="status">The job's status so far.</param>
    /// <param name="end">The condition that the job is to end with, or null.</param>
    public static JobCount Of(JobCensus census, JobStatus status, Condition? end)
    {
        var tracked = census.Pods.Where(census.IsTracked).Select(p => p.Metadata.Uid ?? "").ToHashSet(StringComparer.Ordinal);
        status = Settle(status, tracked);
        var steps = new Steps(census, status.UncountedTerminatedPods ?? new());
        IEnumerable<Pod> pods = JobTraits.IsIndexed(census.Job) ? census.Pods.OrderBy(p => CompletionIndex.Of(p) ?? -1) : census.Pods;
        var isFull = false;
        foreach (var pod in pods)
        {
            if (tracked.Contains(pod.Metadata.Uid ?? "") && CanGo(census, pod, end))
            {
                steps.Take(pod, end);
                if (steps.Count >= UncountedMax)
                {
                    isFull = true;
                    break;
                }
            }
        }

        return new(steps.Apply(status), steps.Strip, tracked, isFull);
    }

    /// <summary>Turns uids of pods that no longer have the finalizer into numbers.</summary>
    public static JobStatus Settle(JobStatus status, IReadOnlySet<string> tracked)
    {
        var uncounted = status.UncountedTerminatedPods ?? new();
        var succeeded = uncounted.Succeeded.Where(tracked.Contains);
        var failed = uncounted.Failed.Where(tracked.Contains);
        return status with
        {
            Succeeded = status.Succeeded + uncounted.Succeeded.Count - succeeded.Count,
            Failed = status.Failed + uncounted.Failed.Count - failed.Count,
            UncountedTerminatedPods = uncounted with { Succeeded = succeeded, Failed = failed },
        };
    }

    private static bool CanGo(JobCensus census, Pod pod, Condition? end)
    {
        if (census.Job.Metadata.DeletionTimestamp is not null || end is not null || pod.Status.Phase == "Succeeded")
        {
            return true;
        }

        return PodFailures.HasFailed(pod, census.Job)
            && !(CompletionIndex.Of(pod) is { } index && census.AwaitingReplacement.TryGetValue(index, out var kept) && kept.Metadata.Uid == pod.Metadata.Uid);
    }

    private sealed class Steps(JobCensus census, JobUncountedPods uncounted)
    {
        private readonly List<string> succeeded = [.. uncounted.Succeeded];
        private readonly List<string> failed = [.. uncounted.Failed];
        private readonly List<int> indexes = [];
        private readonly bool isIndexed = JobTraits.IsIndexed(census.Job);

        public List<Pod> Strip { get; } = [];

        public int Count => indexes.Count + succeeded.Count + failed.Count;

        public void Take(Pod pod, Condition? end)
        {
            Strip.Add(pod);
            var uid = pod.Metadata.Uid ?? "";
            if (pod.Status.Phase == "Succeeded" && !census.UncountedFailed.Contains(uid))
            {
                TakeSucceeded(pod, uid);
            }
            else if ((PodFailures.HasFailed(pod, census.Job) || end is { Type: not "SuccessCriteriaMet" })
                && !census.UncountedFailed.Contains(uid)
                && (!isIndexed || census.ValidIndex(pod) is not null)
                && PodFailures.Judge(census.Job.Spec.PodFailurePolicy, pod).Counts)
            {
                // When the job ends by failure, pods that still ran count as failed.
                failed.Add(uid);
            }
        }

        public JobStatus Apply(JobStatus status)
        {
            status = status with
            {
                UncountedTerminatedPods = status.UncountedTerminatedPods! with { Succeeded = succeeded.ToValueList(), Failed = failed.ToValueList() },
            };
            if (!isIndexed)
            {
                return status;
            }

            var done = census.SucceededIndexes.Union(IndexRanges.Of(indexes));
            return status with
            {
                Succeeded = done.Count,
                CompletedIndexes = done.Count == 0 ? null : done.ToString(),
                FailedIndexes = census.FailedIndexes?.ToString(),
            };
        }

        // Of an indexed job the index says that it is counted; its uid need not be kept.
        private void TakeSucceeded(Pod pod, string uid)
        {
            if (!isIndexed)
            {
                if (!uncounted.Succeeded.Exists(u => u == uid))
                {
                    succeeded.Add(uid);
                }
            }
            else if (census.ValidIndex(pod) is { } index && !census.PreviouslySucceeded.Contains(index))
            {
                indexes.Add(index);
            }
        }
    }
}

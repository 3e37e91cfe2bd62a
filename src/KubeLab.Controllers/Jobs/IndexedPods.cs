using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.Jobs;

/// <summary>Which pods are too many and which indexes have none.</summary>
/// <remarks>Upstream: pkg/controller/job/indexed_job_utils.go.</remarks>
public static class IndexedPods
{
    /// <summary>The active pods to remove: those without an index of the job, all but one of each index, then at least <paramref name="least"/> in all.</summary>
    public static IReadOnlyList<Pod> TooMany(Job job, IReadOnlyList<Pod> active, int least)
    {
        var remove = new List<Pod>();
        var left = JobTraits.IsIndexed(job) ? Unique(active, job.Spec.Completions ?? 0, remove) : active;
        if (remove.Count < least)
        {
            remove.AddRange(left.Order(ActivePodOrder.Instance).Take(least - remove.Count));
        }

        return remove;
    }

    /// <summary>The first <paramref name="count"/> indexes that have neither ended nor a pod.</summary>
    public static IReadOnlyList<int> Pending(JobCensus census, int count)
    {
        var taken = census.SucceededIndexes.Union(Indexes(census.Active));
        if (JobTraits.ReplacesFailedOnly(census.Job))
        {
            taken = taken.Union(Indexes(census.Pods.Where(p => p.Metadata.DeletionTimestamp is not null && !PodState.HasEnded(p))));
        }

        return taken.Union(census.FailedIndexes ?? IndexRanges.None).Missing(census.Job.Spec.Completions ?? 0, count);
    }

    private static IndexRanges Indexes(IEnumerable<Pod> pods) => IndexRanges.Of(pods.Select(CompletionIndex.Of).OfType<int>());

    /// <summary>Adds pods without a valid index, and all but the best of each index, to <paramref name="remove"/>; returns the others.</summary>
    private static List<Pod> Unique(IReadOnlyList<Pod> active, int completions, List<Pod> remove)
    {
        var best = new SortedDictionary<int, Pod>();
        foreach (var pod in active)
        {
            if (CompletionIndex.Of(pod) is not { } index || index >= completions)
            {
                remove.Add(pod);
            }
            else if (!best.TryGetValue(index, out var other))
            {
                best.Add(index, pod);
            }
            else
            {
                var isBetter = ActivePodOrder.Instance.Compare(pod, other) > 0;
                remove.Add(isBetter ? other : pod);
                best[index] = isBetter ? pod : other;
            }
        }

        return [.. best.Values];
    }
}

using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.Jobs;

/// <summary>A job's pods at one instant, sorted by what they mean for the job.</summary>
/// <remarks>Upstream: syncJobCtx in pkg/controller/job/job_controller.go.</remarks>
public sealed class JobCensus
{
    private readonly IReadOnlySet<string> stripped;

    /// <summary>Sorts <paramref name="pods"/>.</summary>
    /// <param name="job">The job, with its last status.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="stripped">Uids of pods whose finalizer was taken away already, whatever the cache says.</param>
    public JobCensus(Job job, IReadOnlyList<Pod> pods, IReadOnlySet<string> stripped)
    {
        Job = job;
        Pods = pods;
        this.stripped = stripped;
        var waiting = job.Status.UncountedTerminatedPods ?? new();
        UncountedFailed = [.. waiting.Failed];
        Sort(waiting);
        Failed = job.Status.Failed + waiting.Failed.Count + NewFailed.Count(p => PodFailures.Judge(job.Spec.PodFailurePolicy, p).Counts);
        Succeeded = job.Status.Succeeded + waiting.Succeeded.Count + NewSucceeded.Count;
        if (JobTraits.IsIndexed(job))
        {
            SortIndexes();
        }
    }

    /// <summary>The job.</summary>
    public Job Job { get; }

    /// <summary>All its pods.</summary>
    public IReadOnlyList<Pod> Pods { get; }

    /// <summary>Those that have not ended and are not on their way out.</summary>
    public List<Pod> Active { get; } = [];

    /// <summary>How many of the active ones are ready.</summary>
    public int Ready { get; private set; }

    /// <summary>How many are on their way out and have not ended.</summary>
    public int Terminating { get; private set; }

    /// <summary>Those that have succeeded and are in no counter yet.</summary>
    public List<Pod> NewSucceeded { get; } = [];

    /// <summary>Those that have failed and are in no counter yet.</summary>
    public List<Pod> NewFailed { get; } = [];

    /// <summary>How many have succeeded, in all; of an indexed job how many indexes.</summary>
    public int Succeeded { get; private set; }

    /// <summary>How many failures count, in all.</summary>
    public int Failed { get; }

    /// <summary>The indexes that the status says have succeeded.</summary>
    public IndexRanges PreviouslySucceeded { get; private set; } = IndexRanges.None;

    /// <summary>The indexes that have succeeded.</summary>
    public IndexRanges SucceededIndexes { get; private set; } = IndexRanges.None;

    /// <summary>The indexes that are given up; null when failures are not counted per index.</summary>
    public IndexRanges? FailedIndexes { get; private set; }

    /// <summary>By index, the failed pod that is kept until its replacement has inherited its number of failures.</summary>
    public Dictionary<int, Pod> AwaitingReplacement { get; } = [];

    /// <summary>Uids of pods that the status holds as failed and not yet counted.</summary>
    internal HashSet<string> UncountedFailed { get; }

    /// <summary>Whether <paramref name="pod"/> still waits to be counted.</summary>
    public bool IsTracked(Pod pod) => HasFinalizer(pod) && !stripped.Contains(pod.Metadata.Uid ?? "");

    /// <summary>The index of <paramref name="pod"/> if the job has such an index, else null.</summary>
    public int? ValidIndex(Pod pod) => CompletionIndex.Of(pod) is { } index && index < Job.Spec.Completions ? index : null;

    /// <summary>Whether <paramref name="pod"/> has the finalizer that keeps it until it is counted.</summary>
    public static bool HasFinalizer(Pod pod) => pod.Metadata.Finalizers.Exists(static f => f == JobNames.Finalizer);

    private void Sort(JobUncountedPods waiting)
    {
        HashSet<string> succeeded = [.. waiting.Succeeded];
        foreach (var pod in Pods)
        {
            if (!PodState.HasEnded(pod))
            {
                if (pod.Metadata.DeletionTimestamp is not null)
                {
                    Terminating++;
                }
                else
                {
                    Active.Add(pod);
                    Ready += PodState.IsReady(pod) ? 1 : 0;
                }
            }

            var uid = pod.Metadata.Uid ?? "";
            if (!IsTracked(pod) || (JobTraits.IsIndexed(Job) && ValidIndex(pod) is null))
            {
                continue;
            }

            if (pod.Status.Phase == "Succeeded" && !succeeded.Contains(uid))
            {
                NewSucceeded.Add(pod);
            }
            else if (PodFailures.HasFailed(pod, Job) && !UncountedFailed.Contains(uid))
            {
                NewFailed.Add(pod);
            }
        }
    }

    private void SortIndexes()
    {
        var completions = Job.Spec.Completions ?? 0;
        PreviouslySucceeded = IndexRanges.Parse(Job.Status.CompletedIndexes, completions);
        SucceededIndexes = PreviouslySucceeded.Union(IndexRanges.Of(
            Pods.Where(p => p.Status.Phase == "Succeeded" && HasFinalizer(p)).Select(ValidIndex).OfType<int>()));
        Succeeded = SucceededIndexes.Count;
        if (JobTraits.CountsPerIndex(Job))
        {
            FailedIndexes = IndexRanges.Parse(Job.Status.FailedIndexes, completions).Union(IndexRanges.Of(
                Pods.Where(p => HasFinalizer(p) && FailsIndex(p)).Select(ValidIndex).OfType<int>()));
            KeepForReplacement();
        }
    }

    /// <summary>Whether with <paramref name="pod"/> its index has failed for good.</summary>
    private bool FailsIndex(Pod pod)
    {
        if (!PodFailures.HasFailed(pod, Job))
        {
            return false;
        }

        var judgement = PodFailures.Judge(Job.Spec.PodFailurePolicy, pod);
        return judgement.Action == "FailIndex" || (judgement.Counts && CompletionIndex.FailuresBefore(pod) >= Job.Spec.BackoffLimitPerIndex);
    }

    // The failures of an index are written on its pods, so the last failed one stays until its replacement carries the sum.
    private void KeepForReplacement()
    {
        var active = IndexRanges.Of(Active.Select(CompletionIndex.Of).OfType<int>());
        foreach (var pod in Pods)
        {
            if (!IsTracked(pod) || ValidIndex(pod) is not { } index || !PodFailures.HasFailed(pod, Job)
                || SucceededIndexes.Contains(index) || FailedIndexes!.Contains(index) || active.Contains(index))
            {
                continue;
            }

            if (!AwaitingReplacement.TryGetValue(index, out var kept)
                || (AllFailures(kept) <= AllFailures(pod) && FinishTime.Of(pod) >= FinishTime.Of(kept)))
            {
                AwaitingReplacement[index] = pod;
            }
        }
    }

    private static int AllFailures(Pod pod) => CompletionIndex.FailuresBefore(pod) + CompletionIndex.IgnoredBefore(pod);
}

using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Controllers.Jobs;

/// <summary>What one look at a job has found and done so far.</summary>
internal sealed class JobRound(JobCensus census)
{
    public JobCensus Census { get; } = census;

    /// <summary>The job as it was last stored.</summary>
    public Job Job { get; set; } = census.Job;

    /// <summary>The status to store.</summary>
    public JobStatus Status { get; set; } = census.Job.Status;

    /// <summary>The condition that the job is to end with; null while it goes on.</summary>
    public Condition? End { get; set; }

    public int Active { get; set; } = census.Active.Count;

    public int Ready { get; set; } = census.Ready;

    public int Terminating { get; set; } = census.Terminating;

    /// <summary>Why pods could not be made or removed.</summary>
    public ApiException? Failure { get; set; }

    /// <summary>When to look again if nothing happens.</summary>
    public TimeSpan? Again { get; private set; }

    public void LookAgainAfter(TimeSpan? wait) => Again = wait is { } time && (Again is not { } known || time < known) ? time : Again;

    public void Removed((int Deleted, int Ready) counts)
    {
        Active -= counts.Deleted;
        Ready -= counts.Ready;
        Terminating += counts.Deleted;
    }

    /// <summary>
    /// Writes the decision into the status, and makes of <see cref="End"/> the condition that follows when all pods are gone and counted.
    /// </summary>
    public void AnnounceEnd(DateTimeOffset now)
    {
        if (End is not { Type: "FailureTarget" or "SuccessCriteriaMet" } end)
        {
            return;
        }

        if (JobTraits.True(Job, end.Type) is null)
        {
            Status = Status with { Conditions = Status.Conditions.Add(end) };
        }

        End = JobConditions.New(end.Type == "FailureTarget" ? "Failed" : "Complete", "True", end.Reason ?? "", end.Message ?? "", now);
    }

    /// <summary>Ends the job when nothing is left of it; false when something is.</summary>
    public bool TryFinish(bool isFull, DateTimeOffset now)
    {
        if (End is not { } end || isFull || Terminating > 0 || Status.UncountedTerminatedPods is { } u && u.Succeeded.Count + u.Failed.Count > 0)
        {
            return false;
        }

        Status = Status with
        {
            Conditions = JobConditions.Ensure(Status.Conditions, end with { LastProbeTime = now, LastTransitionTime = now }),
            CompletionTime = end.Type == "Complete" ? now : Status.CompletionTime,
        };
        return true;
    }
}

using KubeLab.Api.Batch;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Jobs;

/// <summary>Whether a job is to end, and why.</summary>
/// <remarks>
/// Upstream: syncJob in pkg/controller/job/job_controller.go. An end has two steps: FailureTarget or SuccessCriteriaMet when it is decided, Failed or Complete
/// when the last pod is gone and counted.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup">Job termination and cleanup</seealso>
public static class JobVerdict
{
    /// <summary>
    /// The condition that the job is to end with: SuccessCriteriaMet or FailureTarget when it is decided now, SuccessCriteriaMet or Failed when it was
    /// before; null while it goes on.
    /// </summary>
    public static Condition? Of(JobCensus census, DateTimeOffset now)
    {
        var job = census.Job;
        if (JobTraits.True(job, "SuccessCriteriaMet") is { } met)
        {
            return met;
        }

        if (JobTraits.True(job, "FailureTarget") is { } target)
        {
            return JobConditions.New("Failed", "True", target.Reason ?? "", target.Message ?? "", now);
        }

        var reason = Failure(census, now);
        return reason is var (word, message)
            ? JobConditions.New("FailureTarget", "True", word, message, now)
            : JobTraits.IsIndexed(job) && SuccessRules.Match(job.Spec.SuccessPolicy, job.Spec.Completions ?? 0, census.SucceededIndexes) is { } rule
                ? JobConditions.New("SuccessCriteriaMet", "True", "SuccessPolicy", rule, now)
                : null;
    }

    /// <summary>The condition of a job whose wished number of pods has succeeded.</summary>
    public static Condition Reached(DateTimeOffset now) =>
        JobConditions.New("SuccessCriteriaMet", "True", "CompletionsReached", "Reached expected number of succeeded pods", now);

    /// <summary>Whether so many have succeeded that nothing is left to do.</summary>
    /// <param name="job">The job.</param>
    /// <param name="succeeded">How many have succeeded.</param>
    /// <param name="active">How many are active.</param>
    public static bool IsComplete(Job job, int succeeded, int active) =>
        active == 0 && (job.Spec.Completions is { } wanted ? succeeded >= wanted : succeeded > 0);

    /// <summary>How long it may go on from <paramref name="now"/> on; null when there is no deadline that runs.</summary>
    /// <remarks>A job that is being resumed still shows its old start; its time begins anew.</remarks>
    public static TimeSpan? TimeLeft(Job job, DateTimeOffset now) =>
        job.Spec.ActiveDeadlineSeconds is { } seconds && job.Status.StartTime is { } start
        && !JobTraits.IsSuspended(job) && JobTraits.True(job, "Suspended") is null
            ? start.Instant.AddSeconds(seconds) - now
            : null;

    private static (string Reason, string Message)? Failure(JobCensus census, DateTimeOffset now)
    {
        var job = census.Job;
        if (PodFailures.JobMessage(job, census.Pods) is { } message)
        {
            return ("PodFailurePolicy", message);
        }

        if (census.Failed > (job.Spec.BackoffLimit ?? 6) || HasRestartedTooOften(census))
        {
            return ("BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }

        if (TimeLeft(job, now) <= TimeSpan.Zero)
        {
            return ("DeadlineExceeded", "Job was active longer than specified deadline");
        }

        if (census.FailedIndexes is not { Count: > 0 and var failed })
        {
            return null;
        }

        return failed > job.Spec.MaxFailedIndexes
            ? ("MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes")
            : failed + census.SucceededIndexes.Count >= job.Spec.Completions ? ("FailedIndexes", "Job has failed indexes") : null;
    }

    /// <summary>Containers that are restarted in place count by their restarts, since their pods never fail.</summary>
    private static bool HasRestartedTooOften(JobCensus census)
    {
        if (census.Job.Spec.Template.Spec.RestartPolicy != "OnFailure")
        {
            return false;
        }

        var restarts = 0;
        foreach (var pod in census.Pods)
        {
            if (pod.Status.Phase is "Running" or "Pending")
            {
                restarts += pod.Status.InitContainerStatuses.Sum(s => s.RestartCount) + pod.Status.ContainerStatuses.Sum(s => s.RestartCount);
            }
        }

        var limit = census.Job.Spec.BackoffLimit ?? 6;
        return limit == 0 ? restarts > 0 : restarts >= limit;
    }
}

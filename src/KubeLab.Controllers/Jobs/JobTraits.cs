using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.Jobs;

/// <summary>What controllers ask about a job.</summary>
public static class JobTraits
{
    /// <summary>Whether each pod stands for a number of its own.</summary>
    public static bool IsIndexed(Job job) => job.Spec.CompletionMode == "Indexed";

    /// <summary>Whether failures are forgiven per index, not for the job as a whole.</summary>
    public static bool CountsPerIndex(Job job) => job.Spec.BackoffLimitPerIndex is not null;

    /// <summary>Whether it waits.</summary>
    public static bool IsSuspended(Job job) => job.Spec.Suspend == true;

    /// <summary>Whether a pod is replaced only after it has failed for good, not while it is on its way out.</summary>
    public static bool ReplacesFailedOnly(Job job) => job.Spec.PodReplacementPolicy == "Failed" || job.Spec.PodFailurePolicy is not null;

    /// <summary>Whether another controller looks after it.</summary>
    public static bool IsManagedElsewhere(Job job) => job.Spec.ManagedBy is { } manager && manager != JobNames.Controller;

    /// <summary>Whether it has ended, well or not.</summary>
    public static bool IsFinished(Job job) => EndOf(job) is not null;

    /// <summary>The condition with which it ended, <c>Complete</c> or <c>Failed</c>; null while it goes on.</summary>
    public static Condition? EndOf(Job job) => job.Status.Conditions.Find(c => c.Type is "Complete" or "Failed" && c.Status == "True");

    /// <summary>The condition of <paramref name="type"/> if it is true, else null.</summary>
    public static Condition? True(Job job, string type) =>
        Conditions.Find(job.Status.Conditions, type) is { Status: "True" } condition ? condition : null;
}

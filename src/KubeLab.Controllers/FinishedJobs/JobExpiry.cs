using KubeLab.Api.Batch;
using KubeLab.Controllers.Jobs;

namespace KubeLab.Controllers.FinishedJobs;

/// <summary>When a finished job is to be removed.</summary>
/// <remarks>Upstream: timeLeft in pkg/controller/ttlafterfinished/ttlafterfinished_controller.go.</remarks>
public static class JobExpiry
{
    /// <summary>The instant, or null when <paramref name="job"/> is to be kept or has not ended.</summary>
    public static DateTimeOffset? Of(Job job) =>
        job.Metadata.DeletionTimestamp is null && job.Spec.TtlSecondsAfterFinished is { } seconds && JobTraits.EndOf(job)?.LastTransitionTime is { } end
            ? end.Instant.AddSeconds(seconds)
            : null;
}

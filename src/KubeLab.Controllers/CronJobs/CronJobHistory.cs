using KubeLab.Api.Batch;
using KubeLab.Controllers.Jobs;

namespace KubeLab.Controllers.CronJobs;

/// <summary>Which finished jobs of a cron job are kept for people to look at, and which go.</summary>
/// <remarks>Upstream: cleanupFinishedJobs in pkg/controller/cronjob/cronjob_controllerv2.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits">Jobs history limits</seealso>
public static class CronJobHistory
{
    /// <summary>The oldest of <paramref name="jobs"/>, as far as there are more than the limits of <paramref name="owner"/> allow.</summary>
    public static IReadOnlyList<Job> Superfluous(CronJob owner, IReadOnlyCollection<Job> jobs) =>
    [
        .. Oldest(jobs, "Complete", owner.Spec.SuccessfulJobsHistoryLimit),
        .. Oldest(jobs, "Failed", owner.Spec.FailedJobsHistoryLimit),
    ];

    private static IEnumerable<Job> Oldest(IReadOnlyCollection<Job> jobs, string end, int? limit)
    {
        if (limit is not { } most)
        {
            return [];
        }

        var ended = jobs.Where(j => JobTraits.EndOf(j)?.Type == end).ToList();
        return ended
            .OrderBy(j => j.Status.StartTime?.Instant ?? DateTimeOffset.MaxValue)
            .ThenBy(j => j.Metadata.Name, StringComparer.Ordinal)
            .Take(Math.Max(0, ended.Count - most));
    }
}

using KubeLab.Api.Core;
using KubeLab.Client.Reconciling;

namespace KubeLab.Controllers.Jobs;

/// <summary>How long a job waits before it makes pods again after failures: 10 s, doubled with each failure since the last success, up to 10 min.</summary>
/// <remarks>Upstream: pkg/controller/job/backoff_utils.go.</remarks>
/// <param name="Failures">How many pods have failed since the last success.</param>
/// <param name="Last">When the last of them failed; null when there is none.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy">Pod backoff failure policy</seealso>
public readonly record struct RecreationBackoff(int Failures, DateTimeOffset? Last)
{
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));

    /// <summary>What holds after these pods have ended; the order of their ends decides, not the order in which they were noticed.</summary>
    public RecreationBackoff After(IReadOnlyCollection<Pod> succeeded, IReadOnlyCollection<Pod> failed)
    {
        if (failed.Count == 0)
        {
            return succeeded.Count == 0 ? this : default;
        }

        if (succeeded.Count == 0)
        {
            return new(Failures + failed.Count, failed.Max(FinishTime.Of));
        }

        var success = succeeded.Max(FinishTime.Of);
        var later = failed.Select(FinishTime.Of).Where(t => t > success).ToList();
        return later.Count == 0 ? default : new(later.Count, later.Max());
    }

    /// <summary>How long it waits from <paramref name="now"/> on; zero when it need not.</summary>
    public TimeSpan Remaining(DateTimeOffset now) => Last is { } last ? Remaining(Failures, last, now) : TimeSpan.Zero;

    /// <summary>How long an index waits from <paramref name="now"/> on after its pod <paramref name="failed"/>.</summary>
    public static TimeSpan RemainingOfIndex(Pod failed, DateTimeOffset now) =>
        Remaining(CompletionIndex.FailuresBefore(failed) + CompletionIndex.IgnoredBefore(failed) + 1, FinishTime.Of(failed), now);

    private static TimeSpan Remaining(int failures, DateTimeOffset last, DateTimeOffset now)
    {
        var left = failures == 0 ? TimeSpan.Zero : Pauses.After(failures - 1) - (now - last);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}

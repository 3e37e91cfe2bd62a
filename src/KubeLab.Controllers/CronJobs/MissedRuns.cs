using KubeLab.Api.Batch;
using KubeLab.Api.Cron;

namespace KubeLab.Controllers.CronJobs;

/// <summary>Which of a cron job's times have passed since its last run, and when the next one comes.</summary>
/// <remarks>Upstream: mostRecentScheduleTime in pkg/controller/cronjob/utils.go.</remarks>
/// <param name="Earliest">From when on times count.</param>
/// <param name="Latest">The last time that has passed; null when none has.</param>
/// <param name="Count">About how many have passed.</param>
/// <param name="Problem">Why the schedule cannot be followed; null when it can.</param>
public readonly record struct MissedRuns(DateTimeOffset Earliest, DateTimeOffset? Latest, long Count, string? Problem)
{
    /// <summary>More missed runs than this are told as a warning: the clock may be wrong.</summary>
    public const int ManyFrom = 100;

    /// <summary>After a time has come it is looked at a moment later, since clocks differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether so many were missed that something may be wrong.</summary>
    public bool IsMany => Count > ManyFrom;

    /// <summary>Looks at the times from the last run, or from the cron job's creation, to <paramref name="now"/>.</summary>
    /// <param name="job">The cron job.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="zone">Whose clock that means.</param>
    /// <param name="now">The present.</param>
    /// <param name="honoursDeadline">Whether times that are too old to begin a job are left out.</param>
    public static MissedRuns Of(CronJob job, CronSchedule schedule, TimeZoneInfo zone, DateTimeOffset now, bool honoursDeadline)
    {
        var earliest = job.Status.LastScheduleTime?.Instant ?? job.Metadata.CreationTimestamp?.Instant ?? now;
        if (honoursDeadline && job.Spec.StartingDeadlineSeconds is { } seconds && Before(now, seconds) is var deadline && deadline > earliest)
        {
            earliest = deadline;
        }

        if (schedule.Next(earliest, zone) is not { } first || schedule.Next(first, zone) is not { } second)
        {
            return new(earliest, null, 0, "time difference between two schedules is less than 1 second");
        }

        if (now < second)
        {
            return new(earliest, now < first ? null : first, now < first ? 0 : 1, null);
        }

        // About as many as fit in between; the search begins a little before the last of them, so that a long pause costs no walk through all.
        var interval = (long)Math.Round((second - first).TotalSeconds);
        var count = ((long)(now - first).TotalSeconds / interval) + 1;
        DateTimeOffset? latest = null;
        for (var time = schedule.Next(first.AddSeconds((count - 2) * interval), zone); time <= now; time = schedule.Next(time.Value, zone))
        {
            latest = time;
        }

        return new(earliest, latest, count, null);
    }

    /// <summary>How long from <paramref name="now"/> until the next time; null when there is none.</summary>
    /// <param name="job">The cron job.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="zone">Whose clock that means.</param>
    /// <param name="now">The present.</param>
    public static TimeSpan? UntilNext(CronJob job, CronSchedule schedule, TimeZoneInfo zone, DateTimeOffset now)
    {
        var missed = Of(job, schedule, zone, now, honoursDeadline: false);
        var from = missed.Problem is not null ? now : missed.Latest ?? (missed.Count == 0 ? missed.Earliest : now);
        return schedule.Next(from, zone) is { } next ? next + Margin - now : null;
    }

    // A deadline of centuries is no deadline.
    private static DateTimeOffset Before(DateTimeOffset now, long seconds) =>
        seconds < (now - DateTimeOffset.MinValue).TotalSeconds ? now.AddSeconds(-seconds) : DateTimeOffset.MinValue;
}

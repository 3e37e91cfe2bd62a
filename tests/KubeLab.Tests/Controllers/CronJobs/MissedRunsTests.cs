using System.Globalization;
using KubeLab.Api.Batch;
using KubeLab.Api.Cron;
using KubeLab.Controllers.CronJobs;

namespace KubeLab.Tests.Controllers.CronJobs;

public sealed class MissedRunsTests
{
    [Theory]
    [InlineData("0 * * * *", "10:00", null, "10:30", null, null, 0)]
    [InlineData("0 * * * *", "10:00", null, "11:00", null, "11:00", 1)]
    [InlineData("0 * * * *", "10:00", null, "11:59", null, "11:00", 1)]
    [InlineData("0 * * * *", "10:00", null, "14:30", null, "14:00", 4)]
    [InlineData("0 * * * *", "10:00", "12:00", "12:30", null, null, 0)]
    [InlineData("0 * * * *", "10:00", "12:00", "14:00", null, "14:00", 2)]
    [InlineData("0 * * * *", "10:00", null, "14:30", 900L, null, 0)]
    [InlineData("0 * * * *", "10:00", null, "14:10", 900L, "14:00", 1)]
    [InlineData("30 6-16/4 * * 1-5", "00:00", null, "15:00", null, "14:30", 3)]
    [InlineData("@every 1h", "10:20", null, "13:25", null, "13:20", 3)]
    [InlineData("* * * * *", "10:00", null, "12:00", null, "12:00", 120)]
    public void What_was_missed(string schedule, string created, string? last, string now, long? deadline, string? latest, long count)
    {
        var job = new CronJob
        {
            Metadata = new() { CreationTimestamp = At(created) },
            Spec = new() { StartingDeadlineSeconds = deadline },
            Status = new() { LastScheduleTime = last is null ? null : At(last) },
        };
        var missed = MissedRuns.Of(job, CronSchedule.Parse(schedule), TimeZoneInfo.Utc, At(now), honoursDeadline: true);
        Assert.Equal((latest is null ? null : (DateTimeOffset?)At(latest), count, null), (missed.Latest, missed.Count, missed.Problem));
        Assert.Equal(count > 100, missed.IsMany);
    }

    [Fact]
    public void The_next_look_is_a_moment_after_the_next_time()
    {
        var job = new CronJob { Metadata = new() { CreationTimestamp = At("10:00") } };
        var schedule = CronSchedule.Parse("0 * * * *");
        Assert.Equal(TimeSpan.FromSeconds(1800.1), MissedRuns.UntilNext(job, schedule, TimeZoneInfo.Utc, At("10:30")));
        Assert.Equal(TimeSpan.FromSeconds(1800.1), MissedRuns.UntilNext(job, schedule, TimeZoneInfo.Utc, At("14:30")));
        Assert.Null(MissedRuns.UntilNext(job, CronSchedule.Parse("0 0 31 2 *"), TimeZoneInfo.Utc, At("10:30")));
    }

    private static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse($"2026-01-01 {time}", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.CronJobs;
using KubeLab.Tests.Controllers.Jobs;

namespace KubeLab.Tests.Controllers.CronJobs;

/// <summary>Time begins at midnight, 1 January 2026 (a Thursday).</summary>
public sealed class CronJobReconcilerTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ControllerLab lab = new("worker-1");

    private CronJob Tick => lab.Api.Get<CronJob>("default", "tick");

    private IReadOnlyList<Job> Jobs => lab.Api.List<Job>("default");

    private IEnumerable<string> Events => lab.EventsOf("CronJob");

    [Fact]
    public void A_job_begins_at_each_time_and_is_named_after_the_minute()
    {
        Create();
        lab.Run(100);
        var job = Assert.Single(Jobs);
        var minute = Midnight.AddMinutes(1).ToUnixTimeSeconds() / 60;
        Assert.Equal($"tick-{minute}", job.Metadata.Name);
        Assert.Equal("2026-01-01T00:01:00Z", job.Metadata.Annotations[CronJobRun.TimeAnnotation]);
        Assert.Equal("x", job.Metadata.Labels["app"]);
        Assert.Equal((Timestamp)Midnight.AddMinutes(1), Tick.Status.LastScheduleTime);
        Assert.Equal(job.Metadata.Uid, Assert.Single(Tick.Status.Active).Uid);
        Assert.Equal([$"Normal SuccessfulCreate Created job tick-{minute}"], Events);
        End(job, "Complete");
        lab.Run(5);
        Assert.Empty(Tick.Status.Active);
        Assert.NotNull(Tick.Status.LastSuccessfulTime);
        Assert.Equal($"Normal SawCompletedJob Saw completed job: tick-{minute}, status: Complete", Events.Last());
    }

    [Theory]
    [InlineData("Allow", 3, 3)]
    [InlineData("Forbid", 1, 1)]
    [InlineData("Replace", 1, 1)]
    public void What_happens_when_the_last_job_still_runs_is_a_policy(string policy, int jobs, int active)
    {
        Create(s => s with { ConcurrencyPolicy = policy });
        lab.Run(185);
        Assert.Equal((jobs, active), (Jobs.Count, Tick.Status.Active.Count));
        var expected = policy switch
        {
            "Forbid" => "Normal JobAlreadyActive Not starting job because prior execution is running and concurrency policy is Forbid",
            "Replace" => $"Normal SuccessfulDelete Deleted job tick-{(Midnight.ToUnixTimeSeconds() / 60) + 1}",
            _ => $"Normal SuccessfulCreate Created job tick-{(Midnight.ToUnixTimeSeconds() / 60) + 3}",
        };
        Assert.Contains(expected, Events);
    }

    [Fact]
    public void Of_missed_times_only_the_latest_is_made_up_for()
    {
        Create(s => s with { ConcurrencyPolicy = "Allow" });
        lab.Run(1);
        lab.Manager.Stop();
        lab.Run(3600);
        lab.Manager.Start();
        lab.Run(1);
        Assert.Equal(CronJobRun.NameOf(Tick, Midnight.AddHours(1)), Assert.Single(Jobs).Metadata.Name);
        Assert.DoesNotContain(Events, e => e.Contains("TooManyMissedTimes", StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_a_hundred_missed_times_are_warned_of()
    {
        Create();
        lab.Run(1);
        lab.Manager.Stop();
        lab.Run(120 * 60);
        lab.Manager.Start();
        lab.Run(1);
        Assert.Single(Jobs);
        Assert.Contains("Warning TooManyMissedTimes too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew", Events);
    }

    [Fact]
    public void A_time_missed_by_more_than_the_deadline_is_not_made_up_for()
    {
        Create(s => s with { Schedule = "0 * * * *", StartingDeadlineSeconds = 200 });
        lab.Run(1);
        lab.Manager.Stop();
        lab.Run(3600 + 600);
        lab.Manager.Start();
        lab.Run(60);
        Assert.Empty(Jobs);
        lab.Run(3600);
        Assert.Single(Jobs);
    }

    [Fact]
    public void A_suspended_cron_job_begins_nothing()
    {
        Create(s => s with { Suspend = true });
        lab.Run(300);
        Assert.Empty(Jobs);
        lab.Api.Update(Tick with { Spec = Tick.Spec with { Suspend = false } });
        lab.Run(1);
        Assert.Single(Jobs);
    }

    [Fact]
    public void Only_so_many_finished_jobs_are_kept()
    {
        Create(s => s with { SuccessfulJobsHistoryLimit = 2, FailedJobsHistoryLimit = 1, ConcurrencyPolicy = "Allow" });
        for (var i = 0; i < 8; i++)
        {
            lab.Run(60);
            foreach (var job in Jobs.Where(j => j.Status.Conditions.IsEmpty))
            {
                End(job, i % 2 == 0 ? "Complete" : "Failed");
            }
        }

        lab.Run(5);
        Assert.Equal((2, 1), (Ended("Complete"), Ended("Failed")));

        int Ended(string type) => Jobs.Count(j => j.Status.Conditions.Exists(c => c.Type == type));
    }

    [Fact]
    public void A_job_that_was_deleted_is_missed()
    {
        Create(s => s with { Schedule = "@hourly" });
        lab.Run(3601);
        var job = Assert.Single(Jobs);
        lab.Api.Delete<Job>("default", job.Metadata.Name!);
        lab.Run(5);
        Assert.Empty(Tick.Status.Active);
        Assert.Contains($"Normal MissingJob Active job went missing: {job.Metadata.Name}", Events);
    }

    [Fact]
    public void The_zone_decides_when_it_is_midnight()
    {
        Create(s => s with { Schedule = "0 0 * * *", TimeZone = "Asia/Tokyo" });
        lab.Run(24 * 3600);
        var job = Assert.Single(Jobs);
        Assert.Equal("2026-01-02T00:00:00+09:00", job.Metadata.Annotations[CronJobRun.TimeAnnotation]);
        Assert.Equal((Timestamp)Midnight.AddHours(15), Tick.Status.LastScheduleTime);
    }

    [Fact]
    public void A_new_schedule_does_not_make_up_for_its_own_past()
    {
        Create(s => s with { Schedule = "0 12 * * *" });
        lab.Run(600);
        lab.Api.Update(Tick with { Spec = Tick.Spec with { Schedule = "5 * * * *" } });
        lab.Run(60);
        Assert.Empty(Jobs);
        lab.Run(3600);
        Assert.Equal(CronJobRun.NameOf(Tick, Midnight.AddMinutes(65)), Assert.Single(Jobs).Metadata.Name);
    }

    [Fact]
    public void A_schedule_that_never_comes_is_warned_of()
    {
        Create(s => s with { Schedule = "0 0 31 2 *" });
        lab.Run(10);
        Assert.Contains("Warning InvalidSchedule invalid schedule: 0 0 31 2 * : time difference between two schedules is less than 1 second", Events);
    }

    [Fact]
    public void A_controller_that_ended_before_it_noted_its_job_notes_it_later()
    {
        Create(s => s with { ConcurrencyPolicy = "Forbid" });
        lab.Run(61);
        var job = Assert.Single(Jobs);
        lab.Manager.Stop();
        lab.Api.UpdateStatus(Tick with { Status = CronJobStatus.Empty });
        lab.Manager.Start();
        lab.Run(5);
        Assert.Equal(job.Metadata.Uid, Assert.Single(Tick.Status.Active).Uid);
        Assert.Single(Jobs);
    }

    [Fact]
    public void Finished_jobs_go_when_their_time_is_over()
    {
        Create(s => s with { Schedule = "@hourly", JobTemplate = s.JobTemplate with { Spec = s.JobTemplate.Spec with { TtlSecondsAfterFinished = 100 } } });
        lab.Run(3605);
        End(Assert.Single(Jobs), "Complete");
        lab.Run(95);
        Assert.Single(Jobs);
        lab.Run(10);
        Assert.Empty(Jobs);
        Assert.Empty(lab.Pods);
    }

    private void Create(Func<CronJobSpec, CronJobSpec>? change = null)
    {
        var spec = new CronJobSpec
        {
            Schedule = "* * * * *",
            JobTemplate = new() { Metadata = new() { Labels = StringMap.Of(("app", "x")) }, Spec = new() { Template = JobLab.Template() } },
        };
        lab.Api.Create(new CronJob { Metadata = new() { Name = "tick", Namespace = "default" }, Spec = change?.Invoke(spec) ?? spec });
    }

    /// <summary>Lets the job's pods end, so that the job does.</summary>
    private void End(Job job, string how)
    {
        foreach (var pod in lab.Pods.Where(p => p.Metadata.Labels["job-name"] == job.Metadata.Name && p.Status.Phase is not ("Succeeded" or "Failed")))
        {
            lab.Api.UpdateStatus(pod with { Status = pod.Status with { Phase = how == "Complete" ? "Succeeded" : "Failed" } });
        }

        if (how == "Failed")
        {
            var current = lab.Api.Get<Job>("default", job.Metadata.Name!);
            lab.Api.Update(current with { Spec = current.Spec with { BackoffLimit = 0 } });
        }

        lab.Run(4);
    }
}

using KubeLab.Nodes.Containers;

namespace KubeLab.Tests.Nodes.Containers;

public sealed class RestartBackoffTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_waits_of_a_container_that_ends_at_once_are_a_saw_tooth()
    {
        var (backoff, now) = (default(RestartBackoff), Start);
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var ended = now;
            waits.Add(backoff.Remaining(ended, now).TotalSeconds);
            now += backoff.Remaining(ended, now);
            backoff = backoff.Next(ended, now);
        }

        Assert.Equal([0, 10, 20, 40, 80, 160, 300, 300], waits);
    }

    [Fact]
    public void A_run_of_more_than_ten_minutes_is_forgiven()
    {
        var backoff = new RestartBackoff(TimeSpan.FromSeconds(160), Start);
        Assert.Equal(160, backoff.Remaining(Start.AddMinutes(10), Start.AddMinutes(10)).TotalSeconds);
        Assert.Equal(0, backoff.Remaining(Start.AddSeconds(601), Start.AddSeconds(601)).TotalSeconds);
        Assert.Equal(10, backoff.Next(Start.AddSeconds(601), Start.AddSeconds(601)).Delay.TotalSeconds);
    }

    [Fact]
    public void A_crashing_pod_shows_the_same_waits()
    {
        var lab = new NodeLab();
        lab.AddNode("node-1");
        lab.Run("crash", NodeLab.Shell("exit 1"));
        Assert.True(lab.RunUntil(() => lab.Status("crash").State!.Waiting?.Reason == "CrashLoopBackOff"));
        var uid = lab.Pod("crash").Metadata.Uid;
        Assert.Equal($"back-off 10s restarting failed container=web pod=crash_default({uid})", lab.Status("crash").State!.Waiting!.Message);
        Assert.Equal("Running", lab.Pod("crash").Status.Phase);
        Assert.Contains($"Warning BackOff: Back-off restarting failed container web in pod crash_default({uid})", lab.Events("crash"));
        lab.RunUntil(() => lab.Status("crash").RestartCount == 6);
        Assert.InRange((lab.Clock.Now - lab.Pod("crash").Status.StartTime!.Value.Instant).TotalSeconds, 310, 335);
    }
}

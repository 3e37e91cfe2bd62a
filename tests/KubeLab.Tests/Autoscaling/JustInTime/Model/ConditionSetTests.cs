using KubeLab.Autoscaling.JustInTime.Model;

namespace KubeLab.Tests.Autoscaling.JustInTime.Model;

public sealed class ConditionSetTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ready_follows_from_the_three_steps_and_times_stay_while_a_status_does()
    {
        var conditions = ConditionSet.New(Now);
        Assert.Equal("Unknown", Status("Ready"));
        conditions = ConditionSet.With(conditions, "Launched", "False", "LaunchFailed", "no", Now.AddSeconds(5));
        Assert.Equal("False", Status("Ready"));
        foreach (var step in new[] { "Launched", "Registered", "Initialized" })
        {
            conditions = ConditionSet.With(conditions, step, "True", step, "", Now.AddSeconds(9));
        }

        Assert.Equal("True", Status("Ready"));
        conditions = ConditionSet.With(conditions, "Launched", "True", "Launched", "", Now.AddSeconds(20));
        Assert.Equal("2026-01-01T00:00:09Z", Array.Find(conditions, c => c.Type == "Launched")?.LastTransitionTime);
        conditions = ConditionSet.With(conditions, "Drifted", "True", "NodePoolDrifted", "", Now);
        Assert.Equal("True", Status("Ready"));

        string? Status(string type) => Array.Find(conditions, c => c.Type == type)?.Status;
    }
}

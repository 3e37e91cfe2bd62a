using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api.Autoscaling;
using KubeLab.Controllers.HorizontalAutoscaling;

namespace KubeLab.Tests.Controllers.HorizontalAutoscaling;

public sealed class ScalingDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3, 5, 5, "DesiredWithinRange")]
    [InlineData(3, 20, 6, "ScaleUpLimit")]
    [InlineData(1, 20, 4, "ScaleUpLimit")]
    [InlineData(8, 20, 10, "TooManyReplicas")]
    [InlineData(5, 1, 2, "TooFewReplicas")]
    public void Without_a_behavior_the_number_doubles_at_most_and_stays_in_its_bounds(int current, int proposed, int replicas, string reason)
    {
        var decision = Decide(new() { MinReplicas = 2, MaxReplicas = 10 }, current, proposed, new ScalingMemory());
        Assert.Equal((replicas, reason), (decision.Replicas, decision.Limited.Reason));
        Assert.Equal(replicas != proposed, decision.Limited.Holds);
    }

    [Fact]
    public void A_higher_proposal_of_the_last_five_minutes_holds_the_number_up()
    {
        var memory = new ScalingMemory();
        memory.Propose(Now - TimeSpan.FromMinutes(4), 8);
        memory.Propose(Now - TimeSpan.FromMinutes(6), 9);
        var decision = Decide(new() { MaxReplicas = 10 }, 8, 3, memory);
        Assert.Equal((8, "ScaleDownStabilized"), (decision.Replicas, decision.Stabilized.Reason));
        decision = Decide(new() { MaxReplicas = 10 }, 8, 3, memory, after: TimeSpan.FromMinutes(2));
        Assert.Equal((3, "ReadyForNewScale"), (decision.Replicas, decision.Stabilized.Reason));
    }

    [Fact]
    public void A_lower_proposal_within_the_window_upwards_holds_the_number_down()
    {
        var memory = new ScalingMemory();
        memory.Propose(Now - TimeSpan.FromSeconds(30), 4);
        var spec = Behaving(up: Rules(window: 60, ("Percent", 900, 60)), down: Rules(window: 300, ("Percent", 100, 15)));
        var decision = Decide(spec, 4, 9, memory);
        Assert.Equal((4, "ScaleUpStabilized"), (decision.Replicas, decision.Stabilized.Reason));
        Assert.Equal(9, Decide(spec, 4, 9, memory, after: TimeSpan.FromSeconds(31)).Replicas);
    }

    [Theory]
    [InlineData("Max", 14, "ScaleUpLimit")]
    [InlineData("Min", 13, "ScaleUpLimit")]
    [InlineData("Disabled", 10, "ScaleUpLimit")]
    public void The_policy_that_is_selected_bounds_the_rise(string select, int replicas, string reason)
    {
        var up = Rules(0, ("Pods", 4, 60), ("Percent", 25, 60)) with { SelectPolicy = select };
        var decision = Decide(Behaving(up, Rules(0, ("Percent", 100, 15))), 10, 90, new ScalingMemory());
        Assert.Equal((replicas, reason), (decision.Replicas, decision.Limited.Reason));
    }

    [Theory]
    [InlineData("Max", 6)]
    [InlineData("Min", 7)]
    [InlineData("Disabled", 10)]
    public void The_policy_that_is_selected_bounds_the_fall(string select, int replicas)
    {
        var down = Rules(0, ("Pods", 4, 60), ("Percent", 25, 60)) with { SelectPolicy = select };
        Assert.Equal(replicas, Decide(Behaving(Rules(0, ("Percent", 100, 15)), down), 10, 1, new ScalingMemory()).Replicas);
    }

    [Fact]
    public void What_was_added_within_the_period_counts_against_the_policy()
    {
        var memory = new ScalingMemory();
        memory.Change(Now - TimeSpan.FromSeconds(30), 3, TimeSpan.FromMinutes(1));
        var spec = Behaving(Rules(0, ("Pods", 4, 60)), Rules(0, ("Percent", 100, 15)));
        Assert.Equal(11, Decide(spec, 10, 90, memory).Replicas);
        Assert.Equal(14, Decide(spec, 10, 90, memory, after: TimeSpan.FromSeconds(31)).Replicas);
    }

    [Fact]
    public void What_went_within_the_period_counts_too()
    {
        var memory = new ScalingMemory();
        memory.Change(Now - TimeSpan.FromSeconds(30), -3, TimeSpan.FromMinutes(1));
        var spec = Behaving(Rules(0, ("Pods", 4, 60)), Rules(0, ("Pods", 4, 60)));
        Assert.Equal(9, Decide(spec, 10, 1, memory).Replicas);
        Assert.Equal(17, Decide(spec, 10, 90, memory).Replicas);
    }

    [Fact]
    public void The_number_is_never_outside_of_its_bounds() => Prop.ForAll(
        (from current in Gen.Choose(2, 40)
         from proposals in Gen.Choose(0, 200).ListOf()
         from window in Gen.Choose(0, 300)
         from percent in Gen.Choose(1, 200)
         from pods in Gen.Choose(1, 10)
         select (current, proposals, window, percent, pods)).ToArbitrary(),
        world => Play(world.current, world.proposals, world.window, world.percent, world.pods)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static void Play(int current, IList<int> proposals, int window, int percent, int pods)
    {
        var spec = Behaving(Rules(window, ("Percent", percent, 15), ("Pods", pods, 60)), Rules(window * 2, ("Percent", Math.Min(percent, 100), 60))) with { MinReplicas = 2, MaxReplicas = 40 };
        var memory = new ScalingMemory();
        for (var i = 0; i < proposals.Count; i++)
        {
            var now = Now + TimeSpan.FromSeconds(15 * i);
            var replicas = ScalingDecision.Of(spec, current, proposals[i], memory, AutoscalingOptions.Default, now).Replicas;
            Assert.InRange(replicas, 2, 40);
            if (replicas != current)
            {
                memory.Change(now, replicas - current, TimeSpan.FromSeconds(60));
            }

            current = replicas;
        }
    }

    private static ScalingDecision Decide(HorizontalPodAutoscalerSpec spec, int current, int proposed, ScalingMemory memory, TimeSpan after = default) =>
        ScalingDecision.Of(spec, current, proposed, memory, AutoscalingOptions.Default, Now + after);

    private static HorizontalPodAutoscalerSpec Behaving(HPAScalingRules up, HPAScalingRules down) =>
        new() { MinReplicas = 1, MaxReplicas = 100, Behavior = new() { ScaleUp = up, ScaleDown = down } };

    private static HPAScalingRules Rules(int window, params (string Type, int Value, int Period)[] policies) => new()
    {
        StabilizationWindowSeconds = window,
        SelectPolicy = "Max",
        Policies = [.. policies.Select(p => new HPAScalingPolicy { Type = p.Type, Value = p.Value, PeriodSeconds = p.Period })],
    };
}

using KubeLab.Nodes.Pressure;

namespace KubeLab.Tests.Nodes.Pressure;

public sealed class EvictionStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly EvictionThreshold Hard = new() { Signal = "memory.available", Bytes = 100 };
    private static readonly EvictionThreshold Soft = new() { Signal = "memory.available", Bytes = 300, GracePeriod = TimeSpan.FromSeconds(90) };

    [Theory]
    [InlineData(100, false)]
    [InlineData(99, true)]
    [InlineData(0, true)]
    public void A_threshold_is_met_by_less_than_it(long available, bool met)
    {
        var state = Look(EvictionState.Calm, [Hard], available, 0);
        Assert.Equal(met, state.Due.Count == 1);
        Assert.Equal(met ? ["MemoryPressure"] : [], state.Conditions);
        Assert.Equal(!met, state.IsCalm);
    }

    [Fact]
    public void A_soft_threshold_gives_the_condition_at_once_and_calls_for_evictions_after_its_grace()
    {
        var state = Look(EvictionState.Calm, [Soft], 200, 0);
        Assert.Equal(["MemoryPressure"], state.Conditions);
        Assert.Empty(state.Due);
        state = Look(state, [Soft], 200, 80);
        Assert.Empty(state.Due);
        state = Look(state, [Soft], 200, 90);
        Assert.Equal([Soft], state.Due);
    }

    [Fact]
    public void A_grace_period_begins_anew_when_there_was_enough_in_between()
    {
        var state = Look(EvictionState.Calm, [Soft], 200, 0);
        state = Look(state, [Soft], 400, 50);
        state = Look(state, [Soft], 200, 60);
        Assert.Empty(Look(state, [Soft], 200, 100).Due);
        Assert.Equal([Soft], Look(state, [Soft], 200, 150).Due);
    }

    [Fact]
    public void The_condition_outlives_the_pressure_by_the_transition_period()
    {
        var state = Look(EvictionState.Calm, [Hard], 50, 0);
        state = Look(state, [Hard], 500, 10);
        Assert.Empty(state.Due);
        Assert.Equal(["MemoryPressure"], state.Conditions);
        Assert.False(state.IsCalm);
        Assert.Equal(["MemoryPressure"], Look(state, [Hard], 500, 299).Conditions);
        Assert.Empty(Look(state, [Hard], 500, 300).Conditions);
    }

    [Fact]
    public void What_is_to_be_reclaimed_at_least_keeps_a_threshold_met()
    {
        var threshold = Hard with { MinReclaimBytes = 50 };
        Assert.Empty(Look(EvictionState.Calm, [threshold], 120, 0).Due);
        var state = Look(EvictionState.Calm, [threshold], 90, 0);
        state = Look(state, [threshold], 120, 10);
        Assert.Equal([threshold], state.Due);
        Assert.Empty(Look(state, [threshold], 150, 20).Due);
    }

    [Fact]
    public void Memory_comes_before_disk_and_both_conditions_hold()
    {
        EvictionThreshold disk = new() { Signal = "nodefs.available", Share = 0.1 };
        var state = EvictionState.Calm.Look(
            [disk, Hard], [new("nodefs.available", 9, 100), new("memory.available", 99, 1000)], TimeSpan.FromMinutes(5), Start);
        Assert.Equal([Hard, disk], state.Due);
        Assert.Equal(["MemoryPressure", "DiskPressure"], state.Conditions);
        Assert.Empty(EvictionState.Calm.Look([disk], [new("nodefs.available", 10, 100)], TimeSpan.FromMinutes(5), Start).Due);
    }

    [Fact]
    public void What_nobody_observes_is_not_short() =>
        Assert.True(EvictionState.Calm.Look([Hard], [], TimeSpan.FromMinutes(5), Start).IsCalm);

    private static EvictionState Look(EvictionState state, EvictionThreshold[] thresholds, long available, int seconds) =>
        state.Look(thresholds, [new("memory.available", available, 1000)], TimeSpan.FromMinutes(5), Start.AddSeconds(seconds));
}

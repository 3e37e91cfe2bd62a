using KubeLab.Api;
using KubeLab.Controllers.ReplicaSets;
using KubeLab.Simulation;

namespace KubeLab.Tests.Controllers.ReplicaSets;

public sealed class SlowStartTests
{
    [Theory]
    [InlineData(10, 0, 1)]
    [InlineData(10, 1, 3)]
    [InlineData(10, 3, 7)]
    [InlineData(10, 9, 10)]
    public void After_a_batch_with_a_failure_no_other_begins(int count, int successes, int attempts)
    {
        var calls = 0;
        var made = SlowStart.Run(count, () => calls++ < successes ? null : new InvalidOperationException("quota"), out var failure);
        Assert.Equal(successes, made);
        Assert.Equal(attempts, calls);
        Assert.NotNull(failure);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    public void Without_failures_all_are_made(int count)
    {
        Assert.Equal(count, SlowStart.Run(count, () => null, out var failure));
        Assert.Null(failure);
    }

    [Fact]
    public void Expectations_hold_back_until_everything_was_seen_or_too_much_time_has_passed()
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var key = new ObjectKey("default", "web");
        var expectations = new Expectations(clock);
        Assert.True(expectations.AreMet(key));

        expectations.ExpectCreations(key, 2);
        expectations.SeeCreation(key);
        Assert.False(expectations.AreMet(key));
        expectations.SeeCreation(key);
        Assert.True(expectations.AreMet(key));

        expectations.ExpectDeletions(key, ["a", "b"]);
        expectations.SeeDeletion(key, "a");
        expectations.SeeDeletion(key, "a");
        Assert.False(expectations.AreMet(key));
        clock.RunFor(Expectations.Timeout + TimeSpan.FromTicks(1));
        Assert.True(expectations.AreMet(key));
    }
}

using KubeLab.Nodes.Shutdown;

namespace KubeLab.Tests.Nodes.Shutdown;

public sealed class ShutdownGracePeriodTests
{
    // Rows: total and critical seconds; what ordinary and critical pods get (upstream: migrateConfig).
    [Theory]
    [InlineData(30, 15, 15, 15)]
    [InlineData(300, 120, 180, 120)]
    [InlineData(100, 0, 100, 0)]
    [InlineData(100, 100, 0, 100)]
    public void Two_settings_become_two_periods(int total, int critical, int ordinary, int system)
    {
        var periods = ShutdownGracePeriod.Of(TimeSpan.FromSeconds(total), TimeSpan.FromSeconds(critical));
        Assert.Equal([new(0, TimeSpan.FromSeconds(ordinary)), new(2_000_000_000, TimeSpan.FromSeconds(system))], periods);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 10)]
    [InlineData(10, 100)]
    public void Nothing_granted_is_no_grace_at_all(int total, int critical) =>
        Assert.Empty(ShutdownGracePeriod.Of(TimeSpan.FromSeconds(total), TimeSpan.FromSeconds(critical)));

    // Rows of the table on the documentation's page: 100000 gets 10, 10000 gets 180, 1000 gets 120, 0 gets 60.
    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(999, 0)]
    [InlineData(1000, 1)]
    [InlineData(9999, 1)]
    [InlineData(10_000, 2)]
    [InlineData(99_999, 2)]
    [InlineData(100_000, 3)]
    [InlineData(2_000_001_000, 3)]
    public void A_pod_belongs_to_the_last_period_that_begins_at_or_below_its_priority(int priority, int group)
    {
        ShutdownGracePeriod[] periods = [new(0, TimeSpan.FromSeconds(60)), new(1000, TimeSpan.FromSeconds(120)), new(10_000, TimeSpan.FromSeconds(180)), new(100_000, TimeSpan.FromSeconds(10))];
        Assert.Equal(group, ShutdownGroup.IndexOf(periods, priority));
    }
}

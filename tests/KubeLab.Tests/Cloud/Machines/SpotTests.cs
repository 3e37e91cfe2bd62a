using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Tests.Cloud.Machines;

public sealed class SpotTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Lives_are_exponential_with_the_rate_that_was_asked_for()
    {
        // 40 machines at 0.5 per hour for 100 hours: about 2000 preemptions; the mean life of those that ended is 2 h within 5 standard errors.
        var cloud = Account(7, 0.5);
        cloud.CreateNodePool(new() { Name = "cheap", MachineType = "e2-standard-2", Spot = true }, 40);
        clock.RunFor(TimeSpan.FromHours(100));

        var lives = cloud.Preemptions.Select(p => p.Ran.TotalHours).ToList();
        Assert.InRange(lives.Count, 1750, 2150);
        Assert.InRange(lives.Average(), 2 * (1 - (5 / Math.Sqrt(lives.Count))), 2 * (1 + (5 / Math.Sqrt(lives.Count))));
        Assert.InRange(lives.Count(l => l < 2 * Math.Log(2)) / (double)lives.Count, 0.44, 0.56);
    }

    [Fact]
    public void The_same_seed_takes_the_same_machines_at_the_same_instants()
    {
        Assert.Equal(Told(7), Told(7));
        Assert.NotEqual(Told(7), Told(8));

        static List<Preemption> Told(long seed)
        {
            var own = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
            var cloud = Account(own, seed, 0.2);
            cloud.CreateNodePool(new() { Name = "cheap", MachineType = "e2-standard-2", Spot = true }, 5);
            own.RunFor(TimeSpan.FromHours(24));
            Assert.NotEmpty(cloud.Preemptions);
            return [.. cloud.Preemptions];
        }
    }

    [Fact]
    public void At_half_the_rate_the_same_machine_lives_twice_as_long()
    {
        TimeSpan FirstLife(double rate)
        {
            var own = new VirtualClock(clock.Now);
            var cloud = Account(own, 7, rate);
            cloud.CreateNodePool(new() { Name = "cheap", MachineType = "e2-standard-2", Spot = true }, 1);
            own.RunUntil(() => cloud.Preemptions.Count > 0, TimeSpan.FromHours(1000));
            return cloud.Preemptions[0].Ran;
        }

        Assert.Equal(FirstLife(1).TotalHours * 2, FirstLife(0.5).TotalHours, 6);
    }

    [Fact]
    public void A_rate_that_changes_on_the_way_uses_up_what_is_left()
    {
        var cloud = Account(7, 1);
        cloud.CreateNodePool(new() { Name = "cheap", MachineType = "e2-standard-2", Spot = true }, 1);
        var other = new VirtualClock(clock.Now);
        var steady = Account(other, 7, 1);
        steady.CreateNodePool(new() { Name = "cheap", MachineType = "e2-standard-2", Spot = true }, 1);
        other.RunUntil(() => steady.Preemptions.Count > 0, TimeSpan.FromHours(1000));
        var life = steady.Preemptions[0].Ran;

        clock.RunUntil(() => cloud.Machines[0].State == MachineState.Running, TimeSpan.FromMinutes(5));
        clock.RunFor(life / 2);
        cloud.SpotPreemptionsPerHour = 0;
        clock.RunFor(TimeSpan.FromHours(10));
        Assert.Empty(cloud.Preemptions);
        cloud.SpotPreemptionsPerHour = 2;
        clock.RunFor((life / 4) + TimeSpan.FromSeconds(1));
        Assert.Equal(10 + (life.TotalHours * 0.75), Assert.Single(cloud.Preemptions).Ran.TotalHours, 5);
    }

    [Fact]
    public void What_is_not_spot_stays()
    {
        var cloud = Account(7, 100);
        cloud.CreateNodePool("workers", "e2-standard-2", 3);
        clock.RunFor(TimeSpan.FromHours(100));
        Assert.Empty(cloud.Preemptions);
        Assert.Equal(["workers-1", "workers-2", "workers-3"], cloud.Machines.Select(m => m.Name));
    }

    [Fact]
    public void A_pool_may_have_a_rate_of_its_own()
    {
        var cloud = Account(7, 0);
        cloud.CreateNodePool(new() { Name = "calm", MachineType = "e2-standard-2", Spot = true }, 3);
        cloud.CreateNodePool(new() { Name = "wild", MachineType = "e2-standard-2", Spot = true, SpotPreemptionsPerHour = 1 }, 3);
        clock.RunFor(TimeSpan.FromHours(24));
        Assert.All(cloud.Preemptions, p => Assert.Equal("wild", p.Pool));
        Assert.InRange(cloud.Preemptions.Count, 40, 100);
    }

    [Fact]
    public void Who_is_told_already_is_not_told_again()
    {
        var cloud = Account(7, 0);
        var pool = cloud.CreateNodePool(new() { Name = "cheap", MachineType = "e2-standard-2", Spot = true }, 1);
        clock.RunFor(TimeSpan.FromMinutes(3));
        cloud.Preempt("cheap-1");
        clock.RunFor(TimeSpan.FromSeconds(10));
        cloud.Preempt("cheap-1");
        clock.RunFor(TimeSpan.FromSeconds(40));
        Assert.Single(cloud.Preemptions);
        Assert.Equal(["cheap-2"], pool.Machines.Select(m => m.Name));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_is_a_number(double rate) => Assert.Throws<ArgumentOutOfRangeException>(() => Account(7, 0).SpotPreemptionsPerHour = rate);

    private CloudProvider Account(long seed, double rate) => Account(clock, seed, rate);

    private static CloudProvider Account(VirtualClock clock, long seed, double rate) =>
        new(clock, new Randomness(seed), PriceBook.Load()) { SpotPreemptionsPerHour = rate };
}

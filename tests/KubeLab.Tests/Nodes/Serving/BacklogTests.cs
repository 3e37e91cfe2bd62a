using FsCheck;
using FsCheck.Fluent;
using KubeLab.Nodes.Serving;

namespace KubeLab.Tests.Nodes.Serving;

public sealed class BacklogTests
{
    [Theory]
    // Enough capacity: all is served as it comes.
    [InlineData(0, 80, 100, 50, 10, 800, 0, 0)]
    // Twenty a second too many wait.
    [InlineData(0, 120, 100, 50, 2, 200, 0, 40)]
    // After two and a half seconds the queue is full; then twenty a second are refused.
    [InlineData(0, 120, 100, 50, 10, 1000, 150, 50)]
    // A full queue that drains: 20 a second, for two and a half of ten seconds.
    [InlineData(50, 80, 100, 50, 10, 850, 0, 0)]
    [InlineData(50, 80, 100, 50, 1, 100, 0, 30)]
    // Nobody comes, and the queue empties.
    [InlineData(50, 0, 100, 50, 10, 50, 0, 0)]
    // No queue at all.
    [InlineData(0, 150, 100, 0, 2, 200, 100, 0)]
    // Just enough: the queue stays as it is.
    [InlineData(7, 100, 100, 50, 3, 300, 0, 7)]
    public void A_queue_fills_and_empties(double waiting, double rate, double capacity, double limit, double seconds, double served, double refused, double left)
    {
        var after = Backlog.After(waiting, rate, capacity, limit, seconds);
        Assert.Equal(served, after.Served, 6);
        Assert.Equal(refused, after.Refused, 6);
        Assert.Equal(left, after.Waiting, 6);
    }

    [Theory]
    [InlineData(0, 120, 100, 50, 2.5)]
    [InlineData(50, 120, 100, 50, null)]
    [InlineData(50, 80, 100, 50, 2.5)]
    [InlineData(0, 80, 100, 50, null)]
    [InlineData(10, 100, 100, 50, null)]
    public void When_it_is_full_or_empty_is_known_beforehand(double waiting, double rate, double capacity, double limit, double? seconds) =>
        Assert.Equal(seconds, Backlog.UntilChange(waiting, rate, capacity, limit));

    [Fact]
    public void What_arrives_is_served_or_refused_or_waits()
    {
        Prop.ForAll(Arb.From(Any()), x =>
        {
            var after = Backlog.After(x.Waiting, x.Rate, x.Capacity, x.Limit, x.Seconds);
            Assert.Equal(x.Rate * x.Seconds, after.Served + after.Refused + after.Waiting - x.Waiting, 4);
            Assert.InRange(after.Waiting, 0, x.Limit);
            Assert.True(after.Refused >= 0);
            Assert.InRange(after.Served, 0, (x.Capacity * x.Seconds) + 1e-6);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Two_steps_are_as_good_as_one()
    {
        Prop.ForAll(Arb.From(Any()), Arb.From(Gen.Choose(0, 100)), (x, part) =>
        {
            var first = Backlog.After(x.Waiting, x.Rate, x.Capacity, x.Limit, x.Seconds * part / 100);
            var second = Backlog.After(first.Waiting, x.Rate, x.Capacity, x.Limit, x.Seconds * (100 - part) / 100);
            var whole = Backlog.After(x.Waiting, x.Rate, x.Capacity, x.Limit, x.Seconds);
            Assert.Equal(whole.Served, first.Served + second.Served, 4);
            Assert.Equal(whole.Refused, first.Refused + second.Refused, 4);
            Assert.Equal(whole.Waiting, second.Waiting, 4);
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<Case> Any() =>
        from limit in Gen.Choose(0, 1000)
        from waiting in Gen.Choose(0, limit)
        from rate in Gen.Choose(0, 3000)
        from capacity in Gen.Choose(1, 3000)
        from tenths in Gen.Choose(0, 600)
        select new Case(waiting, rate, capacity, limit, tenths / 10.0);

    private sealed record Case(double Waiting, double Rate, double Capacity, double Limit, double Seconds);
}

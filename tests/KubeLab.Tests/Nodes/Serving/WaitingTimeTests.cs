using FsCheck;
using FsCheck.Fluent;
using KubeLab.Nodes.Serving;

namespace KubeLab.Tests.Nodes.Serving;

public sealed class WaitingTimeTests
{
    [Theory]
    // M/M/1 exactly: ρ/(1-ρ) service times.
    [InlineData(50, 100, 1, 0.010)]
    [InlineData(80, 100, 1, 0.040)]
    [InlineData(90, 100, 1, 0.090)]
    [InlineData(0, 100, 1, 0)]
    // Beyond 95 % the formula is not used any more: the backlog speaks.
    [InlineData(95, 100, 1, 0.190)]
    [InlineData(100, 100, 1, 0.190)]
    [InlineData(900, 100, 1, 0.190)]
    public void One_server_waits_as_the_book_says(double rate, double capacity, double servers, double seconds) =>
        Assert.Equal(seconds, WaitingTime.Mean(rate, new ServingCapacity(capacity, 1 / capacity, servers)), 9);

    [Theory]
    // Erlang's C for c servers of one request per second each; Sakasegawa's formula stays within a few per cent of it.
    [InlineData(2, 0.8, 1.778)]
    [InlineData(4, 0.9, 1.969)]
    [InlineData(10, 0.9, 0.669)]
    public void Several_servers_wait_about_as_Erlang_says(double servers, double utilisation, double exactSeconds)
    {
        var mean = WaitingTime.Mean(servers * utilisation, new ServingCapacity(servers, 1, servers));
        Assert.InRange(mean, exactSeconds * 0.93, exactSeconds * 1.07);
    }

    [Fact]
    public void More_load_never_waits_less()
    {
        var any = from servers in Gen.Choose(1, 64)
                  from capacity in Gen.Choose(1, 100_000)
                  from less in Gen.Choose(0, 2000)
                  from more in Gen.Choose(less, 2000)
                  select (servers, capacity, less, more);
        Prop.ForAll(Arb.From(any), x =>
        {
            var capacity = new ServingCapacity(x.capacity, 0.01, x.servers);
            return WaitingTime.Mean(x.capacity * x.less / 1000.0, capacity) <= WaitingTime.Mean(x.capacity * x.more / 1000.0, capacity);
        }).QuickCheckThrowOnFailure();
    }
}

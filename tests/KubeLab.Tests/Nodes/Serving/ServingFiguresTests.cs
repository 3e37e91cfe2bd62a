using FsCheck;
using FsCheck.Fluent;
using KubeLab.Nodes.Serving;

namespace KubeLab.Tests.Nodes.Serving;

public sealed class ServingFiguresTests
{
    // A core that serves a hundred requests a second, with room for fifty more.
    private static readonly RequestProfile Shop = new() { CpuSeconds = 0.01, BaseSeconds = 0.02, Workers = 200, Queue = 50, MemoryBytes = 1 << 20 };

    [Theory]
    // Rate, waiting → served, refused per second; mean latency in ms; in flight.
    [InlineData(0, 0, 0, 0, 30, 0)]
    [InlineData(50, 0, 50, 0, 40, 2)]
    [InlineData(90, 0, 90, 0, 120, 10.8)]
    // Overload begins, nobody waits yet; then half the queue is full, then all of it, and what is too much is refused.
    [InlineData(150, 25, 100, 0, 470, 47)]
    [InlineData(150, 50, 100, 50, 530, 53)]
    // The rush is over, and the queue still has to be served.
    [InlineData(50, 50, 100, 0, 530, 53)]
    public void A_server_under_load(double rate, double waiting, double served, double refused, double latencyMs, double inFlight)
    {
        var figures = ServingFigures.Of(Shop, ServingCapacity.Of(Shop, 1), rate, waiting);
        Assert.Equal(served, figures.ServedPerSecond, 6);
        Assert.Equal(refused, figures.RefusedPerSecond, 6);
        Assert.Equal(latencyMs, figures.Response.MeanSeconds * 1000, 6);
        Assert.Equal(inFlight, figures.InFlight, 6);
    }

    [Fact]
    public void Nobody_takes_longer_than_the_last_in_a_full_queue()
    {
        var capacity = ServingCapacity.Of(Shop, 1);
        var full = ServingFigures.Of(Shop, capacity, 150, 50).Response;
        for (var waiting = 0; waiting <= 50; waiting++)
        {
            var response = ServingFigures.Of(Shop, capacity, 150, waiting).Response;
            Assert.True(response.Quantile(0.99) <= full.Quantile(0.99) + 1e-9);
            Assert.Equal(0.01, response.Exceeds(response.Quantile(0.99)), 9);
        }
    }

    [Theory]
    [InlineData(50, 0, 0.5)]
    [InlineData(150, 0, 1.5)]
    // While something waits all workers want to work: 200 of them, each busy with CPU for a third of its time.
    [InlineData(50, 1, 66.667)]
    // No more can be worked on than there are workers.
    [InlineData(1e6, 0, 66.667)]
    public void Requests_want_cpu(double rate, double waiting, double cores) => Assert.Equal(cores, ServingFigures.CoresWanted(Shop, rate, waiting), 3);

    [Fact]
    public void More_load_serves_no_less_and_answers_no_sooner_and_percentiles_are_in_order()
    {
        var any = from cpu in Gen.Choose(1, 500)
                  from latency in Gen.Choose(0, 500)
                  from workers in Gen.Choose(1, 300)
                  from queue in Gen.Choose(0, 500)
                  from cores in Gen.Choose(1, 80)
                  from less in Gen.Choose(0, 3000)
                  from more in Gen.Choose(less, 3000)
                  from waiting in Gen.Choose(0, queue)
                  select (Profile: new RequestProfile { CpuSeconds = cpu / 10_000.0, BaseSeconds = latency / 1000.0, Workers = workers, Queue = queue }, cores, less, more, waiting);
        Prop.ForAll(Arb.From(any), x =>
        {
            var capacity = ServingCapacity.Of(x.Profile, x.cores / 10.0);
            var (less, more) = (ServingFigures.Of(x.Profile, capacity, x.less, x.waiting), ServingFigures.Of(x.Profile, capacity, x.more, x.waiting));
            Assert.True(less.ServedPerSecond <= more.ServedPerSecond + 1e-9);
            Assert.True(less.RefusedPerSecond <= more.RefusedPerSecond + 1e-9);
            Assert.True(less.Response.MeanSeconds <= more.Response.MeanSeconds + 1e-9);
            Assert.True(more.ServedPerSecond <= capacity.PerSecond + 1e-9);
            Assert.True(more.InFlight <= x.Profile.Workers + x.Profile.Queue + 1e-9);
            Assert.True(more.Response.Quantile(0.5) <= more.Response.Quantile(0.95) && more.Response.Quantile(0.95) <= more.Response.Quantile(0.99));
        }).QuickCheckThrowOnFailure();
    }
}

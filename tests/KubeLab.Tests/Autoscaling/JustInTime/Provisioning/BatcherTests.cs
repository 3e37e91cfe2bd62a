using KubeLab.Autoscaling.JustInTime.Provisioning;
using KubeLab.Simulation;

namespace KubeLab.Tests.Autoscaling.JustInTime.Provisioning;

public sealed class BatcherTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    // Rows: how many triggers, seconds between them, when the batches end.
    [Theory]
    [InlineData(1, 0.5, new[] { 1.0 })]
    [InlineData(3, 0.5, new[] { 2.0 })]
    [InlineData(2, 2, new[] { 1.0, 3.0 })]
    [InlineData(30, 0.5, new[] { 10.0, 15.5 })]
    public void A_batch_ends_when_nothing_comes_or_when_it_was_open_too_long(int triggers, double between, double[] ends)
    {
        var start = clock.Now;
        var told = new List<double>();
        var batcher = new Batcher(clock, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), () => told.Add((clock.Now - start).TotalSeconds));
        for (var i = 0; i < triggers; i++)
        {
            batcher.Trigger();
            clock.RunFor(TimeSpan.FromSeconds(between));
        }

        clock.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(ends, told);
    }
}

using FsCheck;
using FsCheck.Fluent;
using KubeLab.Simulated.Metrics;

namespace KubeLab.Tests.Simulated.Metrics;

public sealed class CounterPointTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(15);

    [Fact]
    public void Use_is_the_difference_of_two_readings_by_the_time_between_them()
    {
        var before = Point(at: 0, startedAt: -100, cpuSeconds: 50);
        var now = Point(at: 15, startedAt: -100, cpuSeconds: 53);
        Assert.Equal(before, now.Before(before, Resolution));
        Assert.Equal(200_000_000, now.NanocoresSince(before));
    }

    [Theory]
    [InlineData(9.9, false)]
    [InlineData(10, true)]
    [InlineData(14.9, true)]
    [InlineData(15, false)]
    public void A_first_reading_counts_from_the_start_when_it_is_ten_seconds_old_and_younger_than_the_resolution(double age, bool isKnown)
    {
        var first = Point(at: 0, startedAt: -age, cpuSeconds: age / 2);
        var before = first.Before(null, Resolution);
        Assert.Equal(isKnown, before is not null);
        if (before is { } start)
        {
            Assert.Equal((first.StartedAt, 0, 500_000_000), (start.At, start.CpuNanoseconds, first.NanocoresSince(start)));
        }
    }

    [Fact]
    public void A_container_that_was_started_again_between_two_readings_is_not_compared_with_its_former_run()
    {
        var before = Point(at: 0, startedAt: -100, cpuSeconds: 50);
        Assert.Null(Point(at: 15, startedAt: 8, cpuSeconds: 1).Before(before, Resolution));
        Assert.Equal(Noon.AddSeconds(3), Point(at: 15, startedAt: 3, cpuSeconds: 1).Before(before, Resolution)?.At);
    }

    [Fact]
    public void A_counter_that_goes_back_is_not_believed()
    {
        var before = Point(at: 0, startedAt: -100, cpuSeconds: 50);
        Assert.Null(Point(at: 15, startedAt: -100, cpuSeconds: 49).NanocoresSince(before));
        Assert.Null(Point(at: 15, startedAt: -101, cpuSeconds: 60).NanocoresSince(before));
    }

    [Fact]
    public void A_steady_use_is_told_to_the_billionth() => Prop.ForAll<ushort, ushort, uint>((millis, seconds, years) =>
    {
        var window = 1 + (seconds % 600);
        var before = new CounterPoint(Noon, Noon.AddDays(-1 - (years % 10_000)), 86_400_000_000L * (years % 10_000), 0);
        var now = before with { At = Noon.AddSeconds(window), CpuNanoseconds = before.CpuNanoseconds + (millis * 1_000_000L * window) };
        return now.NanocoresSince(before) == millis * 1_000_000L;
    }).QuickCheckThrowOnFailure();

    private static CounterPoint Point(double at, double startedAt, double cpuSeconds) =>
        new(Noon.AddSeconds(at), Noon.AddSeconds(startedAt), (long)Math.Round(cpuSeconds * 1e9), 0);
}

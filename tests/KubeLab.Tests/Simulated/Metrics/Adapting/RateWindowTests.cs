using FsCheck;
using FsCheck.Fluent;
using KubeLab.Simulated.Metrics.Adapting;

namespace KubeLab.Tests.Simulated.Metrics.Adapting;

public sealed class RateWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Four_samples_of_a_minute_give_the_slope_although_they_cover_three_quarters_of_it() =>
        Assert.Equal(20, Rate((-45, 1000), (-30, 1300), (-15, 1600), (0, 1900))!.Value, 9);

    [Fact]
    public void One_sample_in_the_window_is_not_enough()
    {
        Assert.Null(Rate());
        Assert.Null(Rate((-10, 5)));
        Assert.Null(Rate((-75, 1), (-60, 2), (-10, 5)));
    }

    [Fact]
    public void A_fall_is_a_restart_and_what_was_counted_before_it_stays_counted() =>
        Assert.Equal(20, Rate((-45, 1000), (-30, 1300), (-15, 300), (0, 600))!.Value, 9);

    [Fact]
    public void A_counter_that_has_just_begun_is_not_extrapolated_below_zero()
    {
        // From nothing 30 s ago to 600: only those 30 s are counted.
        Assert.Equal(10, Rate((-30, 0), (-15, 300), (0, 600))!.Value, 9);

        // Had it stood at 100 it could have begun 5 s earlier.
        Assert.Equal(600 * (35.0 / 30) / 60, Rate((-30, 100), (-15, 400), (0, 700))!.Value, 9);
    }

    [Fact]
    public void A_series_that_fell_silent_is_extrapolated_by_half_a_gap()
    {
        // Its last sample is 30 s old: two usual gaps.
        Assert.Equal(300 * (15 + 15 + 7.5) / 15 / 60, Rate((-45, 10_000), (-30, 10_300))!.Value, 9);
    }

    [Fact]
    public void A_steady_counter_has_its_slope_as_rate_wherever_the_window_lies() => Prop.ForAll<ushort, byte>((slope, shift) =>
    {
        var offset = shift % 15;
        var samples = Enumerable.Range(0, 8).Select(i => new Sample(Noon.AddSeconds((15 * (i - 7)) - offset), 1e6 + (slope * 15.0 * i))).ToList();
        return Math.Abs(RateWindow.PerSecond(samples, Noon, Minute)!.Value - slope) < 1e-6 * (1 + slope);
    }).QuickCheckThrowOnFailure();

    private static double? Rate(params (double At, double Value)[] samples) =>
        RateWindow.PerSecond([.. samples.Select(s => new Sample(Noon.AddSeconds(s.At), s.Value))], Noon, Minute);
}

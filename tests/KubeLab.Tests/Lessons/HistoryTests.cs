using KubeLab.Lessons;
using KubeLab.Simulation;

namespace KubeLab.Tests.Lessons;

public sealed class HistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_broke_for_a_moment_is_found_although_all_is_well_in_the_end()
    {
        var history = Of((0, 3), (60, 1), (61, 3));
        Assert.Equal(new Sample(At(60), 1), history.FirstBreach(n => n >= 2));
        Assert.Equal(new Sample(At(60), 1), history.Least);
        Assert.Null(history.FirstBreach(n => n >= 1));
    }

    [Fact]
    public void A_value_from_before_the_span_holds_at_its_beginning()
    {
        var history = new History(Series((0, 5), (100, 7)), At(50), At(90));
        Assert.Equal([new Sample(At(50), 5)], history.Samples);
    }

    [Fact]
    public void Before_the_first_sample_nothing_was_measured_so_nothing_is_broken()
    {
        var history = new History(Series((30, 2)), At(0), At(60));
        Assert.Null(history.FirstBreach(n => n > 0));
        Assert.True(new History(null, At(0), At(60)).IsEmpty);
        Assert.True(new History(Series((30, 2)), At(0), At(20)).IsEmpty);
    }

    [Fact]
    public void What_comes_before_all_were_ready_once_does_not_count()
    {
        var history = Of((0, 0), (5, 1), (9, 3), (20, 2)).Since(n => n >= 3);
        Assert.Equal(2, history.Least.Value);
        Assert.Equal(At(9), history.FirstTime(n => n >= 3)?.At);
        Assert.True(Of((0, 0), (5, 1)).Since(n => n >= 3).IsEmpty);
    }

    [Theory]
    [InlineData(60, 3)]
    [InlineData(61, 4)]
    [InlineData(5, 1)]
    public void Changes_are_counted_in_the_busiest_span(int seconds, int expected)
    {
        // The first sample is the beginning, not a change; a span does not hold both of its ends.
        var history = Of((0, 1), (10, 2), (30, 3), (50, 4), (70, 5), (500, 1));
        Assert.Equal(expected, history.ChangesWithin(TimeSpan.FromSeconds(seconds)));
    }

    private static History Of(params (int Seconds, double Value)[] samples) => new(Series(samples), At(0), At(1000));

    private static TimeSeries Series(params (int Seconds, double Value)[] samples)
    {
        var series = new TimeSeries("ready", "pods");
        foreach (var (seconds, value) in samples)
        {
            series.Record(At(seconds), value);
        }

        return series;
    }

    private static DateTimeOffset At(int seconds) => Start.AddSeconds(seconds);
}

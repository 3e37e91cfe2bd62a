using FsCheck;
using FsCheck.Fluent;
using KubeLab.Charts.Drawing;
using KubeLab.Simulation;

namespace KubeLab.Tests.Charts;

public sealed class DownsamplingTests
{
    private static readonly DateTimeOffset Start = SampleRuns.Start;

    private static Gen<TimeSeries[]> SomeSeries =>
        from count in Gen.Choose(1, 4)
        from series in Gen.ArrayOf(Steps, count)
        select series;

    private static Gen<TimeSeries> Steps =>
        from length in Gen.Choose(1, 800)
        from waits in Gen.ArrayOf(Gen.Choose(1, 5000), length)
        from values in Gen.ArrayOf(Gen.Choose(-1000, 1000), length)
        select Make(waits, values);

    [Fact]
    public void The_ends_and_the_extremes_of_every_series_stay_within_the_bound() =>
        Prop.ForAll(SomeSeries.ToArbitrary(), Gen.Choose(0, 200).ToArbitrary(), (series, max) =>
        {
            var to = series.Max(one => one.Samples[^1].At).AddSeconds(1);
            var grid = Downsampling.Instants(series, Start, to, max);
            Assert.Equal(Start, grid[0]);
            Assert.Equal(to, grid[^1]);
            Assert.Equal(grid.Distinct().Order(), grid);
            Assert.True(grid.Count <= Math.Max(max, (3 * series.Length) + 2));
            foreach (var one in series)
            {
                var drawn = grid.Select(one.ValueAt).ToArray();
                Assert.Contains(one.Samples.Max(sample => sample.Value), drawn);
                Assert.Contains(one.Samples.Min(sample => sample.Value), drawn);
                Assert.Equal(one.Latest, drawn[^1]);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Short_series_lose_nothing() =>
        Prop.ForAll(Steps.ToArbitrary(), series =>
        {
            var grid = Downsampling.Instants([series], Start, series.Samples[^1].At.AddSeconds(1), 2000);
            Assert.All(series.Samples, sample => Assert.Contains(sample.At, grid));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_outside_the_frame_is_drawn()
    {
        var series = SampleRuns.Series("x", "pods", 10, minute => minute);
        var grid = Downsampling.Instants([series], Start.AddMinutes(2), Start.AddMinutes(4));
        Assert.Equal(Start.AddMinutes(2), grid[0]);
        Assert.Equal(Start.AddMinutes(4), grid[^1]);
        Assert.Equal(9, grid.Count);
    }

    private static TimeSeries Make(int[] waits, int[] values)
    {
        var series = new TimeSeries("x", "pods");
        var at = Start;
        for (var i = 0; i < waits.Length; i++)
        {
            series.Record(at, values[i]);
            at = at.AddMilliseconds(waits[i]);
        }

        return series;
    }
}

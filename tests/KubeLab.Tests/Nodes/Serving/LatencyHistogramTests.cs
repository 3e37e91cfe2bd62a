using KubeLab.Nodes.Serving;

namespace KubeLab.Tests.Nodes.Serving;

public sealed class LatencyHistogramTests
{
    private const double Patience = 10;

    [Theory]
    [InlineData(0.02, 0.03)]
    [InlineData(0.5, 0)]
    [InlineData(0, 2)]
    public void A_percentile_is_that_of_what_was_counted_to_a_step(double fixedSeconds, double spreadSeconds)
    {
        var time = new ResponseTime(fixedSeconds, spreadSeconds);
        var histogram = new LatencyHistogram();
        histogram.Add(time, 1000, Patience);
        Assert.Equal(1000, histogram.Count, 6);
        foreach (var share in new[] { 0.5, 0.9, 0.95, 0.99 })
        {
            var exact = Math.Min(time.Quantile(share), Patience);
            Assert.InRange(histogram.Quantile(share), exact / 1.05, exact * 1.05);
        }
    }

    [Fact]
    public void Percentiles_of_a_run_count_each_request_once_and_are_not_the_mean_of_percentiles()
    {
        var run = new LatencyHistogram();
        run.Add(new ResponseTime(0.01, 0), 900, Patience);
        run.Add(new ResponseTime(1, 0), 100, Patience);
        Assert.InRange(run.Quantile(0.5), 0.0095, 0.0105);
        Assert.InRange(run.Quantile(0.89), 0.0095, 0.0105);
        Assert.InRange(run.Quantile(0.95), 0.95, 1.05);
    }

    [Fact]
    public void Nobody_waits_longer_than_his_patience()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(new ResponseTime(30, 30), 10, 2);
        Assert.InRange(histogram.Quantile(0.99), 1.9, 2.1);
    }

    [Fact]
    public void Without_answers_there_is_no_percentile() => Assert.True(double.IsNaN(new LatencyHistogram().Quantile(0.5)));

    [Theory]
    [InlineData(0, 7)]
    [InlineData(255, 1)]
    [InlineData(3, 0)]
    [InlineData(100, 100)]
    public void What_came_since_a_copy_is_what_was_added_since(int before, int after)
    {
        var whole = new LatencyHistogram();
        whole.Add(new ResponseTime(0.01, 0.02), before, Patience);
        var copy = whole + new LatencyHistogram();
        whole.Add(new ResponseTime(0.3, 0.1), after, Patience);
        var since = whole - copy;
        Assert.Equal(after, since.Count, 6);
        if (after > 0)
        {
            var alone = new LatencyHistogram();
            alone.Add(new ResponseTime(0.3, 0.1), after, Patience);
            Assert.Equal(alone.Quantile(0.95), since.Quantile(0.95), 6);
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api.Autoscaling;
using KubeLab.Autoscaling.Vertical;
using KubeLab.Autoscaling.Vertical.Histograms;
using KubeLab.Autoscaling.Vertical.Recommending;

namespace KubeLab.Tests.Autoscaling.Vertical;

public sealed class HistogramTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ExponentialBuckets Buckets = ExponentialBuckets.UpTo(1000, 1, 2, 0.001);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(9.99, 0)]
    [InlineData(10, 1)]
    [InlineData(24.99, 1)]
    [InlineData(25, 2)]
    [InlineData(47.49, 2)]
    [InlineData(47.5, 3)]
    [InlineData(81.2, 3)]
    [InlineData(1e9, 5)]
    public void A_value_falls_into_the_bucket_that_begins_at_or_below_it(double value, int bucket) =>
        Assert.Equal(bucket, ExponentialBuckets.UpTo(100, 10, 1.5, 0.1).IndexOf(value));

    [Fact]
    public void Buckets_grow_by_the_ratio_and_the_last_begins_at_the_greatest_value_or_above()
    {
        var buckets = ExponentialBuckets.UpTo(100, 10, 1.5, 0.1);
        Assert.Equal([0, 10, 25, 47.5, 81.25, 131.875], Enumerable.Range(0, buckets.Count).Select(buckets.StartOf));
        Assert.Throws<ArgumentOutOfRangeException>(() => buckets.StartOf(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => buckets.StartOf(-1));
        Assert.Throws<ArgumentException>(() => ExponentialBuckets.UpTo(100, 10, 1, 0.1));
    }

    [Fact]
    public void A_recommender_keeps_cpu_and_memory_in_176_buckets_each()
    {
        var aggregations = new Aggregations(VerticalPodAutoscalerOptions.Default);
        Assert.Equal((176, 176), (aggregations.CpuBuckets.Count, aggregations.MemoryBuckets.Count));
        Assert.Equal(0.01, aggregations.CpuBuckets.StartOf(1), 12);
        Assert.Equal(10_000_000, aggregations.MemoryBuckets.StartOf(1), 4);
    }

    [Fact]
    public void A_percentile_is_the_upper_end_of_its_bucket_and_of_the_last_bucket_the_lower()
    {
        var histogram = new Histogram(new LinearBuckets(10, 1, 1e-15));
        foreach (var value in (double[])[1, 2, 3, 4])
        {
            histogram.Add(value, value);
        }

        Assert.Equal([2, 3, 3, 4, 5, 5, 5], new[] { 0.0, 0.2, 0.3, 0.6, 0.61, 0.9, 1 }.Select(histogram.Percentile));
        histogram.Add(1000, 100);
        Assert.Equal(10, histogram.Percentile(0.99));
    }

    [Fact]
    public void An_empty_one_has_no_percentile_and_neither_has_one_that_was_emptied()
    {
        var histogram = new Histogram(Buckets);
        Assert.True(histogram.IsEmpty);
        Assert.Equal(0, histogram.Percentile(0.5));
        histogram.Add(10, 1);
        Assert.False(histogram.IsEmpty);
        histogram.Subtract(10, 2.5);
        Assert.True(histogram.IsEmpty);
        Assert.Equal(0, histogram.TotalWeight);
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.Add(1, -1));
    }

    [Fact]
    public void A_day_later_a_value_weighs_half_as_much()
    {
        var histogram = new DecayingHistogram(Buckets, TimeSpan.FromDays(1));
        histogram.Add(2, 1000, Start);
        histogram.Add(100, 1, Start + TimeSpan.FromDays(20));
        Assert.True(histogram.Percentile(0.999) > 100, "1,000 halved twenty times is less than a thousandth of the newer value");

        var even = new DecayingHistogram(Buckets, TimeSpan.FromDays(1));
        even.Add(2, 2, Start);
        even.Add(100, 1, Start + TimeSpan.FromDays(1));
        Assert.Equal((3, 127), (even.Percentile(0.5), even.Percentile(0.51)));
    }

    [Fact]
    public void Merging_moves_the_older_reference_to_the_newer_one()
    {
        var (old, young, both) = (Decaying(), Decaying(), Decaying());
        old.Add(2, 1, Start);
        young.Add(100, 1, Start + (Hour * 3));
        both.Add(2, 1, Start);
        both.Add(100, 1, Start + (Hour * 3));
        young.Merge(old);
        foreach (var part in (double[])[0.05, 0.11, 0.12, 0.5, 0.9])
        {
            Assert.Equal(both.Percentile(part), young.Percentile(part));
        }
    }

    [Fact]
    public void A_checkpoint_gives_the_heaviest_bucket_ten_thousand_and_restores_the_percentiles()
    {
        var histogram = Decaying();
        histogram.Add(2, 1, Start);
        histogram.Add(20, 4, Start);
        histogram.Add(200, 0.0001, Start);
        var saved = histogram.Save();
        Assert.Equal("1:2500 4:10000 7:0".Replace(" 7:0", "", StringComparison.Ordinal), string.Join(' ', OpaqueObjects.Fields(saved.BucketWeights).Select(f => $"{f.Key}:{f.Value}")));

        var restored = Decaying();
        Assert.Null(restored.Load(saved));
        Assert.Equal(histogram.TotalWeight, restored.TotalWeight, 3);
        Assert.Equal((histogram.Percentile(0.1), histogram.Percentile(0.9)), (restored.Percentile(0.1), restored.Percentile(0.9)));
    }

    [Theory]
    [InlineData("-1", 1, "checkpoint has a negative bucket -1")]
    [InlineData("99", 1, "checkpoint has bucket 99 that is exceeding histogram buckets 11")]
    [InlineData("x", 1, "cannot load checkpoint with bucket \"x\": 5")]
    [InlineData("1", -1, "cannot load checkpoint with negative weight -1")]
    public void A_checkpoint_that_cannot_be_is_refused(string bucket, double total, string problem)
    {
        var saved = new HistogramCheckpoint { TotalWeight = total, BucketWeights = OpaqueObjects.Of([new(bucket, System.Text.Json.JsonSerializer.SerializeToElement(5))]) };
        Assert.Equal(problem, Decaying().Load(saved));
        Assert.Equal("cannot load from empty checkpoint", Decaying().Load(null));
    }

    [Fact]
    public void Percentiles_never_fall_as_the_part_grows() => Prop.ForAll(Samples(), samples =>
    {
        var histogram = Of(samples, Start);
        var values = Enumerable.Range(0, 101).Select(i => histogram.Percentile(i / 100.0)).ToList();
        return values.SequenceEqual(values.Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_the_age_of_values_against_each_other_counts() => Prop.ForAll(Samples(), samples =>
    {
        var (now, later) = (Of(samples, Start), Of(samples, Start + (Hour * 1000)));
        return Enumerable.Range(1, 19).All(i => Math.Abs(now.Percentile(i / 20.0) - later.Percentile(i / 20.0)) < 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_percentile_is_above_the_value_by_one_bucket_at_the_most() => Prop.ForAll(Samples(), samples =>
    {
        var histogram = Of(samples, Start);
        var greatest = samples.Max(s => s.Value);
        return samples.Length == 0 || histogram.Percentile(1) >= greatest && histogram.Percentile(1) <= Buckets.StartOf(Math.Min(Buckets.IndexOf(greatest) + 1, Buckets.Count - 1));
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<(int Value, int Weight, int Age)[]> Samples()
    {
        var one = from value in Gen.Choose(0, 900) from weight in Gen.Choose(1, 50) from age in Gen.Choose(0, 60) select (value, weight, age);
        return one.NonEmptyListOf().Select(l => l.ToArray()).ToArbitrary();
    }

    private static DecayingHistogram Of((int Value, int Weight, int Age)[] samples, DateTimeOffset from)
    {
        var histogram = Decaying();
        foreach (var (value, weight, age) in samples.OrderBy(s => s.Age))
        {
            histogram.Add(value, weight, from + TimeSpan.FromMinutes(age));
        }

        return histogram;
    }

    private static DecayingHistogram Decaying() => new(Buckets, Hour);

    private sealed class LinearBuckets(double max, double width, double epsilon) : HistogramBuckets((int)Math.Ceiling(max / width) + 1, epsilon)
    {
        public override int IndexOf(double value) => Math.Clamp((int)(value / width), 0, Count - 1);

        public override double StartOf(int bucket) => bucket * width;
    }
}

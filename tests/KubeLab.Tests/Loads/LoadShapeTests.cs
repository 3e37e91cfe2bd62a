using KubeLab.Simulation;

namespace KubeLab.Tests.Loads;

public sealed class LoadShapeTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_constant_never_changes()
    {
        var rate = LoadShape.Constant(200).Begin(Midnight, new Randomness(1));
        Assert.Equal(200, rate.At(Midnight.AddHours(5)));
        Assert.Null(rate.NextChange(Midnight.AddHours(5)));
    }

    [Theory]
    [InlineData(15, 100)]
    [InlineData(3, 20)]
    [InlineData(9, 60)]
    [InlineData(39, 100)]
    public void A_day_has_its_peak_in_the_afternoon(double hour, double perSecond)
    {
        var rate = LoadShape.Day(20, 100).Begin(Midnight.AddHours(8), new Randomness(1));
        Assert.Equal(perSecond, rate.At(Midnight.AddHours(hour)), 3);
    }

    [Theory]
    [InlineData(19.9, 1)]
    [InlineData(20.05, 5)]
    [InlineData(20.2, 1)]
    [InlineData(44.05, 5)]
    [InlineData(44.2, 1)]
    public void A_sale_comes_at_the_same_hour_of_every_day(double hour, double times)
    {
        var usual = LoadShape.Day(20, 400).Begin(Midnight.AddHours(8), new Randomness(1));
        var sale = LoadShape.Day(20, 400).WithSale(20, 5, TimeSpan.FromMinutes(6)).Begin(Midnight.AddHours(8), new Randomness(1));
        var at = Midnight.AddHours(hour);
        Assert.Equal(usual.At(at) * times, sale.At(at), 6);
    }

    [Fact]
    public void A_sale_that_is_on_when_the_load_begins_goes_on()
    {
        var rate = LoadShape.Constant(10).WithSale(23.9, 3, TimeSpan.FromMinutes(30)).Begin(Midnight, new Randomness(1));
        Assert.Equal(30, rate.At(Midnight));
        Assert.Equal(10, rate.At(Midnight.AddMinutes(40)));
        Assert.Equal(Midnight.AddMinutes(24), rate.NextChange(Midnight.AddMinutes(1))!.Value, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_sale_must_fit_into_a_day()
    {
        Assert.Throws<ArgumentOutOfRangeException>("hour", () => LoadShape.Constant(1).WithSale(25, 2, TimeSpan.FromMinutes(1)));
        Assert.Throws<ArgumentOutOfRangeException>("times", () => LoadShape.Constant(1).WithSale(20, -2, TimeSpan.FromMinutes(1)));
        Assert.Throws<ArgumentOutOfRangeException>("lasts", () => LoadShape.Constant(1).WithSale(20, 2, TimeSpan.FromHours(24)));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(59, 10)]
    [InlineData(76, 100)]
    [InlineData(90, 190)]
    [InlineData(149, 190)]
    [InlineData(166, 100)]
    [InlineData(181, 10)]
    public void A_flash_sale_rises_holds_and_falls(double second, double perSecond)
    {
        var rate = LoadShape.FlashSale(10, 190, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)).Begin(Midnight, new Randomness(1));
        Assert.InRange(rate.At(Midnight.AddSeconds(second)), perSecond - 15, perSecond + 15);
        if (second is < 60 or >= 90 and < 150 or > 180)
        {
            Assert.Equal(perSecond, rate.At(Midnight.AddSeconds(second)));
        }
    }

    [Fact]
    public void As_many_come_in_a_flash_sale_as_by_a_straight_line()
    {
        var rate = LoadShape.FlashSale(10, 190, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)).Begin(Midnight, new Randomness(1));
        double sum = 0;
        var at = Midnight;
        while (rate.NextChange(at) is { } next)
        {
            sum += rate.At(at) * (next - at).TotalSeconds;
            at = next;
        }

        Assert.Equal(Midnight.AddSeconds(180), at);
        Assert.Equal((60 * 10) + (30 * 100) + (60 * 190) + (30 * 100), sum, 6);
    }

    [Fact]
    public void A_rush_without_a_ramp_is_a_step()
    {
        var rate = LoadShape.FlashSale(10, 190, TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.Zero).Begin(Midnight, new Randomness(1));
        Assert.Equal(190, rate.At(Midnight));
        Assert.Equal(10, rate.At(Midnight.AddSeconds(5)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(400)]
    public void Poisson_has_its_mean_and_its_variance_and_is_the_same_for_the_same_seed(double mean)
    {
        var (rate, again) = (LoadShape.Poisson(mean).Begin(Midnight, new Randomness(5)), LoadShape.Poisson(mean).Begin(Midnight, new Randomness(5)));
        var counts = Enumerable.Range(0, 4000).Select(i => rate.At(Midnight.AddSeconds(i))).ToList();
        Assert.Equal(counts, Enumerable.Range(0, 4000).Select(i => again.At(Midnight.AddSeconds(i))));
        Assert.InRange(counts.Average(), mean * 0.96, mean * 1.04);
        Assert.InRange(counts.Average(c => Math.Pow(c - mean, 2)), mean * 0.9, mean * 1.1);
        Assert.All(counts, c => Assert.Equal(Math.Round(c), c));
    }

    [Fact]
    public void A_trace_goes_through_its_rows_and_begins_again()
    {
        var rate = LoadShape.Csv("seconds,requests_per_second\n0,5\n60,7.5\n90,0\n").Begin(Midnight, new Randomness(1));
        Assert.Equal([5, 7.5, 5, 7.5], new double[] { 0, 60, 90, 151 }.Select(s => rate.At(Midnight.AddSeconds(s))));
        Assert.Equal(Midnight.AddSeconds(90), rate.NextChange(Midnight.AddSeconds(60)));
        Assert.Equal(Midnight.AddSeconds(150), rate.NextChange(Midnight.AddSeconds(90)));
    }

    [Fact]
    public void The_shops_day_is_there_and_can_be_multiplied()
    {
        var (once, twice) = (LoadShape.Trace("shop-day").Begin(Midnight, new Randomness(1)), LoadShape.Trace("shop-day", 2).Begin(Midnight, new Randomness(1)));
        Assert.True(once.At(Midnight.AddHours(20)) > 3 * once.At(Midnight.AddHours(3)));
        Assert.Equal(2 * once.At(Midnight.AddHours(20)), twice.At(Midnight.AddHours(20)));
    }

    [Theory]
    [InlineData("time,rate\n0,1\n", "row 1: the heading must be seconds,requests_per_second")]
    [InlineData("seconds,requests_per_second\n0,1\n5,-1\n", "row 3: \"5,-1\" is not two numbers, each 0 or more")]
    [InlineData("seconds,requests_per_second\n0,1\n5\n", "row 3: \"5\" is not two numbers")]
    [InlineData("seconds,requests_per_second\n0,1\n5,2\n5,3\n", "row 4: seconds must grow")]
    [InlineData("seconds,requests_per_second\n1,1\n5,2\n", "row 2: the first row must be that of second 0")]
    [InlineData("seconds,requests_per_second\n0,1\n", "at least two rows")]
    public void A_trace_of_another_shape_is_refused_with_its_row(string csv, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => LoadShape.Csv(csv)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_rate_is_refused_with_its_name()
    {
        Assert.Contains("there are: shop-day", Assert.Throws<ArgumentException>(() => LoadShape.Trace("nope")).Message, StringComparison.Ordinal);
        Assert.Equal("perSecond", Assert.Throws<ArgumentOutOfRangeException>(() => LoadShape.Constant(double.NaN)).ParamName);
        Assert.Equal("high", Assert.Throws<ArgumentOutOfRangeException>(() => LoadShape.Day(1, -1)).ParamName);
        Assert.Equal("peakHour", Assert.Throws<ArgumentOutOfRangeException>(() => LoadShape.Day(1, 1, 25)).ParamName);
        Assert.Equal("every", Assert.Throws<ArgumentOutOfRangeException>(() => LoadShape.Poisson(1, TimeSpan.Zero)).ParamName);
    }
}

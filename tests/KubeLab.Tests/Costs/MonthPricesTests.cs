using KubeLab.Cloud.Prices;
using KubeLab.Costs;

namespace KubeLab.Tests.Costs;

public sealed class MonthPricesTests
{
    [Theory]
    [InlineData("e2-standard-4", 97.8367, 0, 37, 55, 40)]
    [InlineData("n1-standard-4", 138.6993, 30, 37, 55, 53.1)]
    [InlineData("n2-standard-4", 141.7923, 19.98, 37, 55, 42.6)]
    public void Discounts_are_those_of_the_family(string machine, double list, double sustained, double oneYear, double threeYears, double spot)
    {
        var row = MonthPrices.Of(PriceBook.Load(region: "us-central1"), machine).Rows.Single();
        Assert.Equal(list, (double)row.List.Amount, 3);
        Assert.Equal((sustained, oneYear, threeYears), ((double)row.SustainedPercent, (double)row.OneYearPercent!, (double)row.ThreeYearsPercent!));
        Assert.Equal(spot, (double)row.SpotPercent!, 6);
    }

    [Fact]
    public void What_has_no_price_is_a_dash()
    {
        var prices = MonthPrices.Of(PriceBook.Load(region: "us-central1"), "c2-standard-4");
        Assert.Null(prices.Rows[0].SpotPercent);
        Assert.EndsWith("-", prices.ToString(), StringComparison.Ordinal);
        Assert.Contains("no price of n1-standard-4", Assert.Throws<ArgumentException>(() => MonthPrices.Of(PriceBook.Load(), "n1-standard-4")).Message, StringComparison.Ordinal);
    }
}

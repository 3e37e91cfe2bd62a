using FsCheck;
using FsCheck.Fluent;
using KubeLab.Cloud.Prices;

namespace KubeLab.Tests.Cloud.Prices;

public sealed class DiscountTests
{
    private readonly PriceBook prices = PriceBook.Load();

    // The tiers of n1: 1.0, 0.8, 0.6, 0.4 of the list price for each quarter of the month.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(25, 0)]
    [InlineData(50, 10)]
    [InlineData(75, 20)]
    [InlineData(100, 30)]
    public void Sustained_use_of_n1_grows_to_thirty_percent(int percentOfMonth, int discount) =>
        Assert.Equal(discount, prices.SustainedUse("n1")!.DiscountPercent(percentOfMonth), 10);

    [Fact]
    public void E2_gets_no_sustained_use_discount_and_n2_a_fifth()
    {
        Assert.Equal(0, prices.SustainedUse("e2")!.DiscountPercent(100));
        Assert.Equal(19.98m, prices.SustainedUse("n2")!.DiscountPercent(100), 2);
    }

    [Fact]
    public void A_one_year_promise_pays_from_460_hours_a_month()
    {
        var promise = prices.CommittedUse("e2", years: 1)!;
        Assert.Equal(459.9m, promise.BreakEvenHours());

        var list = prices.Machine("e2-standard-4").PerHour;
        Assert.True(promise.CostPerMonth(list) < list * 460);
        Assert.True(promise.CostPerMonth(list) > list * 459);
        Assert.Equal(55, prices.CommittedUse("n2", years: 3)!.PercentOff);
    }

    [Fact]
    public void A_longer_month_never_lowers_the_discount()
    {
        var n1 = prices.SustainedUse("n1")!;
        Prop.ForAll(Gen.Choose(0, 100).Two().ToArbitrary(), pair =>
                n1.DiscountPercent(Math.Max(pair.Item1, pair.Item2)) >= n1.DiscountPercent(Math.Min(pair.Item1, pair.Item2)))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Traffic_fills_the_tiers_from_the_bottom()
    {
        var infomaniak = PriceBook.Load("infomaniak", "switzerland").Egress!;
        Assert.Equal(0, infomaniak.CostOf(10_000_000_000_000).Amount);
        Assert.Equal(0.00811m * 500, infomaniak.CostOf(10_500_000_000_000).Amount);

        // The output of the CMS run, 330 GB, leaves Google Cloud for about half the price of computing it.
        Assert.InRange(prices.Egress!.CostOf(330L * 1_000_000_000).Amount, 36, 40);
    }

    [Fact]
    public void Money_of_two_currencies_does_not_mix() =>
        Assert.Contains("cannot combine 1.000 USD with 2.000 EUR",
            Assert.Throws<InvalidOperationException>(() => new Money(1, "USD") + new Money(2, "EUR")).Message, StringComparison.Ordinal);
}

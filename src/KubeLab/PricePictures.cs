using KubeLab.Charts;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;

namespace KubeLab;

/// <summary>Prices of several providers as a picture.</summary>
public static class PricePictures
{
    /// <summary>
    /// A bar for each provider and region, in its parts. Where machines have no price, or the bill is in another currency than most, there is no bar, and the words below the heading say so: nothing is guessed.
    /// </summary>
    /// <param name="comparison">From <see cref="Cluster.ComparePrices"/>.</param>
    /// <exception cref="ArgumentException">Nowhere do the machines have a price.</exception>
    public static Figure Chart(this PriceComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var priced = comparison.Bills.Where(b => b.Machines is not null).ToList();
        if (priced.Count == 0)
        {
            throw new ArgumentException("nowhere do these machines have a price; ToString() says what is missing where", nameof(comparison));
        }

        var currency = priced.GroupBy(b => b.Total.Currency).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key;
        var others = comparison.Bills.Except(priced).Select(b => $"{b.Provider} {b.Region} has no price of such machines")
            .Concat(priced.Where(b => b.Total.Currency != currency).Select(b => $"{b.Provider} {b.Region} is in {b.Total.Currency}")).ToList();
        return PriceComparisonChart.Of(
            [.. priced.Where(b => b.Total.Currency == currency).Select(ColumnOf)],
            currency,
            others.Count == 0 ? null : $"not drawn: {string.Join(", ", others)}");
    }

    private static MoneyColumn ColumnOf(ComparedBill bill) => new(
        $"{bill.Provider} {bill.Region}",
        [Amount(bill.Machines), Amount(bill.Storage), Amount(bill.ClusterFee), Amount(bill.Balancing), Amount(bill.Traffic)],
        bill.IsComplete);

    private static double Amount(Money? money) => (double)(money?.Amount ?? 0);
}

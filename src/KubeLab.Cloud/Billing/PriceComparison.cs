using System.Globalization;
using System.Text;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Billing;

/// <summary>The same use priced at every provider and region of <c>data/prices</c>. What has no price there is said in words, never guessed.</summary>
/// <remarks>
/// A machine of one size is replaced by as few machines as have together at least as many vCPUs and as much memory: of all types that have a price, the choice that costs least. That one vCPU does more
/// work than another is not taken into account: hours stay hours.
/// </remarks>
public sealed class PriceComparison
{
    private PriceComparison(IReadOnlyList<ComparedBill> bills) => Bills = bills;

    /// <summary>The bills, by provider, then by region.</summary>
    public IReadOnlyList<ComparedBill> Bills { get; }

    /// <summary>Prices what was used everywhere.</summary>
    /// <param name="usage">What was used.</param>
    /// <param name="currency">The currency to convert to where a rate is known; null leaves each bill in its own.</param>
    public static PriceComparison Of(UsageSummary usage, string? currency = null)
    {
        ArgumentNullException.ThrowIfNull(usage);
        var bills = new List<ComparedBill>();
        foreach (var provider in PriceBook.Providers)
        {
            foreach (var region in MachineCatalog.Load(provider).Regions)
            {
                bills.Add(ComparedBill.Of(BookOf(provider, region, currency), usage));
            }
        }

        return new PriceComparison(bills);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Row("PROVIDER", "REGION", "MACHINES", "DISKS", "FEE", "BALANCING", "TRAFFIC", "TOTAL", "");
        foreach (var bill in Bills)
        {
            Row(
                bill.Provider, bill.Region, Shown(bill.Machines), Shown(bill.Storage), Shown(bill.ClusterFee), Shown(bill.Balancing), Shown(bill.Traffic),
                $"{(bill.IsComplete ? "" : "> ")}{Shown(bill.Total)}", bill.Total.Currency);
        }

        foreach (var bill in Bills)
        {
            text.Append(CultureInfo.InvariantCulture, $"{bill.Provider} {bill.Region}: {string.Join("; ", bill.Notes)}\n");
        }

        return text.ToString();

        void Row(string provider, string region, string machines, string disks, string fee, string balancing, string traffic, string total, string unit) =>
            text.Append($"{provider,-11} {region,-14} {machines,10} {disks,9} {fee,8} {balancing,10} {traffic,9} {total,11} {unit}".TrimEnd()).Append('\n');

        static string Shown(Money? money) => money is { } known ? known.Amount.ToString("F2", CultureInfo.InvariantCulture) : "unknown";
    }

    private static PriceBook BookOf(string provider, string region, string? currency)
    {
        try
        {
            return PriceBook.Load(provider, region, currency);
        }
        catch (ArgumentException)
        {
            // There is no rate between the two: the bill stays in its own currency, which it names.
            return PriceBook.Load(provider, region);
        }
    }
}

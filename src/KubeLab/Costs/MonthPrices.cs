using System.Globalization;
using KubeLab.Cloud.Prices;
using KubeLab.Formatting;
using KubeLab.Quorums;

namespace KubeLab.Costs;

/// <summary>What a machine costs for a month of 730 hours that it runs through: at list price, less sustained use, with a promise of years, and as Spot. Discounts do not add up: each is for itself.</summary>
/// <seealso href="https://cloud.google.com/compute/docs/sustained-use-discounts">Google Cloud: sustained use discounts</seealso>
/// <seealso href="https://cloud.google.com/compute/docs/instances/committed-use-discounts-overview">Google Cloud: committed use discounts</seealso>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class MonthPrices : IShown
{
    private readonly string caption;

    private MonthPrices(PriceBook prices, IReadOnlyList<MonthPrice> rows)
    {
        caption = string.Create(CultureInfo.InvariantCulture, $"A month of {prices.BillingMonth.TotalHours:0} hours in {prices.Region}, {prices.Currency}; in brackets what is taken off the list price, in percent");
        Rows = rows;
    }

    /// <summary>The machines, in the order asked for.</summary>
    public IReadOnlyList<MonthPrice> Rows { get; }

    /// <summary>Prices machines.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="machines">Machine types, for example <c>e2-standard-4</c>.</param>
    /// <exception cref="ArgumentException">A type is unknown or has no price here; the message lists those that have.</exception>
    public static MonthPrices Of(PriceBook prices, params IReadOnlyList<string> machines)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return new(prices, [.. machines.Select(machine => RowOf(prices, machine))]);
    }

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private static MonthPrice RowOf(PriceBook prices, string machine)
    {
        var family = prices.Machines.Find(machine).Family;
        var list = prices.Machine(machine).PerHour * (decimal)prices.BillingMonth.TotalHours;
        return new(
            machine, list, prices.SustainedUse(family)?.DiscountPercent(100) ?? 0, prices.CommittedUse(family, 1)?.PercentOff, prices.CommittedUse(family, 3)?.PercentOff,
            SpotPercent(prices, machine));
    }

    private static decimal? SpotPercent(PriceBook prices, string machine)
    {
        try
        {
            return 100 * (1 - (prices.Machine(machine, spot: true).PerHour / prices.Machine(machine).PerHour));
        }
        catch (ArgumentException)
        {
            // This family has no Spot price here.
            return null;
        }
    }

    private ShownTable Table()
    {
        var table = new ShownTable(caption, "machine", "list price", "sustained use", "1 year promised", "3 years promised", "Spot");
        foreach (var row in Rows)
        {
            table.Add(row.Machine, Numbers.Short((double)row.List.Amount), Less(row, row.SustainedPercent), Less(row, row.OneYearPercent), Less(row, row.ThreeYearsPercent), Less(row, row.SpotPercent));
        }

        return table;
    }

    private static string Less(MonthPrice row, decimal? percent) => percent is { } off
        ? string.Create(CultureInfo.InvariantCulture, $"{Numbers.Short((double)(row.List.Amount * (100 - off) / 100))} ({off:0})")
        : "-";
}

/// <summary>One machine of <see cref="MonthPrices"/>; percents are taken off the list price, null where there is no such price.</summary>
/// <param name="Machine">The machine type.</param>
/// <param name="List">The list price of the month.</param>
/// <param name="SustainedPercent">Off by itself, for running all month.</param>
/// <param name="OneYearPercent">Off for a promise of one year.</param>
/// <param name="ThreeYearsPercent">Off for a promise of three years.</param>
/// <param name="SpotPercent">Off for machines that may be taken back.</param>
public sealed record MonthPrice(string Machine, Money List, decimal SustainedPercent, decimal? OneYearPercent, decimal? ThreeYearsPercent, decimal? SpotPercent);

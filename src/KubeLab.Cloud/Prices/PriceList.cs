using System.Globalization;

namespace KubeLab.Cloud.Prices;

/// <summary>Every figure of <c>data/prices</c>, with the file it stands in: what has to be looked up again from time to time.</summary>
public static class PriceList
{
    /// <summary>All figures, by provider, each in the order of its file; exchange rates come last.</summary>
    /// <exception cref="Data.DataFileException">A file is malformed; the message names the field.</exception>
    public static IReadOnlyList<ListedFact> All()
    {
        var listed = new List<ListedFact>();
        foreach (var provider in PriceBook.Providers)
        {
            listed.AddRange(Of(provider));
        }

        listed.AddRange(ExchangeRates.All().Select(fact => new ListedFact("exchange.json", fact)));
        return listed;
    }

    /// <summary>The figures of one provider.</summary>
    /// <exception cref="ArgumentException">The provider is unknown; the message lists those that are known.</exception>
    public static IReadOnlyList<ListedFact> Of(string provider)
    {
        var region = Machines.MachineCatalog.Load(provider).Regions.First();
        return [.. PriceBook.Load(provider, region).Facts.Select(fact => new ListedFact($"{provider}.json", fact))];
    }

    /// <summary>Reads a day, a month or a year as people write it: <c>2026-08-20</c>, <c>2026-08</c>, <c>2026</c>; the first day of what is meant.</summary>
    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}

/// <summary>A figure and where it stands.</summary>
/// <param name="File">The file in <c>data/prices</c>, for example <c>gcp.json</c>.</param>
/// <param name="Fact">The figure.</param>
public sealed record ListedFact(string File, PricedFact Fact);

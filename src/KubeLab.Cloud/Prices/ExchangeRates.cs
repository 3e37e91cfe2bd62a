using KubeLab.Cloud.Data;

namespace KubeLab.Cloud.Prices;

/// <summary>The shape of <c>data/prices/exchange.json</c>.</summary>
internal sealed record ExchangeFile
{
    public required ExchangeEntry[] Rates { get; init; }
}

internal sealed record ExchangeEntry : SourcedEntry
{
    public required string From { get; init; }

    public required string To { get; init; }

    public required decimal Factor { get; init; }
}

/// <summary>What one unit of a currency is worth in another, from <c>data/prices/exchange.json</c>.</summary>
public static class ExchangeRates
{
    private const string Path = "prices/exchange.json";

    /// <summary>The known rates; each converts in its own direction only.</summary>
    public static IReadOnlyList<PricedFact> All() => [.. Entries().Select(ToFact)];

    /// <summary>The rate from one currency to another, or null when both are the same.</summary>
    /// <exception cref="ArgumentException">No such rate is known; the message lists those that are.</exception>
    public static PricedFact? Find(string from, string to)
    {
        if (from == to)
        {
            return null;
        }

        var entries = Entries();
        var index = Array.FindIndex(entries, e => e.From == from && e.To == to);
        var known = string.Join(", ", entries.Select(e => $"{e.From} to {e.To}"));
        return index >= 0
            ? ToFact(entries[index], index)
            : throw new ArgumentException($"no exchange rate from {from} to {to}; data/{Path} has {known}", nameof(to));
    }

    private static ExchangeEntry[] Entries() => DataFile.Parse(Path, CloudJson.Default.ExchangeFile).Rates;

    private static PricedFact ToFact(ExchangeEntry e, int index) =>
        new($"{e.From} in {e.To}", e.Factor, $"{e.To} per {e.From}", e.Source,
            PriceFileCheck.Date(Path, $"$.rates[{index}].as_of", e.AsOf), e.Verified, e.Note);
}

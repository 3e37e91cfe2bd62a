using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Billing;

/// <summary>Bytes charged by one tiered price; tiers start afresh with each calendar month (UTC).</summary>
internal sealed class Traffic(TieredPrice price)
{
    private readonly SortedDictionary<(int Year, int Month), List<(DateTimeOffset At, long Total)>> months = [];

    public TieredPrice Price { get; } = price;

    public void Add(long bytes, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var key = (at.UtcDateTime.Year, at.UtcDateTime.Month);
        if (!months.TryGetValue(key, out var totals))
        {
            months[key] = totals = [];
        }

        var before = totals.Count == 0 ? 0 : totals[^1].Total;
        if (totals.Count > 0 && totals[^1].At > at)
        {
            throw new ArgumentException($"traffic of {at:O} cannot follow traffic of {totals[^1].At:O}", nameof(at));
        }

        totals.Add((at, before + bytes));
    }

    public BillLine? LineAt(DateTimeOffset at)
    {
        long bytes = 0;
        Money? cost = null;
        foreach (var totals in months.Values)
        {
            var inMonth = TotalAt(totals, at);
            bytes += inMonth;
            cost = inMonth == 0 ? cost : Price.CostOf(inMonth) + (cost ?? Money.Zero(Price.Tiers[0].Price.Currency));
        }

        var quantity = Price.QuantityOf(bytes);
        return cost is { } sum
            ? new(ChargeKind.Traffic, Price.Item, quantity, Price.Unit, sum / quantity, sum, [.. Price.Tiers.Select(t => t.Source)])
            : null;
    }

    private static long TotalAt(List<(DateTimeOffset At, long Total)> totals, DateTimeOffset at)
    {
        int low = 0, high = totals.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = totals[middle].At <= at ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? 0 : totals[low - 1].Total;
    }
}

using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Cloud.Billing;

/// <summary>Knows what was rented from when to when, and computes from that what it cost up to any instant.</summary>
/// <remarks>It needs no events of its own: cost is a pure function of intervals, so a chart may sample it as finely as it
/// likes.</remarks>
public sealed class Meter(string currency)
{
    private readonly SortedDictionary<LineKey, List<Usage>> lines = [];
    private readonly SortedDictionary<string, Traffic> traffic = new(StringComparer.Ordinal);

    /// <summary>The currency of all prices given to it.</summary>
    public string Currency { get; } = currency;

    /// <summary>Starts renting.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="name">What is rented, for example the machine <c>workers-1</c>.</param>
    /// <param name="price">The price of one unit.</param>
    /// <param name="units">How many units, for example the GiB of a disk.</param>
    /// <param name="rule">How its time is rounded.</param>
    /// <param name="from">Since when.</param>
    /// <returns>The handle with which it is given back.</returns>
    /// <exception cref="ArgumentException">The price is in another currency, or there are no units.</exception>
    public Usage Open(ChargeKind kind, string name, UnitPrice price, decimal units, BilledTime rule, DateTimeOffset from)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(units);
        RequireCurrency(price.Price.Currency);
        var usage = new Usage(name, price, units, rule, from);
        var key = new LineKey(kind, price.Item, price.Price.Amount);
        if (!lines.TryGetValue(key, out var usages))
        {
            lines[key] = usages = [];
        }

        usages.Add(usage);
        return usage;
    }

    /// <summary>Charges <paramref name="bytes"/> of traffic at an instant that does not lie before the last one charged.</summary>
    /// <exception cref="ArgumentException">The price is in another currency, or the instant lies in the past of this traffic.</exception>
    public void Charge(TieredPrice price, long bytes, DateTimeOffset at)
    {
        RequireCurrency(price.Tiers[0].Price.Currency);
        if (!traffic.TryGetValue(price.Item, out var charged))
        {
            traffic[price.Item] = charged = new Traffic(price);
        }

        charged.Add(bytes, at);
    }

    /// <summary>Everything that is rented at <paramref name="at"/>: what keeps costing until somebody gives it back.</summary>
    public IReadOnlyList<Usage> OpenAt(DateTimeOffset at) => [.. lines.Values.SelectMany(usages => usages.Where(u => u.IsOpenAt(at)))];

    /// <summary>All that was ever rented, by kind, then by item; traffic, which is charged by the byte, is not part of it.</summary>
    public IEnumerable<(ChargeKind Kind, Usage Usage)> Usages => lines.SelectMany(line => line.Value.Select(usage => (line.Key.Kind, usage)));

    /// <summary>The bill up to <paramref name="at"/>.</summary>
    public Bill BillAt(DateTimeOffset at)
    {
        var billed = new List<BillLine>(lines.Count + 1);
        foreach (var (key, usages) in lines)
        {
            if (UnitSecondsAt(usages, at) is > 0 and var unitSeconds)
            {
                var price = usages[0].Price;
                var (quantity, cost) = (price.QuantityOf(unitSeconds), price.CostOf(unitSeconds));
                billed.Add(new(key.Kind, price.Item, quantity, price.Unit, price.Price, cost, price.Sources));
            }
        }

        foreach (var charged in traffic.Values)
        {
            if (charged.LineAt(at) is { } line)
            {
                billed.Add(line);
            }
        }

        return new Bill(at, Currency, billed);
    }

    /// <summary>What has been spent up to <paramref name="at"/>; equals the total of <see cref="BillAt"/>.</summary>
    public Money CostAt(DateTimeOffset at)
    {
        var total = Money.Zero(Currency);
        foreach (var usages in lines.Values)
        {
            total += usages[0].Price.CostOf(UnitSecondsAt(usages, at));
        }

        foreach (var charged in traffic.Values)
        {
            total = charged.LineAt(at) is { } line ? total + line.Cost : total;
        }

        return total;
    }

    /// <summary>What one hour costs, at <paramref name="at"/>; traffic, which is charged by the byte, is not part of it.</summary>
    public Money RatePerHourAt(DateTimeOffset at)
    {
        var rate = Money.Zero(Currency);
        foreach (var usages in lines.Values)
        {
            decimal units = 0;
            foreach (var usage in usages)
            {
                units += usage.IsOpenAt(at) ? usage.Units : 0;
            }

            rate += usages[0].Price.PerHour * units;
        }

        return rate;
    }

    /// <summary>What had been spent at each step from one instant to another, both included, as a series to draw.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public TimeSeries CostSeries(DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, TimeSpan.Zero);
        var series = new TimeSeries("cost", Currency);
        for (var at = from; at < to; at += step)
        {
            series.Record(at, (double)CostAt(at).Amount);
        }

        series.Record(to, (double)CostAt(to).Amount);
        return series;
    }

    private static decimal UnitSecondsAt(List<Usage> usages, DateTimeOffset at)
    {
        // Machines and their disks come by the thousand and alike: seconds are added as whole numbers, multiplied once per run of equals.
        decimal sum = 0, units = 0;
        long seconds = 0;
        foreach (var usage in usages)
        {
            if (usage.Units != units)
            {
                sum += units * seconds;
                (units, seconds) = (usage.Units, 0);
            }

            seconds += usage.BilledSecondsAt(at);
        }

        return sum + (units * seconds);
    }

    private void RequireCurrency(string priced)
    {
        if (priced != Currency)
        {
            throw new ArgumentException($"a price in {priced} cannot stand on a bill in {Currency}");
        }
    }

    /// <summary>What shares a line: the same item at the same price.</summary>
    private readonly record struct LineKey(ChargeKind Kind, string Item, decimal Price) : IComparable<LineKey>
    {
        public int CompareTo(LineKey other)
        {
            var byKind = Kind.CompareTo(other.Kind);
            var byItem = byKind != 0 ? byKind : string.CompareOrdinal(Item, other.Item);
            return byItem != 0 ? byItem : Price.CompareTo(other.Price);
        }
    }
}

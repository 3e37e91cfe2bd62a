using System.Globalization;
using System.Text;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Billing;

/// <summary>What a whole account pays for a calendar month (UTC): list prices, and the discounts that only a month knows.</summary>
public sealed record MonthBill
{
    private const string SpotMark = " (Spot)";

    private MonthBill(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<FamilyMonth> families, Money rest)
    {
        (From, To, Families, Rest) = (from, to, families, rest);
        Total = families.Aggregate(rest, (sum, family) => sum + family.Total);
    }

    /// <summary>The first instant of the month.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The end of what is counted: of the month, or of what has passed of it.</summary>
    public DateTimeOffset To { get; }

    /// <summary>Machines by family, in ordinal order.</summary>
    public IReadOnlyList<FamilyMonth> Families { get; }

    /// <summary>Disks, fees, load balancers, addresses and traffic, to which no discount applies.</summary>
    public Money Rest { get; }

    /// <summary>What is to be paid.</summary>
    public Money Total { get; }

    /// <summary>What was taken off the list price, commitments counted as what they cost.</summary>
    public Money Saved => Families.Aggregate(Money.Zero(Total.Currency), (sum, f) => sum + f.Covered + f.SustainedUse - f.Committed);

    /// <summary>The bill of the month in which <paramref name="within"/> lies.</summary>
    /// <param name="cloud">The account.</param>
    /// <param name="within">Any instant of the month.</param>
    /// <param name="until">Up to when, when the month is not over.</param>
    /// <param name="commitments">What was promised.</param>
    /// <exception cref="ArgumentException">A machine type is unknown, or the provider knows no such commitment.</exception>
    public static MonthBill Of(CloudProvider cloud, DateTimeOffset within, DateTimeOffset until, params IReadOnlyList<Commitment> commitments)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var from = new DateTimeOffset(within.UtcDateTime.Year, within.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var end = from.AddMonths(1);
        var to = until < end ? until : end;
        var machines = cloud.Meter.Usages.Where(u => u.Kind == ChargeKind.Machine).Select(u => u.Usage).ToLookup(u => FamilyOf(cloud, u), StringComparer.Ordinal);
        var promised = commitments.ToLookup(c => cloud.Prices.Machines.Find(c.MachineType).Family, StringComparer.Ordinal);
        var families = machines.Select(g => g.Key).Union(promised.Select(g => g.Key)).Order(StringComparer.Ordinal)
            .Select(family => Of(cloud, family, [.. machines[family]], [.. promised[family]], from, end, to)).ToList();
        var rest = cloud.Meter.BillAt(to).Of(ChargeKind.Traffic) - cloud.Meter.BillAt(from).Of(ChargeKind.Traffic);
        foreach (var (kind, usage) in cloud.Meter.Usages)
        {
            rest = kind == ChargeKind.Machine ? rest : rest + CostOf(usage, from, to);
        }

        return new MonthBill(from, to, families, rest);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line("ITEM", "COST");
        foreach (var f in Families)
        {
            Line($"{f.Family}: {f.VcpuHours.ToString("0.#", CultureInfo.InvariantCulture)} vCPU-hours at list price", Shown(f.List));
            LineIfAny($"{f.Family}: Spot", f.Spot);
            LineIfAny($"{f.Family}: covered by commitments", f.Covered * -1);
            LineIfAny($"{f.Family}: commitments, used or not", f.Committed);
            LineIfAny($"{f.Family}: sustained use, {f.SustainedPercent.ToString("0.0", CultureInfo.InvariantCulture)} % off", f.SustainedUse * -1);
        }

        Line("disks, fees, load balancers, addresses, traffic", Shown(Rest));
        Line($"total of {From.ToString("yyyy-MM", CultureInfo.InvariantCulture)}, {Total.Currency}", Shown(Total));
        return text.ToString();

        void Line(string item, string cost) => text.Append(CultureInfo.InvariantCulture, $"{item,-52} {cost,12}\n");

        void LineIfAny(string item, Money cost)
        {
            if (cost.Amount != 0)
            {
                Line(item, Shown(cost));
            }
        }

        static string Shown(Money money) => money.Amount.ToString("F4", CultureInfo.InvariantCulture);
    }

    private static FamilyMonth Of(
        CloudProvider cloud, string family, List<Usage> usages, List<Commitment> commitments, DateTimeOffset from, DateTimeOffset end, DateTimeOffset to)
    {
        var prices = cloud.Prices;
        Money list = Money.Zero(cloud.Meter.Currency), spot = list, committed = list;
        foreach (var usage in usages)
        {
            var cost = CostOf(usage, from, to);
            (list, spot) = IsSpot(usage) ? (list, spot + cost) : (list + cost, spot);
        }

        var onDemand = InferredInstances.Of(
            usages.Where(u => !IsSpot(u)).Select(u => ((decimal)TypeOf(cloud, u).Vcpus, u.From, u.To is { } ended && ended < to ? ended : to)), from, end);
        decimal promised = 0;
        foreach (var commitment in commitments)
        {
            var type = prices.Machines.Find(commitment.MachineType);
            var rule = prices.CommittedUse(family, commitment.Years)
                ?? throw new ArgumentException($"data/prices knows no commitment of {commitment.Years} years for {family} at {prices.Provider}", nameof(commitments));
            promised += type.Vcpus * commitment.Machines;
            committed += rule.CostPerMonth(prices.Machine(type.Name).PerHour * commitment.Machines, (decimal)(to - from).TotalHours);
        }

        var (used, uncovered, discounted) = (onDemand.UnitSeconds, 0m, 0m);
        var longRun = prices.SustainedUse(family);
        foreach (var (units, seconds) in onDemand.Layers(above: promised))
        {
            uncovered += units * seconds;
            discounted += units * seconds * (longRun?.DiscountPercent(Math.Min(100, 100 * seconds / onDemand.MonthSeconds)) ?? 0) / 100;
        }

        var perUnitSecond = used == 0 ? Money.Zero(list.Currency) : list / used;
        return new FamilyMonth(family, used / 3600, list, spot, uncovered == 0 ? list : perUnitSecond * (used - uncovered), perUnitSecond * discounted, committed);
    }

    private static Money CostOf(Usage usage, DateTimeOffset from, DateTimeOffset to) => usage.Price.CostOf(usage.Units * usage.BilledSecondsBetween(from, to));

    private static bool IsSpot(Usage usage) => usage.Price.Item.EndsWith(SpotMark, StringComparison.Ordinal);

    private static MachineType TypeOf(CloudProvider cloud, Usage usage) =>
        cloud.Prices.Machines.Find(IsSpot(usage) ? usage.Price.Item[..^SpotMark.Length] : usage.Price.Item);

    private static string FamilyOf(CloudProvider cloud, Usage usage) => TypeOf(cloud, usage).Family;
}

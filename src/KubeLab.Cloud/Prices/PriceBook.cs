using KubeLab.Cloud.Data;
using KubeLab.Cloud.Machines;

namespace KubeLab.Cloud.Prices;

/// <summary>What a provider charges in one region, in one currency; read from <c>data/prices</c>, each figure with its source and
/// date.</summary>
public sealed class PriceBook
{
    private static readonly string[] ObjectStorages = ["gcs-standard", "object-storage"];

    private readonly string path;
    private readonly PriceFile file;
    private readonly PricedFact? exchange;
    private TieredPrice? egressPrice;

    private PriceBook(string path, PriceFile file, MachineCatalog machines, string region, string currency)
    {
        this.path = path;
        this.file = file;
        exchange = ExchangeRates.Find(file.Currency, currency);
        Machines = machines;
        Region = region;
        Currency = currency;
        BillingMonth = TimeSpan.FromTicks((long)(file.MonthHours * TimeSpan.TicksPerHour));
        MachineBilling = file.MachineBilling is { } rule
            ? new(TimeSpan.FromSeconds(rule.GranularitySeconds), TimeSpan.FromSeconds(rule.MinimumSeconds))
            : BilledTime.PerSecond;
        Facts = PriceFacts.Of(path, file);
    }

    /// <summary>The providers whose prices are known, in ordinal order.</summary>
    public static IReadOnlyList<string> Providers => MachineCatalog.Providers;

    /// <summary>The provider, for example <c>gcp</c>.</summary>
    public string Provider => file.Provider;

    /// <summary>The region of the prices, for example <c>europe-west4</c>.</summary>
    public string Region { get; }

    /// <summary>The currency of all prices, an ISO 4217 code.</summary>
    public string Currency { get; }

    /// <summary>The machine types, regions and zones of the provider.</summary>
    public MachineCatalog Machines { get; }

    /// <summary>The month in prices "per GiB-month": 730 hours.</summary>
    public TimeSpan BillingMonth { get; }

    /// <summary>How the running time of machines is rounded: on Google Cloud per second, one minute at least.</summary>
    public BilledTime MachineBilling { get; }

    /// <summary>Every figure of the provider's file, of all regions, in the provider's currency.</summary>
    public IReadOnlyList<PricedFact> Facts { get; }

    /// <summary>Reads the prices of one provider in one region.</summary>
    /// <param name="provider">For example <c>gcp</c>; <see cref="Providers"/> lists them.</param>
    /// <param name="region">For example <c>europe-west4</c>.</param>
    /// <param name="currency">The currency of the bill; null for the provider's own.</param>
    /// <exception cref="ArgumentException">An unknown provider, region or exchange rate; the message lists what exists.</exception>
    /// <exception cref="DataFileException">The file is malformed; the message names the field.</exception>
    public static PriceBook Load(string provider = "gcp", string region = "europe-west4", string? currency = null)
    {
        var machines = MachineCatalog.Load(provider);
        _ = machines.ZonesOf(region);
        var path = $"prices/{provider}.json";
        return Parse(path, DataFile.Read(path), machines, region, currency);
    }

    internal static PriceBook Parse(string path, string text, MachineCatalog machines, string region, string? currency)
    {
        var file = DataFile.Parse(path, text, CloudJson.Default.PriceFile);
        PriceFileCheck.Holds(path, file);
        return new PriceBook(path, file, machines, region, currency ?? file.Currency);
    }

    /// <summary>The price of a machine type: the published one, or else vCPU and memory times the family's unit prices.</summary>
    /// <exception cref="ArgumentException">The type is unknown, or has no price here; the message lists those that have.</exception>
    public MachinePrice Machine(string machineType, bool spot = false)
    {
        var type = Machines.Find(machineType);
        var entry = Array.Find(file.Machines, m => m.Type == machineType);
        if (spot && entry?.SpotPerHour?.TryGetValue(Region, out var published) == true)
        {
            return Priced(published, [Fact(entry, $"{machineType} (Spot) in {Region}", published, "hour")]);
        }

        var (onDemand, sources) = OnDemand(type, entry);
        if (!spot)
        {
            return Priced(onDemand, sources);
        }

        var family = Array.Find(file.Spot, s => s.Family == type.Family && s.Factor.ContainsKey(Region))
            ?? throw NotPriced($"no Spot price of {machineType}", file.Spot.Where(s => s.Factor.ContainsKey(Region)).Select(s => s.Family));
        var factor = family.Factor[Region];
        var fact = PriceFacts.Of(path, file, family, $"Spot {type.Family} in {Region}", factor, "of the on-demand price");
        return Priced(onDemand * factor, [.. sources, fact]);

        MachinePrice Priced(decimal perHour, IReadOnlyList<PricedFact> facts) =>
            new(machineType, Region, spot, Convert(perHour), Converted(facts));
    }

    /// <summary>Whether a machine type has a price here, published or from its family's unit prices.</summary>
    public bool HasMachine(string machineType) =>
        Array.Exists(file.Machines, m => m.Type == machineType && m.PerHour.ContainsKey(Region))
        || (Machines.Types.FirstOrDefault(t => t.Name == machineType) is { Gpus: 0 } type && UnitsHere(type.Family) is not null);

    /// <summary>What a vCPU and a GiB of memory of a family cost against each other: its unit prices here, or in another region, or those of n1 at Google, whose ratio OpenCost takes for clouds that publish none.</summary>
    /// <seealso href="https://opencost.io/docs/specification/">OpenCost specification: splitting the price of a node</seealso>
    public (decimal Vcpu, decimal Gib) UnitWeights(string family)
    {
        if (UnitsHere(family) is { } here)
        {
            return here;
        }

        var elsewhere = Array.Find(file.UnitPrices, u => u.Family == family)
            ?? Array.Find(DataFile.Parse("prices/gcp.json", CloudJson.Default.PriceFile).UnitPrices, u => u.Family == "n1")!;
        var region = elsewhere.VcpuHour.Keys.First(elsewhere.GibHour.ContainsKey);
        return (elsewhere.VcpuHour[region], elsewhere.GibHour[region]);
    }

    /// <summary>What a machine costs that ran for <paramref name="span"/>: rounded up to the provider's step and minimum.</summary>
    /// <exception cref="ArgumentException">The type is unknown or has no price here; the message lists those that have.</exception>
    public Money Cost(string machineType, TimeSpan span, bool spot = false) =>
        Machine(machineType, spot).ToUnitPrice().CostOf(MachineBilling.Seconds(span));

    /// <summary>Whether a disk type has a price here.</summary>
    public bool HasDisk(string diskType) => Array.Exists(file.Disks, d => d.Type == diskType && d.GibMonth.ContainsKey(Region));

    /// <summary>The name under which storage in buckets is priced here.</summary>
    /// <exception cref="ArgumentException">It has no price here.</exception>
    public string ObjectStorage =>
        ObjectStorages.FirstOrDefault(HasDisk) ?? throw NotPriced("no price of storage in buckets", file.Disks.Where(d => d.GibMonth.ContainsKey(Region)).Select(d => d.Type));

    /// <summary>Whether storage in buckets has a price here.</summary>
    public bool HasObjectStorage => ObjectStorages.Any(HasDisk);

    /// <summary>The price of one GiB of a disk type for a billing month.</summary>
    /// <exception cref="ArgumentException">No such disk has a price here; the message lists those that have.</exception>
    public UnitPrice Disk(string diskType)
    {
        var here = file.Disks.Where(d => d.GibMonth.ContainsKey(Region)).ToArray();
        var entry = Array.Find(here, d => d.Type == diskType)
            ?? throw NotPriced($"no price of disk \"{diskType}\"", here.Select(d => d.Type));
        var value = entry.GibMonth[Region];
        var fact = Fact(entry, $"{diskType} in {Region}", value, "GiB-month");
        return new(diskType, Convert(value), "GiB-month", BillingMonth, Converted([fact]));
    }

    /// <summary>The fee of a managed control plane, per cluster and hour.</summary>
    public UnitPrice ClusterFee => Hourly("cluster-management-fee");

    /// <summary>The price of something rented by the hour: <c>load-balancer</c>, <c>external-ipv4</c>,
    /// <c>cluster-management-fee</c>.</summary>
    /// <exception cref="ArgumentException">No such item is priced by the hour; the message lists those that are.</exception>
    public UnitPrice Hourly(string item)
    {
        var entry = Array.Find(file.Items, i => i.Item == item && IsHourly(i))
            ?? throw NotPriced($"no hourly price of \"{item}\"", file.Items.Where(IsHourly).Select(i => i.Item));
        return new(item, Convert(entry.Value), entry.Unit, TimeSpan.FromHours(1), Converted([Fact(entry, item, entry.Value, entry.Unit)]));
    }

    /// <summary>Whether something rented by the hour has a price.</summary>
    public bool HasHourly(string item) => Array.Exists(file.Items, i => i.Item == item && IsHourly(i));

    /// <summary>The price of traffic that leaves the provider; null when it is not known.</summary>
    public TieredPrice? Egress => egressPrice ??= ReadEgress();

    /// <summary>The discount that a family gets by running long; null when the provider gives none.</summary>
    public SustainedUse? SustainedUse(string family) =>
        Array.Find(file.SustainedUse, s => s.Family == family) is not { } entry
            ? null
            : new(family, [.. entry.Tiers.Select(t => new SustainedUseTier(t.UpToPercent, t.Factor))], PriceFacts.Of(path, file, entry));

    /// <summary>The discount of a promise of so many years; null when none is known.</summary>
    public CommittedUse? CommittedUse(string family, int years) =>
        Array.Find(file.CommittedUse, c => c.Years == years && c.Families.Contains(family)) is not { } entry
            ? null
            : new(family, years, entry.PercentOff, PriceFacts.Of(path, file, entry));

    /// <summary>The figures that were collected before <paramref name="date"/>, or at an unknown time: those to look up again.</summary>
    public IReadOnlyList<PricedFact> FactsOlderThan(DateOnly date) => [.. Facts.Where(f => f.IsOlderThan(date))];

    private TieredPrice? ReadEgress()
    {
        const string item = "egress to the internet";
        return file.Egress is not { } egress
            ? null
            : new(item, egress.Unit, egress.BytesPerUnit,
                [.. egress.Tiers.Select(t => new PriceTier(t.FromUnits, Convert(t.Value), Fact(t, item, t.Value, egress.Unit)))]);
    }

    private (decimal Vcpu, decimal Gib)? UnitsHere(string family) =>
        Array.Find(file.UnitPrices, u => u.Family == family) is { } unit
        && unit.VcpuHour.TryGetValue(Region, out var vcpu) && unit.GibHour.TryGetValue(Region, out var gib)
            ? (vcpu, gib)
            : null;

    private static bool IsHourly(ItemEntry item) => item.Unit.EndsWith("-hour", StringComparison.Ordinal);

    private (decimal PerHour, IReadOnlyList<PricedFact> Sources) OnDemand(MachineType type, MachineEntry? entry)
    {
        if (entry?.PerHour.TryGetValue(Region, out var published) == true)
        {
            return (published, [Fact(entry, $"{type.Name} in {Region}", published, "hour")]);
        }

        // A family's unit prices reproduce its plain machine types only; what carries a GPU costs more than its vCPUs and memory.
        var unit = type.Gpus > 0 ? null : Array.Find(file.UnitPrices, u => u.Family == type.Family);
        if (unit is null || !unit.VcpuHour.TryGetValue(Region, out var vcpu) || !unit.GibHour.TryGetValue(Region, out var gib))
        {
            throw NotPriced($"no price of {type.Name}", PricedTypes());
        }

        return ((vcpu * type.Vcpus) + (gib * type.MemoryGib),
        [
            Fact(unit, $"{type.Family} vCPU in {Region}", vcpu, "vCPU-hour"),
            Fact(unit, $"{type.Family} memory in {Region}", gib, "GiB-hour"),
        ]);
    }

    private IEnumerable<string> PricedTypes() =>
        file.Machines.Where(m => m.PerHour.ContainsKey(Region)).Select(m => m.Type);

    private Money Convert(decimal amount) => new(exchange is null ? amount : amount * exchange.Value, Currency);

    private IReadOnlyList<PricedFact> Converted(IReadOnlyList<PricedFact> facts) => exchange is null ? facts : [.. facts, exchange];

    private PricedFact Fact(SourcedEntry entry, string name, decimal value, string per) =>
        PriceFacts.Of(path, file, entry, name, value, $"{file.Currency} per {per}");

    private ArgumentException NotPriced(string what, IEnumerable<string> existing)
    {
        var names = string.Join(", ", existing);
        return new($"{what} at {Provider} in {Region}; data/{path} has {(names.Length == 0 ? "none there" : names)}");
    }
}

using System.Globalization;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;
using KubeLab.Formatting;

namespace KubeLab.Costs;

/// <summary>A bill by what is inside its machines: CPU, memory, disks, and the rest.</summary>
/// <remarks>A machine's price is divided by its family's unit prices of a vCPU and of a GiB, as <see cref="PriceBook.UnitWeights"/> gives them.</remarks>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class BillShares : IShown
{
    private BillShares(Money cpu, Money memory, Money disks, Money other) => (Cpu, Memory, Disks, Other) = (cpu, memory, disks, other);

    /// <summary>What vCPUs cost.</summary>
    public Money Cpu { get; }

    /// <summary>What memory costs.</summary>
    public Money Memory { get; }

    /// <summary>What disks and buckets cost.</summary>
    public Money Disks { get; }

    /// <summary>Fees, load balancers, addresses, traffic.</summary>
    public Money Other { get; }

    /// <summary>The whole bill.</summary>
    public Money Total => Cpu + Memory + Disks + Other;

    /// <summary>Divides a bill.</summary>
    /// <param name="bill">The bill.</param>
    /// <param name="prices">The prices it was made with; their currency need not be the bill's.</param>
    /// <exception cref="ArgumentException">A machine on the bill is none of this provider's.</exception>
    public static BillShares Of(Bill bill, PriceBook prices)
    {
        ArgumentNullException.ThrowIfNull(bill);
        ArgumentNullException.ThrowIfNull(prices);
        Money cpu = Money.Zero(bill.Total.Currency), memory = cpu;
        foreach (var line in bill.Lines.Where(l => l.Kind == ChargeKind.Machine))
        {
            var type = prices.Machines.Find(line.Item.Split(' ')[0]);
            var weights = prices.UnitWeights(type.Family);
            var (vcpus, gib) = (weights.Vcpu * type.Vcpus, weights.Gib * type.MemoryGib);
            cpu += line.Cost * (vcpus / (vcpus + gib));
            memory += line.Cost - (line.Cost * (vcpus / (vcpus + gib)));
        }

        var disks = bill.Of(ChargeKind.Disk);
        return new BillShares(cpu, memory, disks, bill.Total - cpu - memory - disks);
    }

    /// <summary>The same in another currency.</summary>
    /// <exception cref="ArgumentException">No such rate is known; the message lists those that are.</exception>
    public BillShares In(string currency)
    {
        var factor = ExchangeRates.Find(Total.Currency, currency)?.Value ?? 1;
        return new(At(Cpu), At(Memory), At(Disks), At(Other));

        Money At(Money money) => new(money.Amount * factor, currency);
    }

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private ShownTable Table()
    {
        var table = new ShownTable($"What is inside {Total.ToString(2)}", "share", Total.Currency, "%");
        Add("CPU", Cpu);
        Add("memory", Memory);
        Add("disks", Disks);
        Add("the rest: fee, traffic, addresses", Other);
        return table;

        void Add(string share, Money cost) => table.Add(
            share, cost.Amount.ToString("F2", CultureInfo.InvariantCulture),
            Total.Amount == 0 ? "" : (100 * cost.Amount / Total.Amount).ToString("F0", CultureInfo.InvariantCulture));
    }
}

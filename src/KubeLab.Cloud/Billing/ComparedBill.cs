using System.Globalization;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Billing;

/// <summary>What some use would cost at one provider in one region; null is not known.</summary>
/// <param name="Provider">For example <c>gcp</c>.</param>
/// <param name="Region">For example <c>europe-west4</c>.</param>
/// <param name="Machines">Machines.</param>
/// <param name="Storage">Disks and buckets.</param>
/// <param name="ClusterFee">The managed control plane.</param>
/// <param name="Balancing">Load balancers and addresses.</param>
/// <param name="Traffic">Bytes that leave.</param>
/// <param name="Total">The sum of what is known.</param>
/// <param name="Notes">Which machines were taken, and what is not known.</param>
public sealed record ComparedBill(
    string Provider, string Region, Money? Machines, Money? Storage, Money? ClusterFee, Money? Balancing, Money? Traffic, Money Total, IReadOnlyList<string> Notes)
{
    /// <summary>Whether everything that was used has a price here.</summary>
    public bool IsComplete => Machines is not null && Storage is not null && ClusterFee is not null && Balancing is not null && Traffic is not null;

    internal static ComparedBill Of(PriceBook prices, UsageSummary usage)
    {
        var notes = new List<string>();
        var zero = Money.Zero(prices.Currency);
        var machines = MachinesOf(prices, usage, notes);
        var storage = Sum(Disks(prices, usage, notes), Buckets(prices, usage, notes));
        var fee = Hourly(prices, "cluster-management-fee", usage.ClusterSeconds, notes);
        var balancing = Sum(Hourly(prices, "load-balancer", usage.BalancerSeconds, notes), Hourly(prices, "external-ipv4", usage.AddressSeconds, notes));
        var traffic = usage.EgressBytes == 0 ? zero : prices.Egress?.CostOf(usage.EgressBytes);
        if (traffic is null)
        {
            notes.Add("no price of traffic");
        }

        var total = zero + (machines ?? zero) + (storage ?? zero) + (fee ?? zero) + (balancing ?? zero) + (traffic ?? zero);
        return new ComparedBill(prices.Provider, prices.Region, machines, storage, fee, balancing, traffic, total, notes);
    }

    private static Money? MachinesOf(PriceBook prices, UsageSummary usage, List<string> notes)
    {
        var sum = Money.Zero(prices.Currency);
        foreach (var use in usage.Machines)
        {
            if (Equivalent(prices, use) is not var (type, count, perHour))
            {
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"no price of any machine in place of {use.Vcpus} vCPUs with {use.MemoryGib:0.##} GiB"));
                return null;
            }

            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{use.Vcpus} vCPUs with {use.MemoryGib:0.##} GiB: {count} x {type.Name} ({type.Vcpus} vCPUs, {type.MemoryGib:0.##} GiB)"));
            sum += perHour * use.Seconds / 3600;
        }

        return sum;
    }

    private static (MachineType Type, int Count, Money PerHour)? Equivalent(PriceBook prices, MachineUse use)
    {
        (MachineType Type, int Count, Money PerHour)? best = null;
        foreach (var type in prices.Machines.Types.Where(t => t.Gpus == 0 && prices.HasMachine(t.Name)))
        {
            var count = (int)Math.Ceiling(Math.Max((decimal)use.Vcpus / type.Vcpus, use.MemoryGib / type.MemoryGib));
            var perHour = prices.Machine(type.Name).PerHour * count;
            if (best is not { } known || perHour < known.PerHour || (perHour == known.PerHour && count < known.Count))
            {
                best = (type, count, perHour);
            }
        }

        return best;
    }

    private static Money? Disks(PriceBook prices, UsageSummary usage, List<string> notes)
    {
        if (usage.DiskGibSeconds == 0)
        {
            return Money.Zero(prices.Currency);
        }

        if (prices.Machines.DefaultDisk is { } disk && prices.HasDisk(disk))
        {
            notes.Add($"disks: {disk}");
            return prices.Disk(disk).CostOf(usage.DiskGibSeconds);
        }

        notes.Add("no price of disks");
        return null;
    }

    private static Money? Buckets(PriceBook prices, UsageSummary usage, List<string> notes)
    {
        if (usage.BucketGibSeconds == 0)
        {
            return Money.Zero(prices.Currency);
        }

        if (prices.HasObjectStorage)
        {
            return prices.Disk(prices.ObjectStorage).CostOf(usage.BucketGibSeconds);
        }

        notes.Add("no price of buckets");
        return null;
    }

    private static Money? Hourly(PriceBook prices, string item, decimal seconds, List<string> notes)
    {
        if (seconds == 0)
        {
            return Money.Zero(prices.Currency);
        }

        if (prices.HasHourly(item))
        {
            return prices.Hourly(item).CostOf(seconds);
        }

        notes.Add($"no price of {item}");
        return null;
    }

    private static Money? Sum(Money? left, Money? right) => left is { } one && right is { } other ? one + other : null;
}

using KubeLab.Cloud.Machines;

namespace KubeLab.Cloud.Billing;

/// <summary>What an account used, in units that every provider rents: the same work, to be priced elsewhere.</summary>
/// <param name="Machines">Machine-seconds by size.</param>
/// <param name="DiskGibSeconds">GiB-seconds of disks, those of machines included; buckets are not.</param>
/// <param name="BucketGibSeconds">GiB-seconds of storage in buckets.</param>
/// <param name="ClusterSeconds">Seconds of managed control planes.</param>
/// <param name="BalancerSeconds">Seconds of load balancers.</param>
/// <param name="AddressSeconds">Seconds of addresses.</param>
/// <param name="EgressBytes">Bytes that left.</param>
public sealed record UsageSummary(
    IReadOnlyList<MachineUse> Machines,
    decimal DiskGibSeconds = 0,
    decimal BucketGibSeconds = 0,
    decimal ClusterSeconds = 0,
    decimal BalancerSeconds = 0,
    decimal AddressSeconds = 0,
    long EgressBytes = 0)
{
    /// <summary>What an account used up to now.</summary>
    public static UsageSummary Of(CloudProvider cloud, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var machines = new SortedDictionary<(int Vcpus, decimal Gib), decimal>();
        var seconds = new Dictionary<ChargeKind, decimal>();
        decimal buckets = 0;
        foreach (var (kind, usage) in cloud.Meter.Usages)
        {
            var unitSeconds = usage.Units * usage.BilledSecondsAt(until);
            if (kind == ChargeKind.Machine)
            {
                var type = cloud.Prices.Machines.Find(usage.Price.Item.Split(' ')[0]);
                machines[(type.Vcpus, type.MemoryGib)] = machines.GetValueOrDefault((type.Vcpus, type.MemoryGib)) + unitSeconds;
            }
            else if (usage.Price.Item is "gcs-standard" or "object-storage")
            {
                buckets += unitSeconds;
            }
            else
            {
                seconds[kind] = seconds.GetValueOrDefault(kind) + unitSeconds;
            }
        }

        return new UsageSummary(
            [.. machines.Select(m => new MachineUse(m.Key.Vcpus, m.Key.Gib, m.Value))],
            seconds.GetValueOrDefault(ChargeKind.Disk),
            buckets,
            seconds.GetValueOrDefault(ChargeKind.ClusterFee),
            seconds.GetValueOrDefault(ChargeKind.LoadBalancer),
            seconds.GetValueOrDefault(ChargeKind.Address),
            (long)cloud.Log.Where(e => e.Action == CloudAction.Sent && e.At <= until).Sum(e => e.Units));
    }
}

/// <summary>How long machines of one size ran.</summary>
/// <param name="Vcpus">Virtual CPUs of each.</param>
/// <param name="MemoryGib">Memory of each, in GiB.</param>
/// <param name="Seconds">Machine-seconds.</param>
public sealed record MachineUse(int Vcpus, decimal MemoryGib, decimal Seconds);

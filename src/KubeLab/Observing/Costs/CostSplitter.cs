using KubeLab.Api;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;

namespace KubeLab.Observing.Costs;

/// <summary>Divides the bill of a time by what the ledger saw in it.</summary>
/// <remarks>The bill is right to the last digit and the ledger nearly so: what a pool was billed beyond what its nodes account for is the time in which machines were no nodes, and takes up the last digits.</remarks>
/// <param name="cloud">The account.</param>
/// <param name="ledger">What was seen.</param>
/// <param name="claims">The claim behind a disk, or null when nobody knows one.</param>
internal sealed class CostSplitter(CloudProvider cloud, CostLedger ledger, Func<string, ObjectKey?> claims)
{
    private readonly List<CostRow> rows = [];

    /// <summary>Divides.</summary>
    public CostSplit Of(DateTimeOffset from, DateTimeOffset to)
    {
        rows.Clear();
        var (before, after) = (ledger.At(from), ledger.At(to));
        var pools = new SortedDictionary<string, Money>(StringComparer.Ordinal);
        var total = cloud.Meter.BillAt(to).Total - cloud.Meter.BillAt(from).Total;
        var rest = total;
        foreach (var (kind, usage) in cloud.Meter.Usages)
        {
            var cost = usage.Price.CostOf(usage.Units * (usage.BilledSecondsAt(to) - usage.BilledSecondsAt(from)));
            if (cost.Amount == 0)
            {
                continue;
            }

            rest -= cost;
            if (PoolOf(kind, usage.Name) is { } pool)
            {
                pools[pool] = cost + pools.GetValueOrDefault(pool, Money.Zero(total.Currency));
            }
            else
            {
                AddThing(kind, usage, cost, before, after, to);
            }
        }

        foreach (var (pool, billed) in pools)
        {
            AddPool(pool, billed, before, after);
        }

        // What is neither rented by time nor lost in a division's last digit is traffic.
        if (Math.Abs(rest.Amount) > 1e-12m)
        {
            rows.Add(new CostRow(CostShare.Used, "", "", "", rest, CostCauses.Traffic));
            rest = Money.Zero(total.Currency);
        }

        List<CostRow> sorted = [.. Merged().OrderBy(r => r.Share).ThenBy(r => r.Pool, StringComparer.Ordinal).ThenBy(r => r.Namespace, StringComparer.Ordinal)
            .ThenBy(r => r.Workload, StringComparer.Ordinal).ThenBy(r => r.Cause, StringComparer.Ordinal)];
        return new CostSplit(from, to, total, Exact(sorted, total));
    }

    /// <summary>Divisions of decimals lose a unit in the 28th digit; the largest part takes it.</summary>
    private static List<CostRow> Exact(List<CostRow> sorted, Money total)
    {
        if (sorted.Count > 0)
        {
            var largest = sorted.IndexOf(sorted.MaxBy(r => r.Cost.Amount)!);
            var others = sorted.Where((_, i) => i != largest).Aggregate(Money.Zero(total.Currency), (sum, r) => sum + r.Cost);
            sorted[largest] = sorted[largest] with { Cost = total - others };
        }

        return sorted;
    }

    private void AddPool(string pool, Money billed, Checkpoint before, Checkpoint after)
    {
        var parts = new List<(CostKey Key, decimal Cost)>();
        foreach (var (key, spent) in after.Spent)
        {
            var cost = (decimal)(spent - (before.Spent.TryGetValue(key, out var old) ? old : 0));
            if (key.Pool == pool && cost > 0)
            {
                parts.Add((key, cost));
            }
        }

        // Between two checkpoints the ledger may be ahead of the bill by a little.
        var sum = parts.Sum(p => p.Cost);
        var scale = sum > billed.Amount ? billed.Amount / sum : 1;
        foreach (var (key, cost) in parts)
        {
            rows.Add(new CostRow(key.Share, pool, key.Namespace, key.Workload, billed with { Amount = cost * scale }, CostCauses.Of(key)));
        }

        var outOfService = billed.Amount - (sum * scale);
        if (outOfService > 0)
        {
            rows.Add(new CostRow(CostShare.Overhead, pool, "", "", billed with { Amount = outOfService }, CostCauses.OutOfService));
        }
    }

    private void AddThing(ChargeKind kind, Usage usage, Money cost, Checkpoint before, Checkpoint after, DateTimeOffset to)
    {
        switch (kind)
        {
            case ChargeKind.ClusterFee:
                rows.Add(new CostRow(CostShare.Overhead, "", "", "", cost, CostCauses.Fee));
                break;
            case ChargeKind.Disk when usage.Price.Item is "gcs-standard" or "object-storage":
                rows.Add(new CostRow(CostShare.Idle, "", "", "", cost, CostCauses.Bucket));
                break;
            case ChargeKind.Disk:
                AddDisk(usage, cost, before, after, to);
                break;
            case ChargeKind.LoadBalancer or ChargeKind.Address when cloud.BalancerOwner(usage.Name) is { } owner:
                rows.Add(new CostRow(CostShare.Used, "", owner.Split('/')[0], owner.Split('/')[^1], cost, CostCauses.Balancer));
                break;
            default:
                rows.Add(new CostRow(CostShare.Idle, "", "", "", cost, CostCauses.IdleAddress));
                break;
        }
    }

    private void AddDisk(Usage usage, Money cost, Checkpoint before, Checkpoint after, DateTimeOffset to)
    {
        if (claims(usage.Name) is not { } claim)
        {
            rows.Add(new CostRow(CostShare.Idle, "", "", usage.Name, cost, CostCauses.IdleDisk));
            return;
        }

        var rented = (usage.To is { } ended && ended < to ? ended : to) - (usage.From > before.At ? usage.From : before.At);
        var mounted = Hours(after) - Hours(before);
        var part = rented <= TimeSpan.Zero ? 0 : (decimal)Math.Clamp(mounted / rented.TotalHours, 0, 1);
        rows.Add(new CostRow(CostShare.Used, "", claim.Namespace, claim.Name, cost * part, CostCauses.Disk));
        rows.Add(new CostRow(CostShare.Idle, "", claim.Namespace, claim.Name, cost * (1 - part), CostCauses.IdleDisk));

        double Hours(Checkpoint at) => at.Mounted.TryGetValue(claim, out var hours) ? hours : 0;
    }

    private IEnumerable<CostRow> Merged() => rows.Where(r => r.Cost.Amount != 0)
        .GroupBy(r => (r.Share, r.Pool, r.Namespace, r.Workload, r.Cause))
        .Select(g => g.First() with { Cost = g.Aggregate(g.First().Cost with { Amount = 0 }, (sum, r) => sum + r.Cost) });

    private static string? PoolOf(ChargeKind kind, string name)
    {
        const string bootDisk = " (boot disk)";
        var machine = kind == ChargeKind.Machine ? name : name.EndsWith(bootDisk, StringComparison.Ordinal) ? name[..^bootDisk.Length] : null;
        return machine?[..machine.LastIndexOf('-')];
    }
}

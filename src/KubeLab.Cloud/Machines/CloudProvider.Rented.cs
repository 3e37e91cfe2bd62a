using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Machines;

/// <summary>What the account rents besides machines.</summary>
public sealed partial class CloudProvider
{
    private readonly Dictionary<(ChargeKind Kind, string Name), Usage> rented = [];

    /// <summary>What has been spent up to now.</summary>
    public Money Cost => Meter.CostAt(Clock.Now);

    /// <summary>What the next hour costs if nothing changes.</summary>
    public Money RatePerHour => Meter.RatePerHourAt(Clock.Now);

    /// <summary>The bill up to now.</summary>
    public Bill Bill() => Meter.BillAt(Clock.Now) with { Notes = [.. unpriced] };

    /// <summary>What the account pays for the calendar month of an instant, up to now when it is not over.</summary>
    /// <param name="within">Any instant of the month.</param>
    /// <param name="commitments">What was promised.</param>
    /// <exception cref="ArgumentException">The provider knows no such commitment.</exception>
    public MonthBill Bill(DateTimeOffset within, params IReadOnlyList<Commitment> commitments) => MonthBill.Of(this, within, Clock.Now, commitments);

    /// <summary>Everything that costs money now, machines included: the list to read before going home.</summary>
    public IReadOnlyList<Usage> StillRented() => Meter.OpenAt(Clock.Now);

    /// <summary>Begins to pay for a managed control plane.</summary>
    /// <exception cref="ArgumentException">The cluster exists already, or the provider's fee is not known.</exception>
    public Usage CreateCluster(string name) => Rent(ChargeKind.ClusterFee, name, Prices.ClusterFee, 1);

    /// <summary>Ends a managed control plane; its pools, disks and load balancers are not touched, and go on costing.</summary>
    /// <exception cref="ArgumentException">There is no such cluster.</exception>
    public void DeleteCluster(string name) => GiveBack(ChargeKind.ClusterFee, name);

    /// <summary>Makes a disk, billed from now on whether it is used or not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="diskType">For example <c>pd-standard</c>; any priced storage will do.</param>
    /// <param name="gib">Its size in GiB.</param>
    /// <exception cref="ArgumentException">The name is taken, or the type has no price here.</exception>
    public Usage CreateDisk(string name, string diskType, decimal gib) => Rent(ChargeKind.Disk, name, Prices.Disk(diskType), gib);

    /// <summary>Deletes a disk.</summary>
    /// <exception cref="ArgumentException">There is no such disk.</exception>
    public void DeleteDisk(string name) => GiveBack(ChargeKind.Disk, name);

    /// <summary>Makes a load balancer with one forwarding rule.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the price is not known.</exception>
    public Usage CreateLoadBalancer(string name) => Rent(ChargeKind.LoadBalancer, name, Prices.Hourly("load-balancer"), 1);

    /// <summary>Deletes a load balancer.</summary>
    /// <exception cref="ArgumentException">There is no such load balancer.</exception>
    public void DeleteLoadBalancer(string name) => GiveBack(ChargeKind.LoadBalancer, name);

    /// <summary>Reserves an external address.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the price is not known.</exception>
    public Usage ReserveAddress(string name)
    {
        var usage = Rent(ChargeKind.Address, name, Prices.Hourly("external-ipv4"), 1);
        reserved[name] = NextPublicAddress();
        return usage;
    }

    /// <summary>Gives an external address back.</summary>
    /// <exception cref="ArgumentException">There is no such address.</exception>
    public void ReleaseAddress(string name)
    {
        GiveBack(ChargeKind.Address, name);
        reserved.Remove(name);
    }

    /// <summary>Gives back whatever is rented under a name: a disk, a load balancer with its address, a reserved address, a managed control plane, a machine that was rented alone.</summary>
    /// <exception cref="ArgumentException">Nothing is, or a machine of a pool: those are deleted with their pool.</exception>
    public void GiveBack(string name)
    {
        var kinds = rented.Keys.Where(k => k.Name == name).Select(k => k.Kind).ToList();
        if (balancers.ContainsKey(name))
        {
            CloseBalancer(name);
        }
        else if (TryFind(name) is { Pool.IsStandalone: true })
        {
            Delete(name);
        }
        else if (kinds.Count == 0)
        {
            var names = Names([.. rented.Keys.Select(k => k.Name).Distinct().Order(StringComparer.Ordinal)]);
            throw new ArgumentException($"nothing called \"{name}\" is rented; there are {names}", nameof(name));
        }

        foreach (var kind in kinds.Where(k => rented.ContainsKey((k, name))))
        {
            GiveBack(kind, name);
            _ = kind == ChargeKind.Address && reserved.Remove(name);
        }
    }

    /// <summary>Whether something other than a machine is rented under a name now.</summary>
    public bool IsRented(ChargeKind kind, string name) => rented.ContainsKey((kind, name));

    /// <summary>Charges bytes that left the provider just now.</summary>
    /// <exception cref="InvalidOperationException">The provider's price of traffic is not known.</exception>
    public void ChargeEgress(long bytes)
    {
        var price = Prices.Egress ?? throw new InvalidOperationException($"data/prices has no price of traffic at {Prices.Provider}");
        Meter.Charge(price, bytes, Clock.Now);
        Note(CloudAction.Sent, "", price.Item, bytes);
    }

    internal Usage OpenMachine(Machine machine) =>
        Begin(Meter.Open(ChargeKind.Machine, machine.Name, machine.Pool.Price, 1, Prices.MachineBilling, Clock.Now));

    internal Usage? OpenBootDisk(Machine machine) =>
        machine.Pool is { DiskPrice: { } price, Options.DiskGib: > 0 and var gib }
            ? Begin(Meter.Open(ChargeKind.Disk, $"{machine.Name} (boot disk)", price, gib, BilledTime.PerSecond, Clock.Now))
            : null;

    private Usage Rent(ChargeKind kind, string name, UnitPrice price, decimal units)
    {
        if (rented.ContainsKey((kind, name)))
        {
            throw new ArgumentException($"{Word(kind)} \"{name}\" already exists", nameof(name));
        }

        return rented[(kind, name)] = Begin(Meter.Open(kind, name, price, units, BilledTime.PerSecond, Clock.Now));
    }

    private void GiveBack(ChargeKind kind, string name)
    {
        if (!rented.Remove((kind, name), out var usage))
        {
            var names = Names([.. rented.Keys.Where(k => k.Kind == kind).Select(k => k.Name).Order(StringComparer.Ordinal)]);
            throw new ArgumentException($"no {Word(kind)} \"{name}\"; there are {names}", nameof(name));
        }

        End(usage);
    }

    private static string Word(ChargeKind kind) => kind switch
    {
        ChargeKind.ClusterFee => "cluster",
        ChargeKind.LoadBalancer => "load balancer",
        ChargeKind.Machine => "machine",
        ChargeKind.Disk => "disk",
        ChargeKind.Address => "address",
        _ => "traffic",
    };
}

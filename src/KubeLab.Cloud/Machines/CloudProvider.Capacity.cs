using KubeLab.Cloud.Billing;

namespace KubeLab.Cloud.Machines;

/// <content>What a provider has not got, and what an account may not have: machines are asked for, and their operations fail.</content>
public sealed partial class CloudProvider
{
    private readonly List<CapacityShortage> shortages = [];

    /// <summary>What the account may have in the region. A pool that asks for more gets machines whose creation fails; <see cref="CpuQuota"/> refuses a whole request at once.</summary>
    public ResourceQuotas Quotas => field ??= new ResourceQuotas(Prices.Machines, Prices.Region);

    /// <summary>What has run out, runs out later or had run out.</summary>
    public IReadOnlyList<CapacityShortage> Shortages => shortages;

    /// <summary>The provider runs out of machines for a time.</summary>
    /// <param name="machines">A type or a family; null for all.</param>
    /// <param name="zone">Where; null for all zones.</param>
    /// <param name="from">Since when; null for now.</param>
    /// <param name="until">Until when; null for good.</param>
    /// <param name="spotOnly">Whether only Spot machines lack.</param>
    /// <exception cref="ArgumentException">There is no such type, family or zone; the message lists those there are.</exception>
    public void RunOut(string? machines = null, string? zone = null, DateTimeOffset? from = null, DateTimeOffset? until = null, bool spotOnly = false)
    {
        if (machines is not null && Prices.Machines.Types.All(t => t.Family != machines))
        {
            Prices.Machines.Find(machines);
        }

        RequireZone(zone);
        var begin = from ?? Clock.Now;
        if (until <= begin)
        {
            throw new ArgumentException($"a shortage that begins at {begin:u} cannot end at {until:u}", nameof(until));
        }

        shortages.Add(new(machines, zone, begin, until, spotOnly));
    }

    /// <summary>Rents one machine of any type, outside of all pools: what provisions just in time does so.</summary>
    /// <param name="options">The machine; its <see cref="NodePoolOptions.Name"/> is the machine's name, its first zone is where it stands.</param>
    /// <returns>The machine. When the provider cannot make it, <see cref="Machine.CreationFailed"/> tells so later, and it is gone.</returns>
    /// <exception cref="ArgumentException">The name is taken, or there is no such type, zone or price; the message says which.</exception>
    /// <exception cref="QuotaExceededException">The account may not have so many CPUs.</exception>
    public Machine RentMachine(NodePoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (machines.ContainsKey(options.Name))
        {
            throw new ArgumentException($"machine \"{options.Name}\" already exists", nameof(options));
        }

        RequireZone(options.Zones.Count == 0 ? null : options.Zones[0]);
        var type = Prices.Machines.Find(options.MachineType);
        var alone = new NodePool(this, options, type) { IsStandalone = true };
        RequireQuota(type.Vcpus);
        var machine = CreateMachine(alone, alone.Zones[0], options.Name);
        alone.Add(machine);
        return machine;
    }

    /// <summary>How much of a quota's resource is used now, for example of <c>CPUS</c>.</summary>
    public double QuotaUse(string resource) => Quotas.Use(resource, Counted(), AddressesInUse);

    internal CreationError? WhyRefused(Machine machine)
    {
        if (Quotas.Judge(machine.Type, machine.Pool.Options.Spot, [.. Counted().Where(m => m != machine)], AddressesInUse) is { } tooMany)
        {
            return tooMany;
        }

        return shortages.Exists(s => s.Concerns(machine.Type, machine.Zone, machine.Pool.Options.Spot, Clock.Now))
            ? new(CreationErrorClass.OutOfResources, "ZONE_RESOURCE_POOL_EXHAUSTED",
                $"The zone 'projects/lab/zones/{machine.Zone}' does not have enough resources available to fulfill the request.  Try a different zone, or try again later.")
            : null;
    }

    private int AddressesInUse => rented.Keys.Count(k => k.Kind == ChargeKind.Address);

    private IEnumerable<Machine> Counted() => machines.Values.Where(m => m.CountsAgainstQuota);

    private void RequireZone(string? zone)
    {
        if (zone is not null && !Zones.Contains(zone))
        {
            throw new ArgumentException($"unknown zone \"{zone}\"; {Prices.Region} has {string.Join(", ", Zones)}", nameof(zone));
        }
    }
}

using System.Text.RegularExpressions;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Cloud.Machines;

/// <summary>A provider that rents machines, disks and load balancers on the virtual clock, and bills them.</summary>
public sealed partial class CloudProvider
{
    private readonly Randomness randomness;
    private readonly OrderedDictionary<string, NodePool> pools = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, Machine> machines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> namesGiven = new(StringComparer.Ordinal);
    private int addressesGiven;

    /// <summary>Opens an account without any machines.</summary>
    /// <param name="clock">The clock of the simulation.</param>
    /// <param name="randomness">Chance; each machine draws from the stream <c>machine/{name}</c>.</param>
    /// <param name="prices">What things cost, and which region it is.</param>
    /// <param name="times">How long machines take; null for those of <c>data/machines/timing.json</c>.</param>
    public CloudProvider(VirtualClock clock, Randomness randomness, PriceBook prices, ProvisioningTimes? times = null)
    {
        this.randomness = randomness;
        Clock = clock;
        Prices = prices;
        Times = times ?? ProvisioningTimes.Load();
        spotPreemptionsPerHour = Times.SpotPreemptionsPerHour;
        Meter = new Meter(prices.Currency);
    }

    /// <summary>A machine was asked for: the moment to subscribe to its events.</summary>
    public event Action<Machine>? MachineCreated;

    /// <summary>The prices, and with them provider and region.</summary>
    public PriceBook Prices { get; }

    /// <summary>What was rented, and what it costs.</summary>
    public Meter Meter { get; }

    /// <summary>How many vCPUs the account may have in the region; null for no limit.</summary>
    public int? CpuQuota { get; set; }

    /// <summary>The vCPUs of all machines, those still being provisioned included.</summary>
    public int CpusInUse => machines.Values.Where(m => m.CountsAgainstQuota).Sum(m => m.Type.Vcpus);

    /// <summary>The zones of the region.</summary>
    public IReadOnlyList<string> Zones => Prices.Machines.ZonesOf(Prices.Region);

    /// <summary>All pools, in the order of their creation.</summary>
    public IReadOnlyList<NodePool> Pools => [.. pools.Values];

    /// <summary>All machines that exist, in the order of their creation.</summary>
    public IReadOnlyList<Machine> Machines => [.. machines.Values];

    /// <summary>From the request for a machine until its guest system runs, at the fastest.</summary>
    public TimeSpan TimeToBoot => Times.Provisioning;

    internal VirtualClock Clock { get; }

    internal ProvisioningTimes Times { get; }

    /// <summary>Makes a pool of <paramref name="count"/> machines in the first zone of the region.</summary>
    /// <inheritdoc cref="CreateNodePool(NodePoolOptions, int)"/>
    public NodePool CreateNodePool(string name, string machineType, int count = 0) =>
        CreateNodePool(new NodePoolOptions { Name = name, MachineType = machineType }, count);

    /// <summary>Makes a pool and asks for <paramref name="count"/> machines, or for its minimum when that is more.</summary>
    /// <exception cref="ArgumentException">The name is taken or malformed; the machine type, disk or a zone is unknown: the message
    /// lists what exists.</exception>
    /// <exception cref="QuotaExceededException">The account may not have so many CPUs; the pool was not made.</exception>
    public NodePool CreateNodePool(NodePoolOptions options, int count = 0)
    {
        if (!PoolName().IsMatch(options.Name))
        {
            const string rule = "use up to 40 lower case letters, digits and -, beginning with a letter and not ending in -";
            throw new ArgumentException($"\"{options.Name}\" cannot name a node pool: {rule}", nameof(options));
        }

        if (pools.ContainsKey(options.Name))
        {
            throw new ArgumentException($"node pool \"{options.Name}\" already exists", nameof(options));
        }

        var unknown = options.Zones.FirstOrDefault(zone => !Zones.Contains(zone));
        if (unknown is not null)
        {
            throw new ArgumentException($"unknown zone \"{unknown}\"; {Prices.Region} has {string.Join(", ", Zones)}", nameof(options));
        }

        var type = Prices.Machines.Find(options.MachineType);
        var size = Math.Max(count, options.Min);
        var pool = new NodePool(this, options, type);
        RequireQuota(size * type.Vcpus);
        pools.Add(options.Name, pool);
        pool.Resize(size);
        return pool;
    }

    /// <summary>The pool of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists what exists.</exception>
    public NodePool Pool(string name) =>
        pools.TryGetValue(name, out var pool)
            ? pool
            : throw new ArgumentException($"no node pool \"{name}\"; there are {Names(pools.Keys)}", nameof(name));

    /// <summary>Deletes a pool with all its machines.</summary>
    public void DeleteNodePool(string name)
    {
        Pool(name).Resize(0);
        pools.Remove(name);
    }

    /// <summary>The machine of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists what exists.</exception>
    public Machine Find(string name) =>
        machines.TryGetValue(name, out var machine)
            ? machine
            : throw new ArgumentException($"no machine \"{name}\"; there are {Names(machines.Keys)}", nameof(name));

    /// <summary>The machine of this name, or null.</summary>
    public Machine? TryFind(string name) => machines.GetValueOrDefault(name);

    /// <summary>The machine that a node's <c>spec.providerID</c> names, or null when it is gone: then the cloud controller deletes the
    /// node.</summary>
    public Machine? FindByProviderId(string providerId) =>
        machines.TryGetValue(providerId[(providerId.LastIndexOf('/') + 1)..], out var machine) && machine.ProviderId == providerId
            ? machine
            : null;

    /// <summary>The guest system dies at once; the machine still exists, and is billed. A dead machine stays dead.</summary>
    /// <exception cref="InvalidOperationException">The machine is still being provisioned.</exception>
    public void Kill(string name) => Find(name).Kill();

    /// <summary>Shuts a machine down at once; only its disk is billed from now on.</summary>
    /// <exception cref="InvalidOperationException">The machine is still being provisioned.</exception>
    public void Stop(string name) => Find(name).Stop();

    /// <summary>Starts a killed or stopped machine again: its guest system runs after the boot time.</summary>
    public void Restore(string name) => Find(name).Restore();

    /// <summary>Deletes a machine and its boot disk; its pool becomes smaller by one.</summary>
    public void Delete(string name)
    {
        var machine = Find(name);
        machines.Remove(name);
        machine.Pool.Remove(machine);
        machine.Delete();
    }

    internal Machine CreateMachine(NodePool pool, string zone)
    {
        // Names are never given twice, so that an old node object cannot be mistaken for a new machine.
        var number = namesGiven.GetValueOrDefault(pool.Name) + 1;
        namesGiven[pool.Name] = number;
        return CreateMachine(pool, zone, $"{pool.Name}-{number}");
    }

    private Machine CreateMachine(NodePool pool, string zone, string name)
    {
        var machine = new Machine(this, pool, name, zone, NextAddress(), randomness.For($"machine/{name}"));
        machines.Add(name, machine);
        Note(CloudAction.Asked, name, pool.MachineType.Name, 1);
        MachineCreated?.Invoke(machine);
        return machine;
    }

    internal void RequireQuota(int moreCpus)
    {
        if (CpuQuota is { } quota && moreCpus > quota - CpusInUse)
        {
            throw new QuotaExceededException("CPUS", moreCpus, quota, Math.Max(0, quota - CpusInUse));
        }
    }

    private static string Names(IReadOnlyCollection<string> names)
    {
        const int shown = 12;
        var more = names.Count > shown ? $" and {names.Count - shown} more" : "";
        return names.Count == 0 ? "none" : string.Join(", ", names.Take(shown)) + more;
    }

    [GeneratedRegex("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$")]
    private static partial Regex PoolName();

    private string NextAddress()
    {
        // Google Cloud's automatic subnets lie in 10.128.0.0/9; the first two addresses are the network's and the gateway's.
        var number = ++addressesGiven + 1;
        return $"10.{128 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}";
    }
}

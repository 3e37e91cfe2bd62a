using KubeLab.Api.Verbs;
using KubeLab.Controllers;
using KubeLab.Controllers.CloudNodes;
using KubeLab.Controllers.CloudServices;
using KubeLab.Etcd;
using KubeLab.Nodes;
using KubeLab.Simulation;
using Server = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Simulated.Masters;

/// <summary>All masters of a cluster, and what lies between them and their clients: the members of the store, the network, the balancer.</summary>
internal sealed class ControlPlane
{
    private readonly VirtualClock clock;
    private readonly Randomness chance;
    private readonly OrderedDictionary<string, Master> masters = new(StringComparer.Ordinal);
    private byte[] key;
    private string certificate = "";

    /// <summary>A control plane without masters.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="chance">The cluster's chance.</param>
    /// <param name="kubelets">Finds the kubelet of a machine.</param>
    /// <param name="managers">What all controller managers have in common.</param>
    /// <param name="instances">The cloud.</param>
    public ControlPlane(VirtualClock clock, Randomness chance, Func<string, Kubelet?> kubelets, ControllerManagerOptions managers, ICloudInstances instances)
    {
        this.clock = clock;
        this.chance = chance;
        KubeletOf = kubelets;
        ManagerOptions = managers;
        Instances = instances;
        Store = new StoreMembers(clock, chance.For("etcd"), Network);
        Balancer = new Balancer(clock, Network);
        key = System.Text.Encoding.UTF8.GetBytes($"{chance.For("service-account-key").NextUid()}{chance.For("service-account-key/2").NextUid()}");
    }

    /// <summary>Called each time that an API server begins to answer.</summary>
    public event Action<Server>? ServerStarted;

    /// <summary>Who reaches whom.</summary>
    public Reachability Network { get; } = new();

    /// <summary>The members of the store.</summary>
    public StoreMembers Store { get; }

    /// <summary>The way to the API servers.</summary>
    public Balancer Balancer { get; }

    /// <summary>Finds the kubelet of a machine; null when there is none.</summary>
    public Func<string, Kubelet?> KubeletOf { get; }

    /// <summary>What all controller managers have in common.</summary>
    public ControllerManagerOptions ManagerOptions { get; }

    /// <summary>The cloud.</summary>
    public ICloudInstances Instances { get; }

    /// <summary>The cloud's load balancers for services; null while it has none.</summary>
    public ICloudBalancers? LoadBalancers { get; set; }

    /// <summary>Who measures what nodes and pods use; null while nobody does.</summary>
    public IResourceMetrics? Metrics { get; set; }

    /// <summary>Who serves measures of one's own; null while nobody does.</summary>
    public IMetricsAdapter? Adapter { get; set; }

    /// <summary>The webhooks that the API servers ask.</summary>
    public Func<IReadOnlyList<IMutatingWebhook>> Webhooks { get; set; } = static () => [];

    /// <summary>All masters, in the order in which they came.</summary>
    public IReadOnlyList<Master> Masters => [.. masters.Values];

    /// <summary>The master whose scheduler works; else the first one; null while there is none.</summary>
    public Master? SchedulingMaster => masters.Values.FirstOrDefault(m => m.SchedulerProcess.IsLeading) ?? masters.Values.FirstOrDefault();

    /// <summary>The master whose controllers work; else the first one; null while there is none.</summary>
    public Master? ControllingMaster => masters.Values.FirstOrDefault(m => m.ManagerProcess.IsLeading) ?? masters.Values.FirstOrDefault();

    /// <summary>The store as the API server of <paramref name="machine"/> sees it.</summary>
    public IEtcd StoreOf(string machine) => Store.Of(machine);

    /// <summary>The master on <paramref name="machine"/>, or null.</summary>
    public Master? Find(string machine) => masters.GetValueOrDefault(machine);

    /// <summary>A machine is to become a master; its components start with their pods.</summary>
    public void Add(string machine, string address)
    {
        // The first one's chance has no name of its own, so that a cluster with one master is the same whatever the others draw.
        var master = new Master(machine, address, this, clock, masters.Count == 0 ? chance : chance.For(machine));
        master.Server.Tokens.UseKey(key);
        master.Controllers.RootCertificate = certificate;
        master.Server.Started += () => ServerStarted?.Invoke(master.Server);
        masters.Add(machine, master);
        Balancer.Add(machine, master.Server);
    }

    /// <summary>The machine of a master is no more.</summary>
    public void Remove(string machine)
    {
        if (masters.Remove(machine))
        {
            Balancer.Remove(machine);
            Store.Remove(machine);
        }
    }

    /// <summary>Pods learn by which certificate they recognise the servers, and tokens are signed with a key that nobody can guess.</summary>
    public void OpenDoor(string rootCertificate, byte[] secret)
    {
        (certificate, key) = (rootCertificate, secret);
        foreach (var master in masters.Values)
        {
            master.Controllers.RootCertificate = certificate;
            master.Server.Tokens.UseKey(key);
        }
    }
}

using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Http;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Cloud.Storage;
using KubeLab.Controllers;
using KubeLab.KubectlText.Wire;
using KubeLab.Nodes;
using KubeLab.Nodes.Proxy;
using KubeLab.Nodes.Traffic;
using KubeLab.Observing;
using KubeLab.Observing.Costs;
using KubeLab.Scheduling;
using KubeLab.Scheduling.Explaining;
using KubeLab.Simulated.Masters;
using KubeLab.Simulated.Metrics;
using KubeLab.Simulated.Metrics.Adapting;
using KubeLab.Simulated.Replaying;
using KubeLab.Simulation;
using Server = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Simulated;

/// <summary>A whole cluster in memory: machines, a control plane, kubelets, and a clock that runs as fast as it can.</summary>
/// <remarks>
/// This is the place that wires the components together; they know each other only through the API. The control plane stands on the masters, in pieces that can be stopped one by one
/// (<see cref="Masters.ControlPlane"/>): without a majority of the store's members nothing can be written, healed or scheduled, and pods run on.
/// </remarks>
public sealed partial class SimulatedCluster : Cluster
{
    private const string MasterPool = "master";

    private readonly Randomness chance;
    private readonly ControlPlane plane;
    private readonly Dictionary<string, Kubelet> kubelets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BalancedApi> links = new(StringComparer.Ordinal);
    private readonly ClusterRecorder recorder;
    private readonly MetricsServer metrics;
    private readonly SimulationOptions options;
    private readonly StorageOffer? storage;
    private int podRangesGiven;
    private bool hasAddons;
    private bool isRecording;

    internal SimulatedCluster(SimulationOptions options)
        : base(new VirtualClock(options.Start))
    {
        this.options = options;
        Seed = options.Seed;
        chance = new Randomness(options.Seed);
        Cloud = new CloudProvider(Clock, chance.For("cloud"), PriceBook.Load(options.Provider, options.Region), options.MachineTimes);
        storage = StorageOffer.Find(Cloud.Prices);
        var managers = ControllerManagerOptions.Default with
        {
            CustomMetrics = new AdapterClient(() => adapter, () => Kinds),
            Disks = storage is null ? null : new CloudDisks(Cloud, Clock, chance.For("disks"), storage),
        };
        plane = new ControlPlane(Clock, chance, name => kubelets.GetValueOrDefault(name), managers, new CloudInstances(Cloud));
        plane.LoadBalancers = new CloudBalancers(Cloud, Clock, chance.For("load-balancers"));
        plane.ServerStarted += OnServerStarted;
        plane.Network.Changed += OnNetworkChanged;
        var direct = plane.Balancer.ConnectAs("kubernetes-admin");
        Api = new JournaledApi(this, direct);
        Front = FrontOf((request, answer) => Act(_ => answer(), c => c.Front.Handle(request)));
        Runtime = ContainerRuntime.Load();
        Runtime.Programs.Changed = change => Act(c => change(c.Runtime.Programs), _ => { });
        metrics = new MetricsServer(plane.Balancer.ConnectAs("system:serviceaccount:kube-system:metrics-server"), Clock, options.Metrics, name => kubelets.GetValueOrDefault(name)?.Server);
        plane.Metrics = metrics;
        plane.Webhooks = () => vertical?.Webhooks ?? [];
        Cloud.MachineCreated += OnMachineCreated;
        recorder = new ClusterRecorder(
            direct, Clock, options.Record ? UsageOf : TotalUseOf, Cloud.Prices.Currency, () => (Cost.Amount, Cloud.RatePerHour.Amount));
        recorder.Ledger = options.Record ? new CostLedger(Clock, RateOf) : null;
        Charts = new ClusterCharts(direct, Clock, recorder, () => Act(c => c.recorder.Scrape()))
        {
            StoreMembers = () => Store.Group,
            Lens = Delays,
            Recommendations = verticalRecords,
        };
        rules = new SharedRules(plane.Balancer.ConnectAs("system:kube-proxy"), Clock);
        traffic = new TrafficFlows(Clock, chance.For("traffic"), rules, () => kubelets.Values);
        Clock.KeepOnlookersApart();
    }

    /// <summary>Decides names, delays and all other chance.</summary>
    public long Seed { get; }

    /// <inheritdoc/>
    public override IKubernetesApi Api { get; }

    /// <inheritdoc/>
    public override ClusterCharts Charts { get; }

    /// <summary>The machines, their prices and the bill.</summary>
    public CloudProvider Cloud { get; }

    /// <summary>What images exist and what their programs do; lessons may add their own.</summary>
    public ContainerRuntime Runtime { get; }

    /// <summary>The scheduler that works, or else the first master's, for its explanations.</summary>
    /// <exception cref="InvalidOperationException">There is no master yet.</exception>
    public Scheduler Scheduler => (plane.SchedulingMaster ?? throw NoMaster()).Scheduler;

    /// <summary>The controllers that work, or else the first master's.</summary>
    /// <exception cref="InvalidOperationException">There is no master yet.</exception>
    public ControllerManager Controllers => (plane.ControllingMaster ?? throw NoMaster()).Controllers;

    /// <summary>Whether an API server answers.</summary>
    public bool IsUp => plane.Balancer.IsUp;

    /// <inheritdoc/>
    public override Money Cost
    {
        get
        {
            ChargeAnswers();
            return Cloud.Cost;
        }
    }

    /// <inheritdoc/>
    public override Bill Bill()
    {
        ChargeAnswers();
        return Cloud.Bill();
    }

    /// <inheritdoc/>
    internal override ClusterRecorder Recorder => recorder;

    /// <inheritdoc/>
    internal override IEnumerable<ApiResource> Kinds =>
        AnyServer?.Resources.Kinds.Where(k => k.IsStored).Select(k => k.Resource) ?? base.Kinds;

    /// <summary>The API as paths, headers and bytes, for those who put a transport in front of it.</summary>
    internal IApiFront Front { get; }

    /// <summary>The API server that those outside get, without a transport.</summary>
    /// <exception cref="InvalidOperationException">There is no master yet.</exception>
    internal Server Server => AnyServer ?? throw NoMaster();

    private Server? AnyServer => plane.Balancer.ForOutside ?? (plane.Masters is [var first, ..] ? first.Server : null);

    /// <inheritdoc/>
    public override void RunFor(TimeSpan span) => Clock.RunFor(span);

    /// <inheritdoc/>
    public override void AddNodePool(string name, string machine, int count, bool spot = false, bool wait = true)
    {
        Act(c => c.CreateNodePool(name, machine, count, spot));
        if (wait)
        {
            WaitForNodes(name);
        }
    }

    private void CreateNodePool(string name, string machine, int count, bool spot) =>
        CreateNodePool(new NodePoolOptions { Name = name, MachineType = machine, Spot = spot }, count);

    private void CreateNodePool(NodePoolOptions options, int count)
    {
        if (plane.Masters.Count == 0)
        {
            throw new InvalidOperationException("workers need somebody to join: call AddMasters(1) first");
        }

        Cloud.CreateNodePool(options, count);
        recorder.Mark($"{options.Name}: {count} nodes");
    }

    /// <inheritdoc/>
    public override void Resize(string pool, int count, bool wait = true)
    {
        Act(c =>
        {
            c.Cloud.Pool(pool).Resize(count);
            c.recorder.Mark($"{pool}: {count} nodes");
        });
        if (wait)
        {
            WaitForNodes(pool);
        }
    }

    /// <inheritdoc/>
    private protected override IKubectlHost KubectlHost() => new HttpHost(
        new HttpMessageInvoker(new InMemoryHandler(Front)), new Uri($"https://{Address}"), "kubelab", () => Now, Wait);

    /// <inheritdoc/>
    internal override IEnumerable<Counterfactual> AnotherNode(Explainer explainer, Api.Core.Pod pod)
    {
        foreach (var pool in Cloud.Pools.Where(p => p.Name != MasterPool))
        {
            var node = MachineNode.NodeOf(pool, $"{pool.Name}-{pool.Size + 1}");
            if (explainer.WouldFitOn(pod, node))
            {
                var price = pool.Price.PerHour.ToString(4);
                yield return new Counterfactual(CounterfactualKind.AnotherNode, $"pool {pool.Name} had one more {pool.MachineType.Name}, at {price} per hour", [node.Metadata.Name!]) { PricePerHour = price };
            }
        }
    }

    /// <inheritdoc/>
    private protected override bool Wait(Func<bool> condition, TimeSpan limit, string what) => Clock.RunUntil(condition, limit);

    /// <summary>Somebody lets the world in: pods learn by which certificate they recognise the server, and tokens are signed with a key that nobody can guess.</summary>
    internal void OpenDoor(string certificate, byte[] key) => Act(c => c.plane.OpenDoor(certificate, key));

    /// <summary>Where clients find the API servers: host and port of the balancer.</summary>
    internal string Address => plane.Balancer.Address;

    /// <summary>The API in HTTP's form; <paramref name="onWrite"/> is asked before something is changed.</summary>
    internal IApiFront FrontOf(Func<ApiRequest, Func<ApiResponse>, ApiResponse> onWrite) => new BalancedFront(plane.Balancer, Clock, onWrite, AwaitStore);

    private void OnServerStarted(Server server)
    {
        if (!hasAddons && storage is not null)
        {
            StorageAddon.Install(server.ConnectAs("system:addon-manager"), storage);
        }

        hasAddons = true;
        metrics.Start();
        rules.Start();
        if (options.Record && !isRecording)
        {
            isRecording = true;
            recorder.Start();
        }
    }

    private static InvalidOperationException NoMaster() => new("this cluster has no master yet: call AddMasters(1) first");
}

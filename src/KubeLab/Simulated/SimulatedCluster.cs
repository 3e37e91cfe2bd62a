using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer;
using KubeLab.ApiServer.Http;
using KubeLab.ApiServer.Registry;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Cloud.Storage;
using KubeLab.Controllers;
using KubeLab.Etcd;
using KubeLab.KubectlText.Wire;
using KubeLab.Nodes;
using KubeLab.Observing;
using KubeLab.Scheduling;
using KubeLab.Scheduling.Explaining;
using KubeLab.Simulated.Replaying;
using KubeLab.Simulation;
using Server = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Simulated;

/// <summary>A whole cluster in memory: machines, a control plane, kubelets, and a clock that runs as fast as it can.</summary>
/// <remarks>
/// This is the one place that wires the components together; they know each other only through the API. The store has one member, on the first master: while that
/// machine is down, nothing can be read, written, healed or scheduled, and pods run on.
/// </remarks>
public sealed partial class SimulatedCluster : Cluster
{
    private const string MasterPool = "master";

    private readonly Randomness chance;
    private readonly SingleMemberEtcd etcd;
    private readonly Server server;
    private readonly Dictionary<string, Kubelet> kubelets = new(StringComparer.Ordinal);
    private readonly ClusterRecorder recorder;
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
        etcd = new SingleMemberEtcd(Clock);
        server = new Server(Clock, chance.For("apiserver"), etcd, new ApiServerOptions
        {
            ServiceAccounts = true,
            Kubelets = name => kubelets.GetValueOrDefault(name)?.Server,
            AdvertisedAddresses = () => Cloud is null ? [] : [.. Cloud.Pools.Where(p => p.Name == MasterPool).Select(p => p.Machines[0].InternalIp)],
            Components = () =>
            [
                ComponentHealth.OnPort("controller-manager", 10257, Controllers!.IsRunning),
                ComponentHealth.OnPort("scheduler", 10259, Scheduler!.IsRunning),
            ],
        });
        var direct = server.ConnectAs("kubernetes-admin");
        Api = new JournaledApi(this, direct);
        Front = new HttpFront(server, Clock, (request, answer) => Act(_ => answer(), c => c.Front.Handle(request)));
        Runtime = ContainerRuntime.Load();
        Runtime.Programs.Changed = change => Act(c => change(c.Runtime.Programs), _ => { });
        Scheduler = new Scheduler(server.ConnectAs("system:kube-scheduler"), Clock, chance.For("scheduler"));
        Cloud = new CloudProvider(Clock, chance.For("cloud"), PriceBook.Load(options.Provider, options.Region));
        storage = StorageOffer.Find(Cloud.Prices);
        Controllers = new ControllerManager(user => server.ConnectAs(user), Clock, chance.For("controller-manager"), ControllerManagerOptions.Default with
        {
            Disks = storage is null ? null : new CloudDisks(Cloud, Clock, chance.For("disks"), storage),
        });
        Cloud.MachineCreated += OnMachineCreated;
        recorder = new ClusterRecorder(
            direct, Clock, UsageOf, Cloud.Prices.Currency, () => (Cloud.Cost.Amount, Cloud.RatePerHour.Amount));
        Charts = new ClusterCharts(direct, Clock, recorder, () => Act(c => c.recorder.Scrape()));
        StopControlPlane();
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

    /// <summary>The scheduler, for its explanations.</summary>
    public Scheduler Scheduler { get; }

    /// <summary>The controllers.</summary>
    public ControllerManager Controllers { get; }

    /// <summary>Whether the API server answers.</summary>
    public bool IsUp => server.IsUp;

    /// <inheritdoc/>
    public override Money Cost => Cloud.Cost;

    /// <inheritdoc/>
    public override Bill Bill() => Cloud.Bill();

    /// <inheritdoc/>
    internal override ClusterRecorder Recorder => recorder;

    /// <inheritdoc/>
    internal override IEnumerable<ApiResource> Kinds => server.Resources.Kinds.Where(k => k.IsStored).Select(k => k.Resource);

    /// <summary>The API as paths, headers and bytes, for those who put a transport in front of it.</summary>
    internal HttpFront Front { get; }

    /// <summary>The API server without a transport.</summary>
    internal Server Server => server;

    /// <inheritdoc/>
    public override void RunFor(TimeSpan span) => Clock.RunFor(span);

    /// <inheritdoc/>
    public override void AddMasters(int count, string machine = "e2-standard-2", bool wait = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Act(c => c.CreateMasters(count, machine));
        if (wait)
        {
            WaitForNodes(MasterPool);
        }
    }

    private void CreateMasters(int count, string machine)
    {
        if (Cloud.Pools.Any(p => p.Name == MasterPool))
        {
            throw new InvalidOperationException("this cluster has masters already; open another lab to compare numbers of masters");
        }

        var options = new NodePoolOptions
        {
            Name = MasterPool,
            MachineType = machine,
            Labels = new Dictionary<string, string> { ["node-role.kubernetes.io/control-plane"] = "" },
            Taints = [new MachineTaint("node-role.kubernetes.io/control-plane", "", "NoSchedule")],
        };
        Cloud.CreateNodePool(options, count);
        recorder.Mark($"{count} master{(count == 1 ? "" : "s")}");
    }

    /// <inheritdoc/>
    public override void AddNodePool(string name, string machine, int count, bool spot = false, bool wait = true)
    {
        Act(c => c.CreateNodePool(name, machine, count, spot));
        if (wait)
        {
            WaitForNodes(name);
        }
    }

    private void CreateNodePool(string name, string machine, int count, bool spot)
    {
        if (Cloud.Pools.All(p => p.Name != MasterPool))
        {
            throw new InvalidOperationException("workers need somebody to join: call AddMasters(1) first");
        }

        Cloud.CreateNodePool(new NodePoolOptions { Name = name, MachineType = machine, Spot = spot }, count);
        recorder.Mark($"{name}: {count} nodes");
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
    public override void Kill(string machine) => Act(c =>
    {
        c.Cloud.Kill(machine);
        c.recorder.Mark($"{machine} lost");
    });

    /// <inheritdoc/>
    public override void Restore(string machine) => Act(c =>
    {
        c.Cloud.Restore(machine);
        c.recorder.Mark($"{machine} restored");
    });

    /// <summary>Lets machines of your own join, which nobody bills: they are ready at once and are called <c>prefix-1</c>, <c>prefix-2</c>, ….</summary>
    /// <param name="prefix">The first part of their names.</param>
    /// <param name="count">How many.</param>
    /// <param name="capacity">What each has; all of it is allocatable.</param>
    public void JoinNodes(string prefix, int count, ResourceList capacity)
    {
        Act(c => c.Join(prefix, count, capacity));
        RunUntil(c => c.Nodes().Count(Views.NodeView.IsReadyNode) >= kubelets.Count, TimeSpan.FromMinutes(10), $"{count} nodes {prefix} to be ready");
    }

    private void Join(string prefix, int count, ResourceList capacity)
    {
        var first = kubelets.Count;
        for (var i = 1; i <= count; i++)
        {
            var number = first + i;
            Join(new NodeConfig
            {
                Name = $"{prefix}-{i}",
                Capacity = capacity,
                PodCIDR = NextPodRange(),
                InternalIP = string.Create(CultureInfo.InvariantCulture, $"172.{16 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}"),
            });
        }
    }

    /// <inheritdoc/>
    private protected override IKubectlHost KubectlHost() => new HttpHost(
        new HttpMessageInvoker(new InMemoryHandler(Front)), new Uri($"https://{server.Address}"), "kubelab", () => Now, Wait);

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
    internal void OpenDoor(string certificate, byte[] key) => Act(c =>
    {
        c.Controllers.RootCertificate = certificate;
        c.Server.Tokens.UseKey(key);
    });

    private void WaitForNodes(string pool)
    {
        var names = Cloud.Pool(pool).Machines.Select(m => m.Name).ToList();
        RunUntil(c => names.TrueForAll(n => c.Node(n).IsReady), TimeSpan.FromMinutes(30), $"the {names.Count} nodes of pool {pool} to be ready");
    }

    private void OnMachineCreated(Machine machine)
    {
        machine.Started += OnStarted;
        machine.Restored += OnRestored;
        machine.PowerLost += OnPowerLost;
        machine.Deleted += OnDeleted;
    }

    private void OnStarted(Machine machine)
    {
        if (HoldsTheStore(machine))
        {
            StartControlPlane();
        }

        var config = MachineNode.ConfigOf(machine, NextPodRange());
        var isMaster = machine.Pool.Name == MasterPool;
        Join(isMaster ? config with { PreloadedImages = ControlPlanePods.Images(config.KubeletVersion) } : config, isMaster);
    }

    private void Join(NodeConfig config, bool isMaster = false)
    {
        var kubelet = new Kubelet(server.ConnectAs($"system:node:{config.Name}"), Clock, chance.For($"kubelet/{config.Name}"), config, Runtime);
        kubelet.Outside = input => Act(c => c.kubelets.GetValueOrDefault(config.Name)?.Receive(input));
        kubelets[config.Name] = kubelet;
        if (isMaster)
        {
            ControlPlanePods.Put(kubelet);
        }

        kubelet.Start();
    }

    /// <summary>The addresses of the next node's pods: 10.244.0.0/14 first, as kubeadm's tutorials, then the shared space 100.64.0.0/10.</summary>
    private string NextPodRange()
    {
        var n = podRangesGiven++;
        return n < 1024
            ? string.Create(CultureInfo.InvariantCulture, $"10.{244 + (n >> 8)}.{n & 255}.0/24")
            : string.Create(CultureInfo.InvariantCulture, $"100.{64 + ((n - 1024) >> 8)}.{(n - 1024) & 255}.0/24");
    }

    private void OnRestored(Machine machine)
    {
        if (HoldsTheStore(machine))
        {
            StartControlPlane();
        }

        kubelets[machine.Name].PowerOn();
    }

    private void OnPowerLost(Machine machine)
    {
        kubelets[machine.Name].PowerOff();
        if (HoldsTheStore(machine))
        {
            StopControlPlane();
        }
    }

    /// <summary>What a node uses, as a metrics server would learn it: nothing when the kubelet does not answer.</summary>
    private NodeUsage? UsageOf(string node)
    {
        try
        {
            return kubelets.GetValueOrDefault(node)?.Server.Usage();
        }
        catch (ApiException)
        {
            return null;
        }
    }

    /// <summary>As a cloud controller manager does: the node of a machine that no longer exists is deleted.</summary>
    private void OnDeleted(Machine machine)
    {
        kubelets.Remove(machine.Name);
        Clock.After(CloudNodeCheck, () => DeleteNode(machine.Name));
    }

    private void DeleteNode(string name)
    {
        try
        {
            Api.Delete<Api.Core.Node>("", name);
        }
        catch (ApiException refusal) when (!refusal.IsNotFound)
        {
            Clock.After(CloudNodeCheck, () => DeleteNode(name));
        }
        catch (ApiException)
        {
            // Somebody deleted it by hand, which is just as well.
        }
    }

    /// <summary>How often upstream's cloud node lifecycle controller looks (its node monitor period).</summary>
    private static TimeSpan CloudNodeCheck { get; } = TimeSpan.FromSeconds(5);

    private static bool HoldsTheStore(Machine machine) => machine.Pool.Name == MasterPool && machine == machine.Pool.Machines[0];

    private void StartControlPlane()
    {
        etcd.Start();
        server.Start();
        if (!hasAddons && storage is not null)
        {
            StorageAddon.Install(server.ConnectAs("system:addon-manager"), storage);
        }

        hasAddons = true;
        Scheduler.Start();
        Controllers.Start();
        if (options.Record && !isRecording)
        {
            isRecording = true;
            recorder.Start();
        }
    }

    private void StopControlPlane()
    {
        Controllers.Stop();
        Scheduler.Stop();
        server.Stop();
        etcd.Stop();
    }
}

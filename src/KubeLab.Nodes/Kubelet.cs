using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Recording;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Images;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Pressure;
using KubeLab.Nodes.Sharing;
using KubeLab.Nodes.Shutdown;
using KubeLab.Nodes.StaticPods;
using KubeLab.Nodes.Streams;
using KubeLab.Simulation;

namespace KubeLab.Nodes;

/// <summary>
/// One machine with its kubelet: runs the pods that are bound to it and tells the API server about them and about itself. The machine can lose power, the
/// kubelet alone can stop, and the network to the API server can be cut; the three look alike from afar and are not.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/concepts/architecture/#kubelet">kubelet</seealso>
public sealed partial class Kubelet : IPodHost, IEvictionHost, IStaticPodHost
{
    private const int PidMin = 1000;
    private const int PidRange = 60_000;
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SyncCheckAfter = TimeSpan.FromSeconds(1);

    private readonly VirtualClock clock;
    private readonly Randomness chance;
    private readonly Randomness processes;
    private readonly NodeLink link;
    private readonly NodeReporter reporter;
    private readonly EventRecorder recorder;
    private readonly Informer<Pod> informer;
    private readonly ImageStore images;
    private readonly PodAddresses addresses;
    private readonly MachineLoad load;
    private readonly EvictionManager evictions;
    private readonly StaticPodRunner statics;
    private readonly ValueList<HostIP> hostIPs;
    private readonly PullBackoffs pullBackoffs = new();
    private readonly Dictionary<ObjectKey, PodWorker> workers = [];
    private readonly List<PodWorker> untold = [];
    private readonly HashSet<string> resumed = new(StringComparer.Ordinal);
    private readonly KubeletServer server;
    private Scheduled? tellAgain;

    /// <summary>A kubelet that has not started yet.</summary>
    /// <param name="api">The API server, as the node's own user.</param>
    /// <param name="clock">Virtual time.</param>
    /// <param name="chance">The cluster's chance; the node takes its own share by name.</param>
    /// <param name="config">The machine.</param>
    /// <param name="runtime">What all nodes have in common.</param>
    public Kubelet(IKubernetesApi api, VirtualClock clock, Randomness chance, NodeConfig config, ContainerRuntime runtime)
    {
        this.clock = clock;
        this.chance = chance.For($"kubelet/{config.Name}");
        processes = this.chance.For("processes");
        Config = config;
        Runtime = runtime;
        link = new NodeLink(api);
        load = new MachineLoad(clock, config);
        server = new KubeletServer(this, link, clock, this.chance.For("execs"), load.Meter, workers);
        images = new ImageStore(clock, this.chance.For("images"), runtime.Library);
        evictions = new EvictionManager(load, config, this);
        shutdown = new ShutdownManager(clock, config.ShutdownGracePeriods);
        statics = new StaticPodRunner(Manifests, config.Name, link, clock, this);
        load.Changed = evictions.OnChanged;
        load.OutOfMemory.Killing = OnKilling;
        images.Changed = evictions.OnDiskChanged;
        reporter = new NodeReporter(config, link, clock, this.chance.For("node"), images, () => evictions.Conditions)
        {
            NotReady = () => shutdown.NotReady,
            Changed = reason => RecordNode(isWarning: false, reason, $"Node {config.Name} status is now: {reason}"),
        };
        recorder = new EventRecorder(link, clock, this.chance.For("events"), "kubelet", config.Name);
        informer = new Informer<Pod>(link, clock, Pod.Resource, null, new ListOptions { FieldSelector = $"spec.nodeName={config.Name}" });
        informer.Added += OnSeen;
        informer.Updated += (_, pod) => OnSeen(pod);
        informer.Deleted += OnDeleted;
        addresses = new PodAddresses(config.PodCIDR);
        hostIPs = [new HostIP { Ip = config.InternalIP }];
        foreach (var image in config.PreloadedImages)
        {
            images.Preload(image);
        }
    }

    /// <summary>The machine.</summary>
    public NodeConfig Config { get; }

    /// <summary>What all nodes have in common.</summary>
    public ContainerRuntime Runtime { get; }

    /// <summary>Whether the machine has power.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Whether the kubelet runs.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether the way to the API server is cut.</summary>
    public bool IsCut => link.IsCut;

    /// <summary>How many pods it knows of.</summary>
    public int PodCount => workers.Count;

    /// <summary>What the kubelet answers on port 10250: logs, commands, forwarded ports, usage.</summary>
    public IKubeletEndpoint Server => server;

    /// <summary>What the whole machine uses now, system included; null when its kubelet does not run or cannot be reached.</summary>
    public NodeUsage? TotalUse => IsActive && !IsCut ? load.TotalUse() : null;

    /// <summary>The pods that the machine runs on its own account, whether or not there is an API server.</summary>
    public ManifestFolder Manifests { get; } = new();

    /// <summary>
    /// Told when a container of a static pod starts or ends: the pod's label <c>component</c>, for example <c>kube-scheduler</c>, and whether it runs. Here a component of the control plane learns
    /// whether it has a process.
    /// </summary>
    public Action<string, bool>? ComponentChanged { get; set; }

    /// <summary>Called in place of <see cref="Receive"/> when something comes to a container from outside, by those who want to note it; they call it then.</summary>
    public Action<OutsideInput>? Outside { get; set; }

    VirtualClock IPodHost.Clock => clock;

    double IPodHost.Speed => Config.Speed;

    Randomness IPodHost.Chance => chance;

    IKubernetesApi IPodHost.Api => link;

    ImageStore IPodHost.Images => images;

    MachineLoad IPodHost.Load => load;

    IReadOnlyCollection<PodWorker> IEvictionHost.Pods => workers.Values;

    ImageStore IEvictionHost.Images => images;

    string IPodHost.HostIP => Config.InternalIP;

    ValueList<HostIP> IPodHost.HostIPs => hostIPs;

    ResourceList IPodHost.Allocatable => Config.EffectiveAllocatable;

    /// <summary>Switches the machine and its kubelet on for the first time; the same as <see cref="PowerOn"/>.</summary>
    public void Start() => PowerOn();

    /// <summary>The machine is dead: containers, kubelet and heartbeat stop at once, and nobody is told.</summary>
    public void PowerOff()
    {
        if (!IsOn)
        {
            return;
        }

        StopKubelet();
        IsOn = false;
        Proxy?.LosePower();
        images.Abort();
        foreach (var worker in workers.Values)
        {
            worker.LosePower();
        }
    }

    /// <summary>The machine is back: what ran on it is gone and starts again, unless it was deleted meanwhile.</summary>
    public void PowerOn()
    {
        if (!IsOn)
        {
            load.Meter.Boot();
        }

        IsOn = true;
        StartKubelet();
        Proxy?.Start();
    }

    /// <summary>The kubelet stops; containers live on, and nobody looks after them.</summary>
    public void StopKubelet()
    {
        if (!IsActive)
        {
            return;
        }

        IsActive = false;
        recorder.Stop();
        server.BreakStreams();
        reporter.Stop();
        shutdown.Reset();
        evictions.Stop();
        statics.Stop();
        informer.Stop();
        tellAgain?.Cancel();
        tellAgain = null;
        untold.Clear();
        foreach (var worker in workers.Values)
        {
            worker.Suspend();
        }
    }

    /// <summary>The kubelet starts again and takes up what it finds. Without power nothing happens.</summary>
    public void StartKubelet()
    {
        if (IsActive || !IsOn)
        {
            return;
        }

        IsActive = true;
        resumed.Clear();
        reporter.Start();
        evictions.Start();
        statics.Start();
        informer.Start();
        DropForgotten();
    }

    /// <summary>Cuts the way to the API server: pods go on, nobody hears of them.</summary>
    public void CutNetwork()
    {
        link.Cut();
        Proxy?.Cut();
        server.BreakStreams();
    }

    /// <summary>Restores the way to the API server.</summary>
    public void RestoreNetwork()
    {
        link.Restore();
        Proxy?.Restore();
    }

    /// <summary>The process of a static pod ends by itself; its container is started again as any other.</summary>
    /// <param name="component">The pod's label <c>component</c>.</param>
    /// <param name="exitCode">What it ends with.</param>
    public void ExitComponent(string component, int exitCode)
    {
        foreach (var worker in workers.Values.Where(w => w.IsStatic && w.Pod.Metadata.Labels["component"] == component).ToList())
        {
            worker.Containers.ToList().ForEach(c => c.Exit(exitCode));
        }
    }

    /// <summary>Lets a container meet what came to it from outside; one that is gone misses it.</summary>
    public void Receive(OutsideInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        workers.GetValueOrDefault(input.Pod)?.Find(input.Container)?.Meet(input);
    }

    void IPodHost.Record(Pod pod, bool isWarning, string reason, string message, string? fieldPath)
    {
        if (isWarning)
        {
            recorder.Warning(pod, reason, message, fieldPath);
        }
        else
        {
            recorder.Normal(pod, reason, message, fieldPath);
        }
    }

    string? IPodHost.TakeAddress() => addresses.Take();

    void IPodHost.ReturnAddress(string address) => addresses.Return(address);

    AdmissionRefusal? IPodHost.Admit(Pod pod) =>
        shutdown.Judge(pod) ?? EvictionAdmission.Judge(pod, evictions.Conditions) ?? Admission.Judge(pod, Config.EffectiveAllocatable, Config.Capacity, workers.Values);

    string IPodHost.NextContainerId() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"containerd://{chance.NextBits():x16}{chance.NextBits():x16}{chance.NextBits():x16}{chance.NextBits():x16}");

    void IPodHost.FailedPull(string uid, string image, string error) => pullBackoffs.Failed(uid, image, error, clock.Now);

    TimeSpan? IPodHost.PullBackoff(string uid, string image) => pullBackoffs.Remaining(uid, image, clock.Now);

    string? IPodHost.PullError(string uid, string image) => pullBackoffs.Error(uid, image);

    void IPodHost.FromOutside(OutsideInput input) => (Outside ?? Receive)(input);

    void IPodHost.ReportLater(PodWorker worker)
    {
        if (!untold.Contains(worker))
        {
            untold.Add(worker);
        }

        tellAgain ??= clock.After(TellAgainAfter, TellAgain);
    }

    void IEvictionHost.RecordNode(bool isWarning, string reason, string message) => RecordNode(isWarning, reason, message);

    void IEvictionHost.RecordEviction(PodWorker pod, string message) => recorder.Warning(pod.Pod, "Evicted", message);

    // Kubelets call their node by its name where others use its identity.
    private void RecordNode(bool isWarning, string reason, string message)
    {
        var node = new Node { Metadata = new() { Name = Config.Name, Uid = Config.Name } };
        if (isWarning)
        {
            recorder.Warning(node, reason, message);
        }
        else
        {
            recorder.Normal(node, reason, message);
        }
    }

    // The kernel tells whom it killed; the kubelet passes it on when the whole machine was full.
    private void OnKilling(ContainerRun victim, bool isMachineFull)
    {
        if (isMachineFull && IsActive)
        {
            RecordNode(isWarning: true, "SystemOOM", $"System OOM encountered, victim process: {victim.ProcessName}, pid: {PidMin + processes.NextInt(PidRange)}");
        }
    }

    IReadOnlyDictionary<ObjectKey, PodWorker> IStaticPodHost.Workers => workers;

    PodWorker IStaticPodHost.Take(Pod pod)
    {
        var worker = new PodWorker(pod, this);
        workers.Add(ObjectKey.Of(pod), worker);
        worker.Adopt();
        return worker;
    }

    void IStaticPodHost.Forget(PodWorker worker) => Forget(ObjectKey.Of(worker.Pod), worker);

    void IPodHost.DiskChanged() => evictions.OnDiskChanged();

    void IPodHost.StaticPodEnded(PodWorker worker) => statics.OnEnded(worker);

    void IPodHost.StaticContainerChanged(PodWorker worker, bool runs)
    {
        if (worker.Pod.Metadata.Labels["component"] is { } component)
        {
            ComponentChanged?.Invoke(component, runs);
        }
    }

    private void OnSeen(Pod pod)
    {
        if (StaticPod.IsMirror(pod))
        {
            statics.OnMirror(pod);
            return;
        }

        var key = ObjectKey.Of(pod);
        if (workers.TryGetValue(key, out var worker) && worker.Uid != pod.Metadata.Uid)
        {
            Forget(key, worker);
            worker = null;
        }

        if (worker is null)
        {
            workers.Add(key, worker = new PodWorker(pod, this));
            resumed.Add(worker.Uid);
            worker.Adopt();
        }
        else if (resumed.Add(worker.Uid))
        {
            worker.Resume(pod);
        }
        else
        {
            worker.See(pod);
        }

        if (worker.IsGone)
        {
            Forget(key, worker);
        }
    }

    private void OnDeleted(Pod pod)
    {
        if (StaticPod.IsMirror(pod))
        {
            statics.OnMirrorGone(pod);
            return;
        }

        var key = ObjectKey.Of(pod);
        if (workers.TryGetValue(key, out var worker) && worker.Uid == pod.Metadata.Uid)
        {
            Forget(key, worker);
        }
    }

    private void Forget(ObjectKey key, PodWorker worker)
    {
        workers.Remove(key);
        resumed.Remove(worker.Uid);
        pullBackoffs.Forget(worker.Uid);
        worker.Drop();
    }

    // Pods that were deleted while the kubelet was away are found by their absence, once the list has come.
    private void DropForgotten()
    {
        if (!IsActive)
        {
            return;
        }

        if (!informer.HasSynced)
        {
            clock.After(SyncCheckAfter, DropForgotten);
            return;
        }

        foreach (var (key, worker) in workers.Where(w => !w.Value.IsStatic && !resumed.Contains(w.Value.Uid)).ToList())
        {
            Forget(key, worker);
        }
    }

    private void TellAgain()
    {
        tellAgain = null;
        var again = untold.ToArray();
        untold.Clear();
        foreach (var worker in again)
        {
            worker.TellAgain();
        }
    }
}

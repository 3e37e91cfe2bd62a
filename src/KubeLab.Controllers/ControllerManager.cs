using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Policy;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Recording;
using KubeLab.Controllers.ClusterRoles;
using KubeLab.Controllers.CronJobs;
using KubeLab.Controllers.CustomKinds;
using KubeLab.Controllers.DaemonSets;
using KubeLab.Controllers.Deployments;
using KubeLab.Controllers.Disruptions;
using KubeLab.Controllers.FinishedJobs;
using KubeLab.Controllers.GarbageCollection;
using KubeLab.Controllers.HorizontalAutoscaling;
using KubeLab.Controllers.Jobs;
using KubeLab.Controllers.Namespaces;
using KubeLab.Controllers.NodeAddresses;
using KubeLab.Controllers.NodeLifecycle;
using KubeLab.Controllers.PodGarbageCollection;
using KubeLab.Controllers.Pods;
using KubeLab.Controllers.Quotas;
using KubeLab.Controllers.ReplicaSets;
using KubeLab.Controllers.ServiceAccounts;
using KubeLab.Controllers.ServiceEndpoints;
using KubeLab.Controllers.StatefulSets;
using KubeLab.Controllers.Volumes;
using KubeLab.Controllers.Volumes.Disks;
using KubeLab.Simulation;

namespace KubeLab.Controllers;

/// <summary>The process that runs all controllers over one set of informers.</summary>
/// <remarks>Each start is a new process: it remembers nothing and learns everything from the API server.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/">kube-controller-manager</seealso>
public sealed class ControllerManager
{
    /// <summary>The user as which it speaks to the API server.</summary>
    public const string User = "system:kube-controller-manager";

    private readonly Func<string, IKubernetesApi> connect;
    private readonly VirtualClock clock;
    private readonly Randomness chance;
    private readonly ControllerManagerOptions options;
    private readonly List<IManagedController> controllers = [];
    private InformerFactory? informers;
    private RootCertificatePublisher? publisher;

    /// <summary>Makes a stopped one that connects with <paramref name="connect"/>, given the name of a user.</summary>
    public ControllerManager(
        Func<string, IKubernetesApi> connect, VirtualClock clock, Randomness chance, ControllerManagerOptions? options = null)
    {
        this.connect = connect;
        this.clock = clock;
        this.chance = chance;
        this.options = options ?? ControllerManagerOptions.Default;
    }

    /// <summary>Makes a stopped one that speaks through <paramref name="api"/>.</summary>
    public ControllerManager(IKubernetesApi api, VirtualClock clock, Randomness chance, ControllerManagerOptions? options = null)
        : this(_ => api, clock, chance, options)
    {
    }

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => informers is not null;

    /// <summary>Whether it runs and has read everything once.</summary>
    public bool HasSynced => informers?.HasSynced == true;

    /// <summary>The certificate by which pods recognise the API server, in PEM; empty while nobody serves it.</summary>
    public string RootCertificate
    {
        get;
        set
        {
            field = value;
            publisher?.Publish();
        }
    } = "";

    /// <summary>The names of the controllers that run.</summary>
    public IReadOnlyList<string> Controllers => [.. controllers.Select(c => c.Name)];

    /// <summary>Starts; does nothing when it runs already.</summary>
    public void Start()
    {
        if (informers is not null)
        {
            return;
        }

        var api = connect(User);
        informers = new InformerFactory(api, clock);
        Build(api, informers);
        controllers.ForEach(c => c.Start());
        informers.Start();
    }

    /// <summary>Stops at once, as a process that is killed; does nothing when it is stopped.</summary>
    public void Stop()
    {
        controllers.ForEach(c => c.Stop());
        controllers.Clear();
        publisher = null;
        informers?.Stop();
        informers = null;
    }

    private void Build(IKubernetesApi api, InformerFactory factory)
    {
        var collector = new GarbageCollector(api, clock);

        // Owners are listed before their dependents, so that at a start no dependent looks like an orphan.
        collector.Watch<Namespace>(factory);
        collector.Watch<Node>(factory);
        collector.Watch<CSINode>(factory);
        collector.Watch<Lease>(factory);
        collector.Watch<Deployment>(factory);
        collector.Watch<ReplicaSet>(factory);
        collector.Watch<StatefulSet>(factory);
        collector.Watch<DaemonSet>(factory);
        collector.Watch<ControllerRevision>(factory);
        collector.Watch<CronJob>(factory);
        collector.Watch<Job>(factory);
        collector.Watch<HorizontalPodAutoscaler>(factory);
        collector.Watch<PodDisruptionBudget>(factory);
        collector.Watch<ServiceAccount>(factory);
        collector.Watch<Secret>(factory);
        collector.Watch<PersistentVolumeClaim>(factory);
        collector.Watch<Service>(factory);
        collector.Watch<ConfigMap>(factory);
        collector.Watch<Pod>(factory);
        var customKinds = new CustomKindWatch(factory);
        collector.Watch(customKinds, factory);
        collector.Watch<EndpointSlice>(factory);
        var pods = new PodIndexes(factory.For<Pod>());
        controllers.Add(new NamespaceController(api, clock, factory, () => customKinds.Resources.Concat(options.NamespacedResources())));
        controllers.Add(new DeploymentController(api, clock, Recorder(api, "deployment-controller"), factory, pods.ByOwner));
        controllers.Add(new ReplicaSetController(api, clock, Recorder(api, "replicaset-controller"), factory, pods.ByOwner));
        controllers.Add(new JobController(api, clock, Recorder(api, "job-controller"), factory, pods.ByOwner));
        controllers.Add(new CronJobController(api, clock, Recorder(api, "cronjob-controller"), factory));
        controllers.Add(new FinishedJobController(api, clock, factory));
        controllers.Add(new QuotaController(api, clock, factory, options.NamespacedResources));
        controllers.Add(new DisruptionController(api, clock, Recorder(api, "controllermanager"), factory));
        controllers.Add(new HorizontalPodAutoscalerController(
            api,
            clock,
            Recorder(api, "horizontal-pod-autoscaler"),
            factory,
            pods.ByNamespace,
            options.Metrics ?? new MetricsApiClient(api, options.CustomMetrics),
            () => customKinds.Resources.Concat(options.NamespacedResources()),
            options.Autoscaling));
        controllers.Add(new StatefulSetController(api, clock, Recorder(api, "statefulset-controller"), factory, pods.ByOwner));
        controllers.Add(new DaemonSetController(api, clock, Recorder(api, "daemonset-controller"), factory, pods.ByOwner));
        var claimUsers = new ClaimUsers(factory.For<Pod>());
        controllers.Add(new PersistentVolumeController(api, clock, Recorder(api, "persistentvolume-controller"), factory, claimUsers));
        controllers.Add(new ClaimProtectionController(api, clock, factory, claimUsers));
        controllers.Add(new VolumeProtectionController(api, clock, factory));
        controllers.Add(collector);
        controllers.Add(new NodeLifecycleController(api, clock, Recorder(api, "node-controller"), factory, pods, options.NodeLifecycle));
        controllers.Add(new TaintEvictionController(api, clock, Recorder(api, "taint-eviction-controller"), factory, pods));
        controllers.Add(new PodGarbageController(api, clock, factory, pods, options.PodGarbage));
        if (options.Disks is { } disks)
        {
            controllers.Add(new DiskProvisioner(connect($"system:serviceaccount:kube-system:{disks.Driver}"), clock, Recorder(api, disks.Driver), factory, disks));
        }

        controllers.Add(new ClusterRoleAggregationController(api, clock, factory));
        var selectors = new ServiceSelectors(factory.For<Service>());
        controllers.Add(new EndpointSliceController(api, clock, factory, selectors, pods.ByNamespace));
        controllers.Add(new EndpointsController(api, clock, factory, selectors, pods.ByNamespace));
        controllers.Add(new ServiceAccountController(api, clock, factory));
        controllers.Add(publisher = new RootCertificatePublisher(api, clock, factory, () => RootCertificate));
        if (options.ClusterCidr is { } cidr)
        {
            controllers.Add(new NodeAddressController(api, clock, Recorder(api, "cidrAllocator"), factory, new PodRanges(cidr)));
        }
    }

    private EventRecorder Recorder(IKubernetesApi api, string component) => new(api, clock, chance.For($"events/{component}"), component);
}

using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Controllers;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;
using RealApiServer = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Tests.Controllers;

/// <summary>A real API server and a real controller manager; the test plays scheduler and kubelets.</summary>
internal sealed class ControllerLab
{
    private readonly Informer<Pod> pods;
    private readonly HashSet<string> alive = new(StringComparer.Ordinal);
    private int placed;

    public ControllerLab(params string[] nodes)
        : this(ControllerManagerOptions.Default, nodes)
    {
    }

    public ControllerLab(ControllerManagerOptions options, params string[] nodes)
        : this(options, (api, _) => api, nodes)
    {
    }

    /// <summary>The controllers speak <paramref name="through"/> something, for example a slow network.</summary>
    public ControllerLab(ControllerManagerOptions options, Func<IKubernetesApi, VirtualClock, IKubernetesApi> through, params string[] nodes)
    {
        var chance = new Randomness(7);
        Clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Server = new RealApiServer(Clock, chance, EtcdCluster.OfOne(Clock));
        Api = Server.ConnectAs("test");
        Manager = new ControllerManager(user => through(Server.ConnectAs(user), Clock), Clock, chance, options);
        Manager.Start();
        pods = new Informer<Pod>(Api, Clock, Pod.Resource);
        pods.Added += OnPod;
        pods.Updated += (_, pod) => OnPod(pod);
        pods.Start();
        foreach (var node in nodes)
        {
            AddNode(node);
        }
    }

    public VirtualClock Clock { get; }

    public RealApiServer Server { get; }

    public IKubernetesApi Api { get; }

    public ControllerManager Manager { get; }

    /// <summary>How long a pod takes from being made to being ready; null leaves it pending for ever.</summary>
    public Func<Pod, TimeSpan?> StartUp { get; set; } = _ => TimeSpan.FromSeconds(2);

    /// <summary>How long a pod takes to end.</summary>
    public TimeSpan ShutDown { get; set; } = TimeSpan.FromSeconds(1);

    public IReadOnlyList<Pod> Pods => Api.List<Pod>("default");

    public IReadOnlyList<ReplicaSet> Sets => Api.List<ReplicaSet>("default");

    public Deployment Web => Api.Get<Deployment>("default", "web");

    public IEnumerable<string> EventsOf(string kind) => Api.List<Event>("default")
        .Where(e => e.InvolvedObject.Kind == kind)
        .OrderBy(e => e.FirstTimestamp).ThenBy(e => long.Parse(e.Metadata.ResourceVersion!, CultureInfo.InvariantCulture))
        .Select(e => $"{e.Type} {e.Reason} {e.Message}");

    public void Run(double seconds) => Clock.RunFor(TimeSpan.FromSeconds(seconds));

    public Deployment Deploy(int replicas, string image = "web:1", Func<DeploymentSpec, DeploymentSpec>? change = null)
    {
        var labels = StringMap.Of(("app", "web"));
        var spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new() { MatchLabels = labels },
            ProgressDeadlineSeconds = 600,
            RevisionHistoryLimit = 10,
            Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = "25%", MaxUnavailable = "25%" } },
            Template = new() { Metadata = new() { Labels = labels }, Spec = SpecOf(image) },
        };
        return Api.Create(new Deployment { Metadata = new() { Name = "web", Namespace = "default" }, Spec = change?.Invoke(spec) ?? spec });
    }

    public static PodSpec SpecOf(string image) =>
        new() { TerminationGracePeriodSeconds = 30, Containers = [new Container { Name = "web", Image = image }] };

    public void Change(Func<DeploymentSpec, DeploymentSpec> change) => Api.Update(Web with { Spec = change(Web.Spec) });

    public void SetImage(string image) => Change(spec => spec with
    {
        Template = spec.Template with { Spec = spec.Template.Spec with { Containers = [spec.Template.Spec.Containers[0] with { Image = image }] } },
    });

    public Node AddNode(string name, string? zone = null)
    {
        var node = Api.Create(new Node
        {
            Metadata = new() { Name = name, Labels = zone is null ? default : StringMap.Of(("topology.kubernetes.io/zone", zone)) },
        });
        node = Api.UpdateStatus(node with
        {
            Status = new() { Conditions = [new Condition { Type = "Ready", Status = "True", Reason = "KubeletReady", LastHeartbeatTime = Clock.Now, LastTransitionTime = Clock.Now }] },
        });
        Api.Create(new Lease { Metadata = new() { Name = name, Namespace = "kube-node-lease" }, Spec = new() { HolderIdentity = name, RenewTime = Clock.Now } });
        alive.Add(name);
        Clock.Every(TimeSpan.FromSeconds(10), () => Renew(name));
        return node;
    }

    /// <summary>The machine falls silent: its kubelet neither renews nor ends pods.</summary>
    public void Kill(string node) => alive.Remove(node);

    /// <summary>The machine speaks again.</summary>
    public void Revive(string name)
    {
        alive.Add(name);
        var node = Api.Get<Node>("", name);
        var ready = new Condition { Type = "Ready", Status = "True", Reason = "KubeletReady", LastHeartbeatTime = Clock.Now, LastTransitionTime = Clock.Now };
        Api.UpdateStatus(node with { Status = node.Status with { Conditions = [ready] } });
        Renew(name);
        foreach (var pod in pods.Objects.Where(p => p.Spec.NodeName == name).ToList())
        {
            OnPod(pod);
        }
    }

    private void Renew(string name)
    {
        if (Server.IsUp && alive.Contains(name) && Api.Find<Lease>("kube-node-lease", name) is { } lease)
        {
            Api.Update(lease with { Spec = lease.Spec with { RenewTime = Clock.Now } });
        }
    }

    private void OnPod(Pod pod)
    {
        if (string.IsNullOrEmpty(pod.Spec.NodeName) && pod.Metadata.DeletionTimestamp is null && pod.Spec.SchedulingGates.IsEmpty && alive.Count > 0)
        {
            var ready = KubeLab.Controllers.DaemonSets.DaemonAffinity.NodeOf(pod) is { } only
                ? alive.Where(n => n == only).ToList()
                : [.. alive.Where(n => Api.Get<Node>("", n).Spec.Taints.IsEmpty).Order(StringComparer.Ordinal)];
            if (ready.Count > 0 && Api.Find<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!) is { Spec.NodeName: null or "" })
            {
                Api.Bind(pod, ready[placed++ % ready.Count]);
            }

            return;
        }

        if (!string.IsNullOrEmpty(pod.Spec.NodeName) && !alive.Contains(pod.Spec.NodeName))
        {
            return;
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            Clock.After(ShutDown, () => End(pod));
        }
        else if (pod.Status.Phase is null or "Pending" && StartUp(pod) is { } wait)
        {
            Clock.After(wait, () => MakeReady(pod));
        }
    }

    private void End(Pod pod)
    {
        if (Api.Find<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!) is { } found && found.Metadata.Uid == pod.Metadata.Uid)
        {
            Api.Delete<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!, new DeleteOptions { GracePeriodSeconds = 0 });
        }
    }

    private void MakeReady(Pod pod)
    {
        if (Api.Find<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!) is { Status.Phase: null or "Pending" } found && found.Metadata.Uid == pod.Metadata.Uid)
        {
            Api.UpdateStatus(found with
            {
                Status = found.Status with
                {
                    Phase = "Running",
                    StartTime = Clock.Now,
                    Conditions = [.. found.Status.Conditions.Where(c => c.Type != "Ready"), new Condition { Type = "Ready", Status = "True", LastTransitionTime = Clock.Now }],
                },
            });
        }
    }
}

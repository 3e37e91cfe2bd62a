using KubeLab.Api;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>
/// Notices nodes that fall silent, marks their pods as not ready, and taints them so that their pods are evicted at a limited rate.
/// </summary>
/// <remarks>Upstream: pkg/controller/nodelifecycle/node_lifecycle_controller.go.</remarks>
internal sealed class NodeLifecycleController : IManagedController
{
    private const string LeaseNamespace = "kube-node-lease";
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly EventRecorder events;
    private readonly NodeLifecycleOptions options;
    private readonly Informer<Node> nodes;
    private readonly Informer<Lease> leases;
    private readonly PodIndexes pods;
    private readonly Dictionary<string, NodeHealth> health = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QuietNode> quiet = new(StringComparer.Ordinal);
    private readonly HashSet<string> retry = new(StringComparer.Ordinal);
    private readonly ZoneEvictions zones;
    private Repeating? monitor;
    private bool running;
    private bool areSomeGone;

    public NodeLifecycleController(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, PodIndexes pods, NodeLifecycleOptions options)
    {
        this.api = api;
        this.clock = clock;
        this.events = events;
        this.options = options;
        this.pods = pods;
        nodes = informers.For<Node>();
        leases = informers.For<Lease>();
        zones = new ZoneEvictions(clock, options, TaintForExecution);
        nodes.Added += TaintForScheduling;
        nodes.Deleted += _ => areSomeGone = true;
        nodes.Updated += (_, node) => TaintForScheduling(node);
    }

    public string Name => "node-lifecycle-controller";

    public void Start()
    {
        running = true;
        areSomeGone = true;
        quiet.Clear();
        monitor = clock.Every(options.MonitorPeriod, Monitor);
    }

    public void Stop()
    {
        running = false;
        monitor?.Cancel();
        zones.Stop();
    }

    private void Monitor()
    {
        if (areSomeGone)
        {
            areSomeGone = false;
            foreach (var gone in health.Keys.Where(name => nodes[new ObjectKey("", name)] is null).ToList())
            {
                health.Remove(gone);
                quiet.Remove(gone);
                retry.Remove(gone);
                zones.Forget(gone);
            }
        }

        var counts = new SortedDictionary<string, (int Ready, int NotReady)>(StringComparer.Ordinal);
        foreach (var node in nodes.Objects.ToList())
        {
            try
            {
                if (!IsQuiet(node, counts))
                {
                    Look(node, counts);
                }
            }
            catch (ApiException)
            {
                // The next look comes soon, and finds the same.
            }
        }

        zones.Judge(counts, nodes.Objects.Select(n => n.Metadata.Name!), Recover);
    }

    /// <summary>
    /// Whether a node is as it was when all was well with it, and speaks: a hundred nodes are looked at every five seconds, and mostly nothing but their leases has moved on.
    /// </summary>
    private bool IsQuiet(Node node, SortedDictionary<string, (int Ready, int NotReady)> counts)
    {
        if (!quiet.TryGetValue(node.Metadata.Name!, out var known) || !ReferenceEquals(known.Node, node))
        {
            return false;
        }

        var lease = leases[known.LeaseKey];
        var last = health[node.Metadata.Name!];
        var now = ReferenceEquals(lease, known.Lease) ? last : NodeHealth.Observe(last, node, lease, clock.Now);
        if (now.IsSilent(options.MonitorGracePeriod, clock.Now))
        {
            return false;
        }

        known.Lease = lease;
        if (!ReferenceEquals(now, last))
        {
            health[node.Metadata.Name!] = now;
        }

        if (known.Zone is { } zone)
        {
            var (ready, notReady) = counts.GetValueOrDefault(zone);
            counts[zone] = (ready + 1, notReady);
        }

        return true;
    }

    private void Look(Node node, SortedDictionary<string, (int Ready, int NotReady)> counts)
    {
        var name = node.Metadata.Name!;
        if (!health.TryGetValue(name, out var last))
        {
            events.Normal(node, "RegisteredNode", $"Node {name} event: Registered Node {name} in Controller");
        }

        var observed = NodeConditions.Ready(node);
        var leaseKey = new ObjectKey(LeaseNamespace, name);
        var lease = leases[leaseKey];
        var now = NodeHealth.Observe(last, node, lease, clock.Now);
        health[name] = now;
        var grace = observed is null ? options.StartupGracePeriod : options.MonitorGracePeriod;
        var current = observed;
        if (now.IsSilent(grace, clock.Now))
        {
            node = WriteUnknown(node);
            current = NodeConditions.Ready(node);
        }

        var zone = node.Metadata.Labels.ContainsKey("node.kubernetes.io/exclude-disruption") ? null : Zones.Of(node);
        if (zone is not null)
        {
            var (ready, notReady) = counts.GetValueOrDefault(zone);
            counts[zone] = current?.Status == "True" ? (ready + 1, notReady) : (ready, notReady + 1);
        }

        if (current is not null)
        {
            // Taints follow what was observed before this look, so a node that has just fallen silent is tainted at the next one.
            zones.Follow(node, NodeTaints.KeyFor(observed?.Status ?? "Unknown"), Recover);
            MarkPods(node, observed, current);
        }

        quiet.Remove(name);
        if (observed?.Status == "True" && current == observed && NodeTaints.ExecutionKey(node) is null)
        {
            quiet.Add(name, new QuietNode(node, leaseKey, zone) { Lease = lease });
        }
    }

    private void MarkPods(Node node, Condition? observed, Condition current)
    {
        var name = node.Metadata.Name!;
        if (current.Status != "True" && observed?.Status == "True")
        {
            events.Normal(node, "NodeNotReady", $"Node {name} status is now: NodeNotReady");
            retry.Add(name);
        }

        if (current.Status != "True" && retry.Contains(name))
        {
            foreach (var pod in pods.ByNode[name].ToList())
            {
                MarkNotReady(pod);
            }
        }

        retry.Remove(name);
    }

    /// <summary>Takes a pod out of service that nobody can ask any more.</summary>
    private void MarkNotReady(Pod cached)
    {
        if (PodState.IsReady(cached) && api.Find<Pod>(cached.Metadata.Namespace!, cached.Metadata.Name!) is { } pod
            && PodState.IsReady(pod))
        {
            var condition = PodState.ReadyCondition(pod)! with { Status = "False", LastTransitionTime = clock.Now };
            api.UpdateStatus(pod with { Status = pod.Status with { Conditions = Conditions.Put(pod.Status.Conditions, condition) } });
            events.Warning(pod, "NodeNotReady", "Node is not ready");
        }
    }

    private Node WriteUnknown(Node cached)
    {
        var conditions = NodeConditions.Unknown(cached, clock.Now);
        if (conditions == cached.Status.Conditions || api.Find<Node>("", cached.Metadata.Name!) is not { } node)
        {
            return cached;
        }

        return api.UpdateStatus(node with { Status = node.Status with { Conditions = NodeConditions.Unknown(node, clock.Now) } });
    }

    private void TaintForScheduling(Node cached)
    {
        if (running && NodeTaints.ForScheduling(cached, clock.Now) != cached.Spec.Taints)
        {
            WriteTaints(cached.Metadata.Name!, node => NodeTaints.ForScheduling(node, clock.Now));
        }
    }

    /// <summary>Drives the pods of a node away, when its turn has come and it still calls for that.</summary>
    private void TaintForExecution(string name)
    {
        if (nodes[new ObjectKey("", name)] is { } node && NodeTaints.KeyFor(NodeConditions.Ready(node)?.Status) is { } key)
        {
            WriteTaints(name, n => NodeTaints.ForExecution(n, key, clock.Now));
        }
    }

    private void Recover(string name, string? key) => WriteTaints(name, node => NodeTaints.ForExecution(node, key, clock.Now));

    private void WriteTaints(string name, Func<Node, ValueList<Taint>> taintsOf)
    {
        try
        {
            if (api.Find<Node>("", name) is { } node && taintsOf(node) is var taints && taints != node.Spec.Taints)
            {
                api.Update(node with { Spec = node.Spec with { Taints = taints } });
            }
        }
        catch (ApiException)
        {
            // The node's next change, or the next look, tries again.
        }
    }

    /// <summary>A ready node that nobody drives away, as it was looked at, and the lease that was seen last.</summary>
    private sealed class QuietNode(Node node, ObjectKey leaseKey, string? zone)
    {
        public Node Node => node;

        public ObjectKey LeaseKey => leaseKey;

        /// <summary>The zone that it counts for; null when it does not count.</summary>
        public string? Zone => zone;

        public Lease? Lease { get; set; }
    }
}

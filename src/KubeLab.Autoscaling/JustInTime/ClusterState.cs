using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Client.Informing;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime;

/// <summary>What is known of the cluster: nodes and pods, pools and claims, what daemon sets bring to every node, and what budgets allow.</summary>
/// <remarks>Upstream: pkg/controllers/state.</remarks>
internal sealed class ClusterState
{
    private readonly VirtualClock clock;
    private readonly Informer<CustomObject> claimInformer;
    private readonly Informer<CustomObject> poolInformer;
    private readonly SortedDictionary<string, NodeClaim> claims = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, NodePool> pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> nominatedUntil = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> podEvents = new(StringComparer.Ordinal);
    private long changes;

    public ClusterState(IKubernetesApi api, VirtualClock clock)
    {
        this.clock = clock;
        Cluster = new WatchedCluster(api, clock);
        DaemonSets = new Informer<DaemonSet>(api, clock, DaemonSet.Resource);
        Budgets = new Informer<PodDisruptionBudget>(api, clock, PodDisruptionBudget.Resource);
        claimInformer = new Informer<CustomObject>(api, clock, KarpenterKinds.NodeClaims);
        poolInformer = new Informer<CustomObject>(api, clock, KarpenterKinds.NodePools);
        claimInformer.Changed += OnClaim;
        poolInformer.Changed += OnPool;
        DaemonSets.Changed += (_, _) => changes++;
        Budgets.Changed += (_, _) => changes++;
        Cluster.Pods.Changed += OnPod;
    }

    /// <summary>A claim is new, other or gone.</summary>
    public event Action<string>? ClaimChanged;

    /// <summary>A pool is new, other or gone.</summary>
    public event Action<string>? PoolChanged;

    public WatchedCluster Cluster { get; }

    public Informer<DaemonSet> DaemonSets { get; }

    public Informer<PodDisruptionBudget> Budgets { get; }

    public IReadOnlyDictionary<string, NodeClaim> Claims => claims;

    public IReadOnlyDictionary<string, NodePool> Pools => pools;

    /// <summary>Claims that are about to be disrupted: their nodes count as gone.</summary>
    public HashSet<string> Marked { get; } = new(StringComparer.Ordinal);

    /// <summary>Grows with everything that may change a decision.</summary>
    public long Version => changes + Cluster.Version;

    public bool HasSynced => Cluster.HasSynced && DaemonSets.HasSynced && Budgets.HasSynced && claimInformer.HasSynced && poolInformer.HasSynced;

    public void Start()
    {
        Cluster.Start();
        DaemonSets.Start();
        Budgets.Start();
        poolInformer.Start();
        claimInformer.Start();
    }

    public void Stop()
    {
        claimInformer.Stop();
        poolInformer.Stop();
        Budgets.Stop();
        DaemonSets.Stop();
        Cluster.Stop();
        claims.Clear();
        pools.Clear();
        nominatedUntil.Clear();
        podEvents.Clear();
        Marked.Clear();
    }

    /// <summary>The node of a claim, once it has joined.</summary>
    public Node? NodeOf(NodeClaim claim) => Cluster.Nodes[new ObjectKey("", claim.Status.NodeName ?? claim.Name)];

    /// <summary>The pods on a node that have not ended.</summary>
    public IEnumerable<Pod> PodsOn(string node) => Cluster.Snapshot.Find(node)?.Pods.Select(p => p.Pod).OrderBy(p => ObjectKey.Of(p)) ?? Enumerable.Empty<Pod>();

    /// <summary>A pod is expected on the node soon, so it is left alone.</summary>
    public void Nominate(string node, TimeSpan span) => nominatedUntil[node] = clock.Now + span;

    public bool IsNominated(string node) => nominatedUntil.TryGetValue(node, out var until) && clock.Now < until;

    /// <summary>When a pod last came to the node or left it.</summary>
    public DateTimeOffset? LastPodEvent(string node) => podEvents.TryGetValue(node, out var at) ? at : null;

    /// <summary>A claim as just written, before the watch tells of it: the next decision counts with it.</summary>
    public void Note(CustomObject written)
    {
        claims[written.Metadata.Name!] = NodeClaim.Of(written);
        changes++;
    }

    private void OnClaim(CustomObject? old, CustomObject? claim)
    {
        changes++;
        var name = (claim ?? old!).Metadata.Name!;
        if (claim is null)
        {
            claims.Remove(name);
            nominatedUntil.Remove(name);
            podEvents.Remove(name);
            Marked.Remove(name);
        }
        else
        {
            claims[name] = NodeClaim.Of(claim);
        }

        ClaimChanged?.Invoke(name);
    }

    private void OnPool(CustomObject? old, CustomObject? pool)
    {
        changes++;
        var name = (pool ?? old!).Metadata.Name!;
        if (pool is null)
        {
            pools.Remove(name);
        }
        else
        {
            pools[name] = NodePool.Of(pool);
        }

        PoolChanged?.Invoke(name);
    }

    private void OnPod(Pod? old, Pod? pod)
    {
        var before = old?.Spec.NodeName ?? "";
        var now = pod?.Spec.NodeName ?? "";
        var begins = old?.Metadata.DeletionTimestamp is null && pod?.Metadata.DeletionTimestamp is not null;
        var node = now.Length > 0 ? now : before;
        if (node.Length > 0 && (before != now || begins) && !PodSorts.IsDaemon(pod ?? old!))
        {
            podEvents[node] = clock.Now;
            ClaimChanged?.Invoke(node);
        }
    }
}

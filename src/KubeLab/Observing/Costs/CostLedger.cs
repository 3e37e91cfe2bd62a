using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Observing.Costs;

/// <summary>Adds up, while time passes, for what and for whom the money of the nodes is spent.</summary>
/// <remarks>
/// Money is spent at rates that change when a node, a pod or what it uses changes; then the node's pods are divided anew, and nothing else is looked at. A checkpoint each quarter of an hour answers questions about
/// the past; between two of them the rates are taken for constant.
/// </remarks>
internal sealed class CostLedger(TimeProvider clock, Func<string, NodeRate?> rateOf)
{
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, CostNode> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectKey, CostPod> pods = [];
    private readonly Dictionary<CostKey, CostAccount> accounts = [];
    private readonly Dictionary<ObjectKey, (int Mounts, CostAccount Hours)> claims = [];
    private readonly List<CostNode> changed = [];
    private readonly List<Checkpoint> checkpoints = [];
    private readonly PodShapes shapes = new();

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A node has come or changed.</summary>
    public void OnNode(Node node)
    {
        var known = Of(node.Metadata.Name!);
        var (capacity, allocatable) = (ResourceVector.From(node.Status.Capacity), ResourceVector.From(node.Status.Allocatable));
        (known.Capacity, known.Allocatable) = (ShapeOf(capacity), ShapeOf(allocatable));
        (known.PodsMax, known.Exists) = (allocatable.Pods, true);
        Change(known);
    }

    /// <summary>A node is gone.</summary>
    public void OnNodeGone(string name)
    {
        var known = Of(name);
        known.Exists = false;
        Change(known);
    }

    /// <summary>A pod waits or holds room on a node; one that has ended is gone.</summary>
    public void OnPod(ObjectKey key, Pod pod, bool isOver, string? node, ResourceVector requests)
    {
        if (isOver)
        {
            OnPodGone(key);
            return;
        }

        if (pods.TryGetValue(key, out var old))
        {
            if (old.Node == node)
            {
                return;
            }

            OnPodGone(key);
        }

        IReadOnlyList<string> mounts = pod.Spec.Volumes.IsEmpty
            ? []
            : [.. pod.Spec.Volumes.Select(v => v.PersistentVolumeClaim?.ClaimName).OfType<string>()];
        var added = new CostPod(key.Namespace, WorkloadNames.Of(pod), ShapeOf(requests), node, mounts);
        pods.Add(key, added);
        Count(added, 1);
        if (node is not null)
        {
            Of(node).Pods[key] = added;
            Of(node).Heard = null;
            Change(Of(node));
            Mount(added, 1);
        }
    }

    /// <summary>A pod is gone, or holds no room any more.</summary>
    public void OnPodGone(ObjectKey key)
    {
        if (!pods.Remove(key, out var pod))
        {
            return;
        }

        Count(pod, -1);
        if (pod.Node is not null)
        {
            Of(pod.Node).Pods.Remove(key);
            Of(pod.Node).Heard = null;
            Change(Of(pod.Node));
            Mount(pod, -1);
        }
    }

    /// <summary>What the pods of a node use now; null when it does not answer.</summary>
    public void OnUsage(string node, NodeUsage? usage)
    {
        if (!nodes.TryGetValue(node, out var known) || IsAsHeard(known.Heard, usage?.Pods))
        {
            return;
        }

        known.Heard = usage?.Pods;
        var seen = 0;
        foreach (var use in usage?.Pods ?? [])
        {
            if (known.Pods.TryGetValue(use.Pod, out var pod))
            {
                seen++;
                Use(known, pod, new PodShape(use.CpuMillis, use.MemoryBytes));
            }
        }

        if (seen < known.Pods.Count)
        {
            var named = (usage?.Pods ?? []).Select(static u => u.Pod).ToHashSet();
            foreach (var (key, pod) in known.Pods)
            {
                if (pod.Usage != default && !named.Contains(key))
                {
                    Use(known, pod, default);
                }
            }
        }
    }

    private static bool IsAsHeard(IReadOnlyList<PodUsage>? before, IReadOnlyList<PodUsage>? now)
    {
        if (before is null || now is null || before.Count != now.Count)
        {
            return false;
        }

        for (var i = 0; i < now.Count; i++)
        {
            if (now[i] != before[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Divides the nodes anew that have changed.</summary>
    public void Flush()
    {
        foreach (var node in changed)
        {
            Divide(node);
        }

        changed.Clear();
        if (checkpoints.Count == 0 || Now - checkpoints[^1].At >= CheckpointEvery)
        {
            checkpoints.Add(new Checkpoint(Now, Snapshot(), Mounted()));
        }
    }

    /// <summary>What had been spent for whom at an instant, and how long each claim had been mounted, in hours.</summary>
    public Checkpoint At(DateTimeOffset at)
    {
        Flush();
        var latest = new Checkpoint(Now, Snapshot(), Mounted());
        if (at >= Now)
        {
            return latest;
        }

        var next = checkpoints.FindIndex(c => c.At > at);
        return next switch
        {
            0 => Checkpoint.Empty(at),
            < 0 => Checkpoint.Between(checkpoints[^1], latest, at),
            _ => Checkpoint.Between(checkpoints[next - 1], checkpoints[next], at),
        };
    }

    private Dictionary<CostKey, double> Snapshot() => accounts.ToDictionary(a => a.Key, a => a.Value.At(Now));

    private Dictionary<ObjectKey, double> Mounted() => claims.ToDictionary(c => c.Key, c => c.Value.Hours.At(Now));

    private void Use(CostNode node, CostPod pod, PodShape usage)
    {
        if (pod.Usage != usage)
        {
            pod.Usage = usage;
            Change(node);
        }
    }

    private void Count(CostPod pod, int sign)
    {
        // The system's own pods are made to fit; what they would fit into is of no use to anybody.
        if (pod.Namespace != CostPod.SystemNamespace && shapes.Count(pod.Shape, sign))
        {
            foreach (var node in nodes.Values)
            {
                Change(node);
            }
        }
    }

    private void Mount(CostPod pod, int sign)
    {
        foreach (var name in pod.Claims)
        {
            var key = new ObjectKey(pod.Namespace, name);
            var claim = claims.TryGetValue(key, out var known) ? known : (Mounts: 0, Hours: new CostAccount());
            var mounts = claim.Mounts + sign;
            claim.Hours.Add(Math.Sign(mounts) - Math.Sign(claim.Mounts), Now);
            claims[key] = claim with { Mounts = mounts };
        }
    }

    private void Divide(CostNode node)
    {
        node.IsChanged = false;
        var before = node.Charges;
        node.Charges = node.Exists && rateOf(node.Name) is { } rate ? ChargesOf(node, rate) : [];
        foreach (var (key, charge) in node.Charges)
        {
            Account(key).Add(charge - before.GetValueOrDefault(key), Now);
            before.Remove(key);
        }

        foreach (var (key, charge) in before)
        {
            Account(key).Add(-charge, Now);
        }
    }

    private Dictionary<CostKey, double> ChargesOf(CostNode node, NodeRate rate)
    {
        var charges = new Dictionary<CostKey, double>();
        if (rate.IsMaster)
        {
            charges.Add(new CostKey(rate.Pool, CostShare.Overhead, Detail: CostCauses.ControlPlane), rate.PerHour);
            return charges;
        }

        var (system, free) = NodeSplit.Of(rate, node.Capacity, node.Allocatable, node.Pods.Values);
        Charge(new CostKey(rate.Pool, CostShare.Overhead, Detail: CostCauses.Reserved), system);
        foreach (var pod in node.Pods.Values)
        {
            if (pod.Namespace == CostPod.SystemNamespace)
            {
                Charge(new CostKey(rate.Pool, CostShare.Overhead, pod.Namespace, pod.Workload, CostCauses.System), pod.Used + pod.Slack);
            }
            else
            {
                Charge(new CostKey(rate.Pool, CostShare.Used, pod.Namespace, pod.Workload), pod.Used);
                Charge(new CostKey(rate.Pool, CostShare.Slack, pod.Namespace, pod.Workload), pod.Slack);
            }
        }

        var missing = shapes.Missing(node.FreeMilliCpu, node.FreeMemory, node.PodsMax - node.Pods.Count);
        Charge(missing is null ? new CostKey(rate.Pool, CostShare.Unallocated) : new CostKey(rate.Pool, CostShare.Fragmentation, Detail: missing), free);
        return charges;

        void Charge(CostKey key, double perHour)
        {
            if (perHour > 0)
            {
                charges[key] = charges.GetValueOrDefault(key) + perHour;
            }
        }
    }

    private CostAccount Account(CostKey key)
    {
        if (!accounts.TryGetValue(key, out var account))
        {
            accounts.Add(key, account = new CostAccount());
            account.Add(0, Now);
        }

        return account;
    }

    private CostNode Of(string name)
    {
        if (!nodes.TryGetValue(name, out var node))
        {
            nodes.Add(name, node = new CostNode(name));
        }

        return node;
    }

    private void Change(CostNode node)
    {
        if (!node.IsChanged)
        {
            node.IsChanged = true;
            changed.Add(node);
        }
    }

    private static PodShape ShapeOf(in ResourceVector vector) => new(vector.MilliCpu, vector.MemoryBytes);
}

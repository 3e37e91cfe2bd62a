using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Scheduling.Configuration;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Simulating;

/// <summary>A <see cref="ClusterSnapshot"/> that follows the server by watching nodes and pods, and counts what changes.</summary>
/// <remarks>Because it follows, nothing is listed again for a loop that has nothing to do; <see cref="Version"/> tells whether anything happened since.</remarks>
public sealed class WatchedCluster
{
    private readonly Dictionary<ObjectKey, Pod> waiting = [];
    private readonly Queue<Action> late = [];
    private readonly Func<Pod, bool> counts;
    private long changes;

    /// <summary>Makes a stopped one.</summary>
    /// <param name="api">The server.</param>
    /// <param name="clock">The time.</param>
    /// <param name="options">The scheduler's configuration; upstream's defaults when null.</param>
    /// <param name="counts">Which pods take room on their nodes; all when null.</param>
    public WatchedCluster(IKubernetesApi api, VirtualClock clock, SchedulerOptions? options = null, Func<Pod, bool>? counts = null)
    {
        this.counts = counts ?? (static _ => true);
        Snapshot = new ClusterSnapshot(api, clock, options);
        Nodes = new Informer<Node>(api, clock, Node.Resource);
        Pods = new Informer<Pod>(api, clock, Pod.Resource, options: new ListOptions { FieldSelector = "status.phase!=Succeeded,status.phase!=Failed" });
        Nodes.Changed += (old, node) => TakeIn(() => OnNode(old, node));
        Pods.Changed += (old, pod) => TakeIn(() => OnPod(old, pod));
    }

    /// <summary>Nodes and pods, to try things out on.</summary>
    public ClusterSnapshot Snapshot { get; }

    /// <summary>The nodes.</summary>
    public Informer<Node> Nodes { get; }

    /// <summary>The pods that have not ended.</summary>
    public Informer<Pod> Pods { get; }

    /// <summary>The pods without a node, in the order in which they came.</summary>
    public IReadOnlyCollection<Pod> Waiting => waiting.Values;

    /// <summary>Grows with everything that can change a decision: pods, nodes but for their heartbeats, objects beside them.</summary>
    public long Version => changes + Snapshot.ObjectsVersion;

    /// <summary>Whether both lists have been read.</summary>
    public bool HasSynced => Nodes.HasSynced && Pods.HasSynced;

    /// <summary>Begins to follow.</summary>
    public void Start()
    {
        Snapshot.Start();
        Nodes.Start();
        Pods.Start();
    }

    /// <summary>Stops and forgets everything, as a process that ends.</summary>
    public void Stop()
    {
        Pods.Stop();
        Nodes.Stop();
        Snapshot.Stop();
        waiting.Clear();
        late.Clear();
        changes++;
    }

    /// <summary>Takes in what came while something was being tried out; call it before trying again.</summary>
    public void CatchUp()
    {
        while (!Snapshot.IsForked && late.TryDequeue(out var news))
        {
            news();
        }
    }

    /// <summary>News that come in the middle of a try wait until it is over.</summary>
    private void TakeIn(Action news)
    {
        late.Enqueue(news);
        CatchUp();
    }

    private void OnNode(Node? old, Node? node)
    {
        if (node is null)
        {
            Snapshot.RemoveNode(old!.Metadata.Name!, withPods: false);
            changes++;
            return;
        }

        Snapshot.AddNode(node);
        if (old is null || old.Metadata.Labels != node.Metadata.Labels || old.Metadata.Annotations != node.Metadata.Annotations || old.Spec != node.Spec
            || old.Status.Allocatable != node.Status.Allocatable || Health(old) != Health(node))
        {
            changes++;
        }
    }

    private void OnPod(Pod? old, Pod? pod)
    {
        changes++;
        var key = ObjectKey.Of(pod ?? old!);
        if (pod is null)
        {
            waiting.Remove(key);
            Snapshot.ForgetPod(key);
        }
        else if (string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            waiting[key] = pod;
        }
        else
        {
            waiting.Remove(key);
            if (counts(pod))
            {
                Snapshot.SetPod(pod);
            }
        }
    }

    /// <summary>A node's conditions without their heartbeats.</summary>
    private static int Health(Node node)
    {
        var hash = default(HashCode);
        foreach (var condition in node.Status.Conditions)
        {
            hash.Add(condition.Type);
            hash.Add(condition.Status);
        }

        return hash.ToHashCode();
    }
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>Deletes the pods of tainted nodes when their patience is over.</summary>
/// <remarks>
/// Patience counts from when the taint is first seen with the pod; a toleration that becomes longer later does not help, the pod goes
/// at the time set first.
/// Upstream: pkg/controller/tainteviction.
/// </remarks>
internal sealed class TaintEvictionController : IManagedController
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMilliseconds(10);
    private static readonly Condition Target = new()
    {
        Type = "DisruptionTarget",
        Status = "True",
        Reason = "DeletionByTaintManager",
        Message = "Taint manager: deleting due to NoExecute taint",
    };

    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly EventRecorder events;
    private readonly Informer<Node> nodes;
    private readonly PodIndexes pods;
    private readonly Dictionary<ObjectKey, Scheduled> scheduled = [];
    private bool running;

    public TaintEvictionController(IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, PodIndexes pods)
    {
        this.api = api;
        this.clock = clock;
        this.events = events;
        this.pods = pods;
        nodes = informers.For<Node>();
        nodes.Added += OnNode;
        nodes.Updated += (old, node) =>
        {
            if (old.Spec.Taints != node.Spec.Taints)
            {
                OnNode(node);
            }
        };
        var all = informers.For<Pod>();
        all.Added += OnPod;
        all.Updated += (old, pod) =>
        {
            if (old.Spec.NodeName != pod.Spec.NodeName || old.Spec.Tolerations != pod.Spec.Tolerations)
            {
                OnPod(pod);
            }
        };
        all.Deleted += pod => Cancel(ObjectKey.Of(pod), null);
    }

    public string Name => "taint-eviction-controller";

    public void Start() => running = true;

    public void Stop()
    {
        running = false;
        foreach (var eviction in scheduled.Values)
        {
            eviction.Cancel();
        }
    }

    private void OnNode(Node node)
    {
        foreach (var pod in pods.ByNode[node.Metadata.Name!].ToList())
        {
            Judge(pod, node);
        }
    }

    private void OnPod(Pod pod)
    {
        if (!string.IsNullOrEmpty(pod.Spec.NodeName) && nodes[new ObjectKey("", pod.Spec.NodeName)] is { } node)
        {
            Judge(pod, node);
        }
    }

    private void Judge(Pod pod, Node node)
    {
        var key = ObjectKey.Of(pod);
        if (!Tolerating.DrivesAway(node) || Tolerating.Patience(node.Spec.Taints, pod.Spec.Tolerations) is not { } patience)
        {
            Cancel(key, pod);
            return;
        }

        if (patience == TimeSpan.Zero)
        {
            Cancel(key, pod);
            EvictAfter(key, pod.Metadata.Uid, TimeSpan.Zero);
        }
        else if (!scheduled.ContainsKey(key))
        {
            EvictAfter(key, pod.Metadata.Uid, patience);
        }
    }

    private void EvictAfter(ObjectKey key, string? uid, TimeSpan delay) => scheduled[key] = clock.After(delay, () => Evict(key, uid));

    private void Cancel(ObjectKey key, Pod? pod)
    {
        if (scheduled.Remove(key, out var eviction))
        {
            eviction.Cancel();
            if (pod is not null)
            {
                events.Normal(pod, "TaintManagerEviction", $"Cancelling deletion of Pod {key}");
            }
        }
    }

    private void Evict(ObjectKey key, string? uid)
    {
        scheduled.Remove(key);
        if (!running)
        {
            return;
        }

        try
        {
            if (api.Find(Pod.Resource, key) is Pod pod && pod.Metadata.Uid == uid)
            {
                events.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {key}");
                var condition = Target with { LastTransitionTime = clock.Now };
                api.UpdateStatus(pod with { Status = pod.Status with { Conditions = Conditions.Put(pod.Status.Conditions, condition) } });
                api.Delete(Pod.Resource, key, new DeleteOptions { Uid = uid });
            }
        }
        catch (ApiException refusal) when (!refusal.IsNotFound)
        {
            EvictAfter(key, uid, RetryPeriod);
        }
        catch (ApiException)
        {
            // It is gone already.
        }
    }
}

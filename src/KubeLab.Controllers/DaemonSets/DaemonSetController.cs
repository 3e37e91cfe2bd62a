using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Controllers.ReplicaSets;
using KubeLab.Simulation;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>Says when the daemon set reconciler has to look: at once when the set changed, soon when a pod or a node did that matters to it.</summary>
internal sealed class DaemonSetController : IManagedController
{
    private readonly Controller controller;
    private readonly DaemonSetReconciler reconciler;
    private readonly Informer<DaemonSet> sets;
    private readonly InformerIndex<DaemonSet> byNamespace;

    public DaemonSetController(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        reconciler = new DaemonSetReconciler(api, clock, events, informers, podsByOwner);
        controller = new Controller(Name, clock, reconciler);
        sets = informers.For<DaemonSet>();
        byNamespace = sets.IndexBy(s => s.Metadata.Namespace);
        sets.Added += s => controller.Enqueue(ObjectKey.Of(s));
        sets.Updated += OnSet;
        sets.Deleted += s =>
        {
            reconciler.Expectations.Forget(ObjectKey.Of(s));
            controller.Enqueue(ObjectKey.Of(s));
        };
        var pods = informers.For<Pod>();
        pods.Added += OnNewPod;
        pods.Updated += OnPod;
        pods.Deleted += OnPodGone;
        var nodes = informers.For<Node>();
        nodes.Added += n => OnNode(null, n);
        nodes.Updated += (old, node) => OnNode(old, node);
        nodes.Deleted += n => OnNode(n, null);
    }

    public string Name => "daemonset-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    private void OnSet(DaemonSet old, DaemonSet set)
    {
        if (old.Metadata.Uid != set.Metadata.Uid)
        {
            reconciler.Expectations.Forget(ObjectKey.Of(set));
        }

        controller.Enqueue(ObjectKey.Of(set));
    }

    private void OnNewPod(Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            OnPodGone(pod);
        }
        else if (OwnerOf(pod) is { } owner)
        {
            reconciler.Expectations.SeeCreation(ObjectKey.Of(owner));
            Soon(owner);
        }
        else
        {
            OfferForAdoption(pod);
        }
    }

    private void OnPod(Pod old, Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null && old.Metadata.DeletionTimestamp is null)
        {
            OnPodGone(pod);
            return;
        }

        if (Ownership.ControllerUidOf(old.Metadata) != Ownership.ControllerUidOf(pod.Metadata) && OwnerOf(old) is { } before)
        {
            Soon(before);
        }

        if (OwnerOf(pod) is { } owner)
        {
            Soon(owner);
        }
        else if (old.Metadata.Labels != pod.Metadata.Labels || old.Metadata.OwnerReferences != pod.Metadata.OwnerReferences)
        {
            OfferForAdoption(pod);
        }
    }

    private void OnPodGone(Pod pod)
    {
        if (OwnerOf(pod) is { } owner)
        {
            reconciler.Expectations.SeeDeletion(ObjectKey.Of(owner), pod.Metadata.Uid ?? "");
            Soon(owner);
        }
    }

    /// <summary>A node matters when it suits a set otherwise than before; most changes of nodes are heartbeats.</summary>
    private void OnNode(Node? old, Node? node)
    {
        if (old is not null && node is not null && old.Metadata.Labels == node.Metadata.Labels && old.Spec.Taints == node.Spec.Taints)
        {
            return;
        }

        foreach (var set in sets.Objects)
        {
            var template = new DaemonTemplate(set);
            var before = old is null ? (false, false) : template.Suits(old);
            var after = node is null ? (false, false) : template.Suits(node);
            if (before != after)
            {
                Soon(set);
            }
        }
    }

    private void OfferForAdoption(Pod pod)
    {
        if (Ownership.ControllerOf(pod.Metadata) is not null)
        {
            return;
        }

        foreach (var set in byNamespace[pod.Metadata.Namespace ?? ""])
        {
            if (Claiming.SelectorOf(set.Spec.Selector).Matches(pod.Metadata.Labels))
            {
                Soon(set);
            }
        }
    }

    private void Soon(DaemonSet set) => controller.EnqueueAfter(ObjectKey.Of(set), ReplicaSetController.BatchPeriod);

    private DaemonSet? OwnerOf(Pod pod) =>
        Ownership.ControllerOf(pod.Metadata) is { Kind: "DaemonSet" } owner
        && sets[new ObjectKey(pod.Metadata.Namespace ?? "", owner.Name)] is { } set && set.Metadata.Uid == owner.Uid
            ? set
            : null;
}

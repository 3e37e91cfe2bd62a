using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Simulation;

namespace KubeLab.Controllers.ReplicaSets;

/// <summary>Says when the replica set reconciler has to look: at once when the set changed, soon when one of its pods did.</summary>
internal sealed class ReplicaSetController : IManagedController
{
    /// <summary>
    /// Changes of pods within this time are answered together: it stands for the time a real round takes, and keeps status writes from
    /// growing with every pod.
    /// </summary>
    public static readonly TimeSpan BatchPeriod = TimeSpan.FromMilliseconds(50);

    private readonly Controller controller;
    private readonly ReplicaSetReconciler reconciler;
    private readonly Informer<ReplicaSet> sets;
    private readonly InformerIndex<ReplicaSet> byNamespace;

    public ReplicaSetController(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        reconciler = new ReplicaSetReconciler(api, clock, events, informers, podsByOwner);
        controller = new Controller(Name, clock, reconciler);
        sets = informers.For<ReplicaSet>();
        byNamespace = sets.IndexBy(s => s.Metadata.Namespace);
        sets.Added += OnNewSet;
        sets.Updated += OnSet;
        sets.Deleted += OnSetGone;
        var pods = informers.For<Pod>();
        pods.Added += OnNewPod;
        pods.Updated += OnPod;
        pods.Deleted += OnPodGone;
    }

    public string Name => "replicaset-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    private void OnNewSet(ReplicaSet set)
    {
        reconciler.ReviewClaims(ObjectKey.Of(set));
        controller.Enqueue(ObjectKey.Of(set));
    }

    private void OnSet(ReplicaSet old, ReplicaSet set)
    {
        var key = ObjectKey.Of(set);
        if (old.Metadata.Uid != set.Metadata.Uid)
        {
            // A set deleted and made again under its name within one list: nothing that was expected of the old one will come.
            reconciler.Expectations.Forget(key);
        }

        if (old.Metadata.Uid != set.Metadata.Uid || old.Spec.Selector != set.Spec.Selector)
        {
            reconciler.ReviewClaims(key);
        }

        controller.Enqueue(key);
    }

    private void OnSetGone(ReplicaSet set)
    {
        reconciler.Expectations.Forget(ObjectKey.Of(set));
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
            var key = ObjectKey.Of(owner);
            reconciler.Expectations.SeeCreation(key);
            controller.EnqueueAfter(key, BatchPeriod);
        }
        else
        {
            OfferForAdoption(pod);
        }
    }

    private void OnPod(Pod old, Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            OnPodGone(pod);
            return;
        }

        var owner = OwnerOf(pod);
        var relabelled = old.Metadata.Labels != pod.Metadata.Labels;
        if (Ownership.ControllerUidOf(old.Metadata) != Ownership.ControllerUidOf(pod.Metadata) && OwnerOf(old) is { } before)
        {
            controller.EnqueueAfter(ObjectKey.Of(before), BatchPeriod);
        }

        if (owner is not null)
        {
            if (relabelled)
            {
                reconciler.ReviewClaims(ObjectKey.Of(owner));
            }

            controller.EnqueueAfter(ObjectKey.Of(owner), BatchPeriod);
        }
        else if (relabelled || old.Metadata.OwnerReferences != pod.Metadata.OwnerReferences)
        {
            OfferForAdoption(pod);
        }
    }

    private void OnPodGone(Pod pod)
    {
        if (OwnerOf(pod) is { } owner)
        {
            reconciler.Expectations.SeeDeletion(ObjectKey.Of(owner), pod.Metadata.Uid ?? "");
            controller.EnqueueAfter(ObjectKey.Of(owner), BatchPeriod);
        }
    }

    /// <summary>A pod that nobody manages is shown to every set whose selector it matches.</summary>
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
                reconciler.ReviewClaims(ObjectKey.Of(set));
                controller.EnqueueAfter(ObjectKey.Of(set), BatchPeriod);
            }
        }
    }

    private ReplicaSet? OwnerOf(Pod pod) =>
        Ownership.ControllerOf(pod.Metadata) is { Kind: "ReplicaSet" } owner
        && sets[new ObjectKey(pod.Metadata.Namespace ?? "", owner.Name)] is { } set
        && set.Metadata.Uid == owner.Uid
            ? set
            : null;
}

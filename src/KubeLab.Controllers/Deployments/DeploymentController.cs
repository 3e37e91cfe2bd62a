using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Deployments;

/// <summary>
/// Says when the deployment reconciler has to look: the deployment changed, one of its replica sets did, or the last old pod is gone.
/// </summary>
internal sealed class DeploymentController : IManagedController
{
    private readonly Controller controller;
    private readonly Informer<Deployment> deployments;
    private readonly Informer<ReplicaSet> sets;
    private readonly InformerIndex<Deployment> byNamespace;
    private readonly InformerIndex<Pod> podsByOwner;

    public DeploymentController(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        this.podsByOwner = podsByOwner;
        controller = new Controller(Name, clock, new DeploymentReconciler(api, clock, events, informers, podsByOwner));
        deployments = informers.For<Deployment>();
        sets = informers.For<ReplicaSet>();
        byNamespace = deployments.IndexBy(d => d.Metadata.Namespace);
        deployments.Added += d => controller.Enqueue(ObjectKey.Of(d));
        deployments.Updated += (_, d) => controller.Enqueue(ObjectKey.Of(d));
        deployments.Deleted += d => controller.Enqueue(ObjectKey.Of(d));
        sets.Added += OnSet;
        sets.Updated += (old, set) =>
        {
            if (Ownership.ControllerUidOf(old.Metadata) != Ownership.ControllerUidOf(set.Metadata))
            {
                OnSet(old);
            }

            OnSet(set);
        };
        sets.Deleted += OnSet;
        informers.For<Pod>().Deleted += OnPodGone;
    }

    public string Name => "deployment-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    private void OnSet(ReplicaSet set)
    {
        if (Ownership.ControllerOf(set.Metadata) is { } owner)
        {
            if (OwnerOf(set.Metadata.Namespace, owner.Kind, owner.Name, owner.Uid) is { } deployment)
            {
                controller.Enqueue(ObjectKey.Of(deployment));
            }

            return;
        }

        foreach (var candidate in byNamespace[set.Metadata.Namespace ?? ""])
        {
            if (Claiming.SelectorOf(candidate.Spec.Selector) is { IsEmpty: false } selector && selector.Matches(set.Metadata.Labels))
            {
                controller.Enqueue(ObjectKey.Of(candidate));
            }
        }
    }

    /// <summary>A deployment that is recreated waits for the last pod of the old template.</summary>
    private void OnPodGone(Pod pod)
    {
        if (Ownership.ControllerOf(pod.Metadata) is not { Kind: "ReplicaSet" } owner
            || podsByOwner.CountOf(owner.Uid) > 0
            || sets[new ObjectKey(pod.Metadata.Namespace ?? "", owner.Name)] is not { } set
            || Ownership.ControllerOf(set.Metadata) is not { } above
            || OwnerOf(pod.Metadata.Namespace, above.Kind, above.Name, above.Uid) is not { } deployment
            || RolloutBounds.IsRolling(deployment))
        {
            return;
        }

        controller.Enqueue(ObjectKey.Of(deployment));
    }

    private Deployment? OwnerOf(string? ns, string kind, string name, string uid) =>
        kind == "Deployment" && deployments[new ObjectKey(ns ?? "", name)] is { } found && found.Metadata.Uid == uid ? found : null;
}

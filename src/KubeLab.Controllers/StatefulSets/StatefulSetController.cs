using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Simulation;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>Says when the stateful set reconciler has to look: the set changed, or one of its pods did.</summary>
internal sealed class StatefulSetController : IManagedController
{
    private readonly Controller controller;
    private readonly Informer<StatefulSet> sets;
    private readonly InformerIndex<StatefulSet> byNamespace;

    public StatefulSetController(
        IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, InformerIndex<Pod> podsByOwner)
    {
        controller = new Controller(Name, clock, new StatefulSetReconciler(api, clock, events, informers, podsByOwner));
        sets = informers.For<StatefulSet>();
        byNamespace = sets.IndexBy(s => s.Metadata.Namespace);
        sets.Added += Enqueue;
        sets.Updated += (_, set) => Enqueue(set);
        sets.Deleted += Enqueue;
        var pods = informers.For<Pod>();
        pods.Added += OnPod;
        pods.Updated += (old, pod) =>
        {
            if (Ownership.ControllerUidOf(old.Metadata) != Ownership.ControllerUidOf(pod.Metadata))
            {
                OnPod(old);
            }

            if (Ownership.ControllerOf(pod.Metadata) is not null || old.Metadata.Labels != pod.Metadata.Labels
                || old.Metadata.OwnerReferences != pod.Metadata.OwnerReferences)
            {
                OnPod(pod);
            }
        };
        pods.Deleted += OnPod;
    }

    public string Name => "statefulset-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    private void Enqueue(StatefulSet set) => controller.Enqueue(ObjectKey.Of(set));

    private void OnPod(Pod pod)
    {
        if (Ownership.ControllerOf(pod.Metadata) is { } owner)
        {
            if (owner.Kind == "StatefulSet" && sets[new ObjectKey(pod.Metadata.Namespace ?? "", owner.Name)] is { } set
                && set.Metadata.Uid == owner.Uid)
            {
                Enqueue(set);
            }

            return;
        }

        foreach (var candidate in byNamespace[pod.Metadata.Namespace ?? ""])
        {
            if (Claiming.SelectorOf(candidate.Spec.Selector).Matches(pod.Metadata.Labels))
            {
                Enqueue(candidate);
            }
        }
    }
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Disruptions;

/// <summary>Shows budgets to the reconciler when they change, and soon after a pod that they guard does; a namespace without budgets costs nothing.</summary>
internal sealed class DisruptionController : IManagedController
{
    /// <summary>Changes of pods within this time are answered together.</summary>
    public static readonly TimeSpan BatchPeriod = TimeSpan.FromMilliseconds(50);

    private readonly Controller controller;
    private readonly Controller stale;
    private readonly InformerIndex<PodDisruptionBudget> byNamespace;

    public DisruptionController(IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers)
    {
        controller = new Controller(Name, clock, new DisruptionReconciler(api, clock, events, informers));
        var pods = informers.For<Pod>();
        stale = new Controller("stale-pod-disruption", clock, new StaleDisruptionReconciler(api, clock, pods));
        var budgets = informers.For<PodDisruptionBudget>();
        byNamespace = budgets.IndexBy(b => b.Metadata.Namespace);
        budgets.Added += b => controller.Enqueue(ObjectKey.Of(b));
        budgets.Updated += (_, b) => controller.Enqueue(ObjectKey.Of(b));
        pods.Changed += OnPod;
    }

    public string Name => "disruption-controller";

    public void Start()
    {
        controller.Start();
        stale.Start();
    }

    public void Stop()
    {
        controller.Stop();
        stale.Stop();
    }

    private void OnPod(Pod? old, Pod? pod)
    {
        if (pod is not null && StaleDisruptionReconciler.IsAnnounced(pod))
        {
            stale.Enqueue(ObjectKey.Of(pod));
        }

        foreach (var budget in byNamespace[(pod ?? old)!.Metadata.Namespace ?? ""])
        {
            var selector = Claiming.SelectorOf(budget.Spec.Selector);
            if ((old is not null && selector.Matches(old.Metadata.Labels)) || (pod is not null && selector.Matches(pod.Metadata.Labels)))
            {
                controller.EnqueueAfter(ObjectKey.Of(budget), BatchPeriod);
            }
        }
    }
}

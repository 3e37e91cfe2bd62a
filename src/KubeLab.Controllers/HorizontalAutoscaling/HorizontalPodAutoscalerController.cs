using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>Shows each autoscaler to the reconciler every 15 s; a new one after the first 15 s, as upstream.</summary>
internal sealed class HorizontalPodAutoscalerController : IManagedController
{
    private readonly Controller controller;
    private readonly Informer<HorizontalPodAutoscaler> autoscalers;
    private readonly HorizontalReconciler reconciler;
    private readonly AutoscalingOptions options;

    public HorizontalPodAutoscalerController(
        IKubernetesApi api,
        VirtualClock clock,
        EventRecorder events,
        InformerFactory informers,
        InformerIndex<Pod> podsByNamespace,
        IMetricsClient metrics,
        Func<IEnumerable<ApiResource>> kinds,
        AutoscalingOptions options)
    {
        this.options = options;
        autoscalers = informers.For<HorizontalPodAutoscaler>();
        reconciler = new HorizontalReconciler(api, clock, events, autoscalers, podsByNamespace, metrics, kinds, options);
        controller = new Controller(Name, clock, reconciler);
        autoscalers.Added += OnAdded;
        autoscalers.Deleted += gone => reconciler.Forget(ObjectKey.Of(gone));
    }

    public string Name => "horizontal-pod-autoscaler-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    private void OnAdded(HorizontalPodAutoscaler autoscaler)
    {
        reconciler.Know(ObjectKey.Of(autoscaler));
        controller.EnqueueAfter(ObjectKey.Of(autoscaler), options.SyncPeriod);
    }
}

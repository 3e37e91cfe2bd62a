using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Quotas;

/// <summary>Says when quotas are to be counted anew: when their bounds change, when something that may be charged to them goes, and every five minutes.</summary>
internal sealed class QuotaController : IManagedController
{
    /// <summary>How often everything is counted.</summary>
    public static readonly TimeSpan ResyncPeriod = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BatchPeriod = TimeSpan.FromMilliseconds(50);

    private readonly VirtualClock clock;
    private readonly Controller controller;
    private readonly Informer<ResourceQuota> quotas;
    private readonly InformerIndex<ResourceQuota> byNamespace;
    private Repeating? resync;

    public QuotaController(IKubernetesApi api, VirtualClock clock, InformerFactory informers, Func<IEnumerable<ApiResource>> resources)
    {
        this.clock = clock;
        controller = new Controller(Name, clock, new QuotaReconciler(api, clock, resources));
        quotas = informers.For<ResourceQuota>();
        byNamespace = quotas.IndexBy(q => q.Metadata.Namespace);
        quotas.Added += q => controller.Enqueue(ObjectKey.Of(q));
        quotas.Updated += OnQuota;
        var pods = informers.For<Pod>();
        pods.Updated += OnPod;
        Follow(pods);
        Follow(informers.For<ResourceQuota>());
        Follow(informers.For<Service>());
        Follow(informers.For<PersistentVolumeClaim>());
        Follow(informers.For<ConfigMap>());
        Follow(informers.For<Secret>());
        Follow(informers.For<ServiceAccount>());
        Follow(informers.For<Deployment>());
        Follow(informers.For<ReplicaSet>());
        Follow(informers.For<StatefulSet>());
        Follow(informers.For<DaemonSet>());
        Follow(informers.For<Job>());
        Follow(informers.For<CronJob>());
        Follow(informers.For<HorizontalPodAutoscaler>());
        Follow(informers.For<PodDisruptionBudget>());
    }

    public string Name => "resourcequota-controller";

    public void Start()
    {
        controller.Start();
        resync = clock.Every(ResyncPeriod, CountAll);
    }

    public void Stop()
    {
        resync?.Cancel();
        controller.Stop();
    }

    private void Follow<T>(Informer<T> informer)
        where T : class, IApiObject<T> => informer.Deleted += obj => GiveBack(obj.Metadata.Namespace ?? "");

    private void OnQuota(ResourceQuota old, ResourceQuota quota)
    {
        // Charges by the server are no reason to count.
        if (old.Spec != quota.Spec)
        {
            controller.Enqueue(ObjectKey.Of(quota));
        }
    }

    private void OnPod(Pod old, Pod pod)
    {
        if (PodState.HasEnded(pod) && !PodState.HasEnded(old))
        {
            GiveBack(pod.Metadata.Namespace ?? "");
        }
    }

    private void GiveBack(string ns)
    {
        foreach (var quota in byNamespace[ns])
        {
            controller.EnqueueAfter(ObjectKey.Of(quota), BatchPeriod);
        }
    }

    private void CountAll()
    {
        foreach (var quota in quotas.Objects)
        {
            controller.Enqueue(ObjectKey.Of(quota));
        }
    }
}

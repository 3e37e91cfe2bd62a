using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Networking;
using KubeLab.Api.Policy;
using KubeLab.Api.Rbac;
using KubeLab.Controllers.HorizontalAutoscaling;
using KubeLab.Controllers.NodeLifecycle;
using KubeLab.Controllers.PodGarbageCollection;
using KubeLab.Controllers.Volumes.Disks;

namespace KubeLab.Controllers;

/// <summary>What an operator may set on a controller manager.</summary>
public sealed record ControllerManagerOptions
{
    /// <summary>Upstream's defaults.</summary>
    public static ControllerManagerOptions Default { get; } = new();

    /// <summary>How patient it is with silent nodes.</summary>
    public NodeLifecycleOptions NodeLifecycle { get; init; } = NodeLifecycleOptions.Default;

    /// <summary>When pods that nobody will finish are removed.</summary>
    public PodGarbageOptions PodGarbage { get; init; } = PodGarbageOptions.Default;

    /// <summary>The addresses of all pods, of which each node gets a /24; null gives nodes none.</summary>
    public string? ClusterCidr { get; init; } = "10.244.0.0/14";

    /// <summary>Who makes disks for claims; null when nobody does.</summary>
    public IDiskProvider? Disks { get; init; }

    /// <summary>How autoscalers behave.</summary>
    public AutoscalingOptions Autoscaling { get; init; } = AutoscalingOptions.Default;

    /// <summary>Measures of one's own by which autoscalers may scale; null when nobody serves any.</summary>
    public ICustomMetrics? CustomMetrics { get; init; }

    /// <summary>Where autoscalers learn what is used; null for the API.</summary>
    public IMetricsClient? Metrics { get; init; }

    /// <summary>The kinds that live in namespaces; asked each time a namespace is emptied, so kinds may be added later.</summary>
    public Func<IEnumerable<ApiResource>> NamespacedResources { get; init; } = () =>
        [
            HorizontalPodAutoscaler.Resource, PodDisruptionBudget.Resource, ResourceQuota.Resource, LimitRange.Resource,
            CronJob.Resource, Job.Resource, StatefulSet.Resource, DaemonSet.Resource, ControllerRevision.Resource, Deployment.Resource, ReplicaSet.Resource, Pod.Resource,
            PersistentVolumeClaim.Resource, ConfigMap.Resource, Secret.Resource, ServiceAccount.Resource, Service.Resource, Lease.Resource, Event.Resource,
            EndpointSlice.Resource, Endpoints.Resource, ReplicationController.Resource, PodTemplate.Resource,
            Ingress.Resource, NetworkPolicy.Resource, RoleBinding.Resource, Role.Resource,
        ];
}

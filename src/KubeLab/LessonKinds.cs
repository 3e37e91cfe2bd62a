using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;

namespace KubeLab;

/// <summary>The kinds of objects that lessons leave behind in a namespace.</summary>
internal static class LessonKinds
{
    /// <summary>Those that make others come first.</summary>
    public static IReadOnlyList<ApiResource> All =>
    [
        CronJob.Resource, Job.Resource, Deployment.Resource, StatefulSet.Resource, DaemonSet.Resource, ReplicaSet.Resource,
        HorizontalPodAutoscaler.Resource, PodDisruptionBudget.Resource, Pod.Resource, Service.Resource, ConfigMap.Resource, PersistentVolumeClaim.Resource,
    ];
}

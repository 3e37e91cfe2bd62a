using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Apps;
using KubeLab.Api.Authentication;
using KubeLab.Api.Authorization;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Events;
using KubeLab.Api.Metrics;
using KubeLab.Api.Networking;
using KubeLab.Api.Nodes;
using KubeLab.Api.Policy;
using KubeLab.Api.Rbac;
using KubeLab.Api.Scheduling;
using KubeLab.Api.Storage;

namespace KubeLab.Client.Http;

/// <summary>Which record models which kind; kinds without one are read as <see cref="CustomObject"/>.</summary>
internal static class RecordTypes
{
    private static readonly Dictionary<(string ApiVersion, string Kind), Type> Known = Table(
        Entry<Namespace>(), Entry<Node>(), Entry<Pod>(), Entry<Service>(), Entry<ConfigMap>(), Entry<Event>(), Entry<EventV1>(), Entry<ComponentStatus>(), Entry<Binding>(), Entry<Eviction>(),
        Entry<Secret>(), Entry<ServiceAccount>(), Entry<PersistentVolume>(), Entry<PersistentVolumeClaim>(), Entry<ResourceQuota>(), Entry<LimitRange>(),
        Entry<Endpoints>(), Entry<PodTemplate>(), Entry<ReplicationController>(), Entry<EndpointSlice>(),
        Entry<Deployment>(), Entry<ReplicaSet>(), Entry<StatefulSet>(), Entry<DaemonSet>(), Entry<ControllerRevision>(), Entry<Job>(), Entry<CronJob>(),
        Entry<Scale>(), Entry<HorizontalPodAutoscaler>(), Entry<HorizontalPodAutoscalerV1>(), Entry<PodDisruptionBudget>(), Entry<PodMetrics>(), Entry<NodeMetrics>(), Entry<PriorityClass>(), Entry<Lease>(), Entry<CustomResourceDefinition>(),
        Entry<Ingress>(), Entry<IngressClass>(), Entry<NetworkPolicy>(), Entry<RuntimeClass>(),
        Entry<StorageClass>(), Entry<CSIDriver>(), Entry<CSINode>(), Entry<VolumeAttachment>(),
        Entry<Role>(), Entry<RoleBinding>(), Entry<ClusterRole>(), Entry<ClusterRoleBinding>(),
        Entry<TokenRequest>(), Entry<TokenReview>(), Entry<SelfSubjectReview>(),
        Entry<SubjectAccessReview>(), Entry<LocalSubjectAccessReview>(), Entry<SelfSubjectAccessReview>(), Entry<SelfSubjectRulesReview>());

    /// <summary>The record of a kind.</summary>
    public static Type Of(string apiVersion, string kind) => Known.GetValueOrDefault((apiVersion, kind), typeof(CustomObject));

    private static (ApiResource Resource, Type Type) Entry<T>()
        where T : class, IApiObject<T> => (T.Resource, typeof(T));

    private static Dictionary<(string ApiVersion, string Kind), Type> Table(params ReadOnlySpan<(ApiResource Resource, Type Type)> entries)
    {
        var table = new Dictionary<(string, string), Type>();
        foreach (var (resource, type) in entries)
        {
            table.Add((resource.ApiVersion, resource.Kind), type);
        }

        return table;
    }
}

using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Scheduling;
using KubeLab.Api.Storage;

namespace KubeLab.Client.Http;

/// <summary>Which record models which kind; kinds without one are read as <see cref="CustomObject"/>.</summary>
internal static class RecordTypes
{
    private static readonly Dictionary<(string ApiVersion, string Kind), Type> Known = Table(
        Entry<Namespace>(), Entry<Node>(), Entry<Pod>(), Entry<Service>(), Entry<ConfigMap>(), Entry<Event>(), Entry<Binding>(),
        Entry<Secret>(), Entry<ServiceAccount>(), Entry<PersistentVolume>(), Entry<PersistentVolumeClaim>(), Entry<ResourceQuota>(), Entry<LimitRange>(),
        Entry<CustomResourceDefinition>(), Entry<Deployment>(), Entry<ReplicaSet>(), Entry<StatefulSet>(), Entry<DaemonSet>(), Entry<Job>(), Entry<CronJob>(), Entry<Lease>(),
        Entry<Scale>(), Entry<HorizontalPodAutoscaler>(), Entry<Eviction>(), Entry<PodDisruptionBudget>(), Entry<PriorityClass>(), Entry<StorageClass>());

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

using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;

namespace KubeLab.Client.Http;

/// <summary>Which record models which kind; kinds without one are read as <see cref="CustomObject"/>.</summary>
internal static class RecordTypes
{
    private static readonly Dictionary<(string ApiVersion, string Kind), Type> Known = Table(
        Entry<Namespace>(), Entry<Node>(), Entry<Pod>(), Entry<Service>(), Entry<ConfigMap>(), Entry<Event>(), Entry<Binding>(),
        Entry<CustomResourceDefinition>(), Entry<Deployment>(), Entry<ReplicaSet>(), Entry<Lease>(), Entry<Scale>(), Entry<Eviction>(),
        Entry<Job>(), Entry<CronJob>(), Entry<PodDisruptionBudget>(), Entry<ResourceQuota>(), Entry<LimitRange>());

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

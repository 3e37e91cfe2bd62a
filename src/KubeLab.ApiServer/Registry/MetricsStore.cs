using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Metrics;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>What nodes and pods use, as a metrics server answers it behind the aggregation layer: for each node or pod that exists and has been measured.</summary>
/// <param name="strategy">Of the metrics.</param>
/// <param name="measured">Of what is measured.</param>
/// <param name="context">The server.</param>
internal sealed class MetricsStore(KindStrategy strategy, KindStrategy measured, RegistryContext context) : ComputedStore(strategy, context)
{
    private readonly Listing listing = new(context);
    private readonly MeasuredRecords records = new();
    private Listed? last;

    /// <inheritdoc/>
    public override IApiObject? Find(ObjectKey key)
    {
        var path = measured.Resource.Namespaced ? $"{measured.Resource.StorePrefix}{key.Namespace}/{key.Name}" : $"{measured.Resource.StorePrefix}{key.Name}";
        return Etcd.Get(path) is { } found ? Measure(measured.FromStore(found.Value)) : null;
    }

    /// <inheritdoc/>
    public override IApiObject Get(ObjectKey key) =>
        Find(key) ?? throw ApiErrors.NotFound(
            // A metrics server names what it has not measured by the kind, and the place.
            ApiResource.Named(Resource.ApiVersion, Resource.Kind.ToLowerInvariant(), Resource.Kind, Resource.Namespaced),
            Resource.Namespaced ? $"{key.Namespace}/{key.Name}" : key.Name);

    /// <inheritdoc/>
    public override ObjectList List(string? ns, ListOptions options)
    {
        RequireServer();
        var all = ListMeasured(ns, options with { Limit = 0, Continue = null });
        var measures = new List<IApiObject>(all.Count);
        foreach (var item in all)
        {
            if (Measure(item) is { } measure)
            {
                measures.Add(measure);
            }
        }

        return new(measures, new ListMeta());
    }

    /// <summary>An autoscaler asks for the same pods every few seconds, and mostly none of them has changed since.</summary>
    private IReadOnlyList<IApiObject> ListMeasured(string? ns, ListOptions options)
    {
        // Who asks for a version asks for more than what is there now.
        if (last is { } known && string.IsNullOrEmpty(options.ResourceVersion) && known.Namespace == ns && known.Options == options)
        {
            Etcd.CatchUp();
            if (known.Version == Context.Hub.FeedOf(measured).Version)
            {
                return known.Items;
            }
        }

        var items = listing.List(measured, ns, options).Items;
        last = Context.Hub.FeedOf(measured).Version is { } version ? new Listed(ns, options, items, version) : null;
        return items;
    }

    private IResourceMetrics RequireServer() => Context.Options.Metrics() ?? throw new ApiException(new Status
    {
        State = "Failure",
        Code = 503,
        Reason = "ServiceUnavailable",
        Message = "the server is currently unable to handle the request",
    });

    private IApiObject? Measure(IApiObject obj) => obj switch
    {
        Pod pod => RequireServer().Pod(ObjectKey.Of(pod)) is { } sample ? Of(pod, sample) : null,
        Node node => RequireServer().Node(node.Metadata.Name!) is { } sample ? Of(node, sample) : null,
        _ => null,
    };

    private PodMetrics Of(Pod pod, PodMeasure sample) => new()
    {
        Metadata = MetadataOf(pod),
        Timestamp = sample.At,
        Window = records.Window(sample.Window),
        Containers = records.Containers(sample.Containers),
    };

    private NodeMetrics Of(Node node, NodeMeasure sample) => new()
    {
        Metadata = MetadataOf(node),
        Timestamp = sample.At,
        Window = records.Window(sample.Window),
        Usage = MeasuredRecords.Usage(sample.CpuNanocores, sample.MemoryBytes),
    };

    private ObjectMeta MetadataOf(IApiObject obj) => new()
    {
        Name = obj.Metadata.Name,
        Namespace = obj.Metadata.Namespace,
        Labels = obj.Metadata.Labels,
        CreationTimestamp = Context.Clock.Now,
    };

    private sealed record Listed(string? Namespace, ListOptions Options, IReadOnlyList<IApiObject> Items, long Version);
}

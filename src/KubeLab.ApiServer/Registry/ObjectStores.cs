using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Core;
using KubeLab.Api.Metrics;
using KubeLab.ApiServer.CustomResources.Definitions;

namespace KubeLab.ApiServer.Registry;

/// <summary>The store of every kind, found by its resource.</summary>
internal sealed class ObjectStores
{
    private readonly Dictionary<ApiResource, ObjectStore> byInstance = new(ReferenceEqualityComparer.Instance);
    private readonly ResourceTable table;
    private readonly RegistryContext context;

    public ObjectStores(ResourceTable table, RegistryContext context)
    {
        this.table = table;
        this.context = context;
        foreach (var kind in table.Kinds)
        {
            byInstance.Add(kind.Resource, StoreFor(kind));
        }
    }

    public IEnumerable<ObjectStore> All => table.Kinds.Select(k => byInstance[k.Resource]);

    /// <summary>The store of <paramref name="resource"/>: by instance, which costs nothing, else by its path.</summary>
    /// <exception cref="Api.Verbs.ApiException">NotFound: no such resource is served.</exception>
    public ObjectStore Of(ApiResource resource)
    {
        if (byInstance.TryGetValue(resource, out var store))
        {
            return store;
        }

        var kind = table.Find(resource.Group, resource.Version, resource.Plural) ?? throw SubresourceErrors.NotFound();
        return byInstance[kind.Resource];
    }

    /// <summary>Makes the store of a kind that has come while the server runs.</summary>
    public void Add(KindStrategy kind) => byInstance.Add(kind.Resource, StoreFor(kind));

    /// <summary>Forgets the store of a kind; what it holds stays.</summary>
    public void Remove(KindStrategy kind) => byInstance.Remove(kind.Resource);

    private ObjectStore StoreFor(KindStrategy kind) => kind.RecordType switch
    {
        var type when type == typeof(Pod) => new PodStore(kind, context),
        var type when type == typeof(Namespace) => new NamespaceStore(kind, context),
        var type when type == typeof(Service) => new ServiceStore(kind, context),
        var type when type == typeof(ComponentStatus) => new ComponentStore(kind, context),
        var type when type == typeof(PodMetrics) => new MetricsStore(kind, table.Find("", "v1", "pods")!, context),
        var type when type == typeof(NodeMetrics) => new MetricsStore(kind, table.Find("", "v1", "nodes")!, context),
        var type when type == typeof(CustomResourceDefinition) => new DefinitionStore(kind, context),
        _ when kind.Resource.Group is "authentication.k8s.io" or "authorization.k8s.io" => new ReviewStore(kind, context),
        _ when kind.Resource.Group == "rbac.authorization.k8s.io" => new RoleStore(kind, context),
        _ => new ObjectStore(kind, context),
    };
}

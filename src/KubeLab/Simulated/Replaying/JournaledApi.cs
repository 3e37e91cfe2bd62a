using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Verbs;

namespace KubeLab.Simulated.Replaying;

/// <summary>The verbs as a notebook calls them on a simulated cluster: what changes something is noted, so that it can be repeated.</summary>
internal sealed class JournaledApi(SimulatedCluster cluster, IKubernetesApi api) : IKubernetesApi
{
    public IApiObject Get(ApiResource resource, ObjectKey key) => Api.Get(resource, key);

    public IApiObject? Find(ApiResource resource, ObjectKey key) => Api.Find(resource, key);

    public ObjectList List(ApiResource resource, string? ns, ListOptions options) => Api.List(resource, ns, options);

    public IApiObject Create(ApiResource resource, IApiObject obj, WriteOptions options) =>
        Cluster.Act(_ => api.Create(resource, obj, options), c => c.Api.Create(resource, obj, Quiet(options)));

    public IApiObject Update(ApiResource resource, IApiObject obj, WriteOptions options) =>
        Cluster.Act(_ => api.Update(resource, obj, options), c => c.Api.Update(resource, obj, Quiet(options)));

    public IApiObject Patch(ApiResource resource, ObjectKey key, PatchBody patch, WriteOptions options)
    {
        // A patch is the one argument that its owner may change afterwards.
        var kept = patch.Body.ToJsonString();
        return Cluster.Act(
            _ => api.Patch(resource, key, patch, options),
            c => c.Api.Patch(resource, key, patch with { Body = JsonNode.Parse(kept)! }, Quiet(options)));
    }

    public IApiObject? Delete(ApiResource resource, ObjectKey key, DeleteOptions options) =>
        Cluster.Act(_ => api.Delete(resource, key, options), c => c.Api.Delete(resource, key, options));

    public void Act(ApiResource resource, ObjectKey key, string subresource, IApiObject body) =>
        Cluster.Act(c => c.Api.Act(resource, key, subresource, body), _ => api.Act(resource, key, subresource, body));

    public IApiObject GetSubresource(ApiResource resource, ObjectKey key, string subresource) => Api.GetSubresource(resource, key, subresource);

    public string Log(ObjectKey pod, LogOptions options) => Api.Log(pod, options);

    public IDisposable Watch(ApiResource resource, string? ns, ListOptions options, IWatchSink sink) => Api.Watch(resource, ns, options, sink);

    /// <summary>The verbs, when the store answers.</summary>
    private IKubernetesApi Api
    {
        get
        {
            cluster.AwaitStore();
            return api;
        }
    }

    /// <summary>The cluster, when its store answers.</summary>
    private SimulatedCluster Cluster
    {
        get
        {
            cluster.AwaitStore();
            return cluster;
        }
    }

    /// <summary>Warnings were told to whoever wrote first.</summary>
    private static WriteOptions Quiet(WriteOptions options) => options.OnWarning is null ? options : options with { OnWarning = null };
}

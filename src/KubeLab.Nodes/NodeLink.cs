using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.Nodes;

/// <summary>The node's way to the API server, which can be cut: then every verb fails and every watch ends.</summary>
internal sealed class NodeLink(IKubernetesApi api) : IKubernetesApi
{
    private readonly List<LinkedWatch> watches = [];

    /// <summary>Whether nothing gets through.</summary>
    public bool IsCut { get; private set; }

    private IKubernetesApi Api => IsCut
        ? throw new ApiException(new Status { State = "Failure", Code = 504, Reason = "Timeout", Message = "dial tcp: i/o timeout" })
        : api;

    /// <summary>Lets nothing through any more.</summary>
    public void Cut()
    {
        IsCut = true;
        foreach (var watch in watches.ToArray())
        {
            watch.Break();
        }

        watches.Clear();
    }

    /// <summary>Lets everything through again.</summary>
    public void Restore() => IsCut = false;

    public IApiObject Get(ApiResource resource, ObjectKey key) => Api.Get(resource, key);

    public IApiObject? Find(ApiResource resource, ObjectKey key) => Api.Find(resource, key);

    public ObjectList List(ApiResource resource, string? ns, ListOptions options) => Api.List(resource, ns, options);

    public IApiObject Create(ApiResource resource, IApiObject obj, WriteOptions options) => Api.Create(resource, obj, options);

    public IApiObject Update(ApiResource resource, IApiObject obj, WriteOptions options) => Api.Update(resource, obj, options);

    public IApiObject Patch(ApiResource resource, ObjectKey key, PatchBody patch, WriteOptions options) => Api.Patch(resource, key, patch, options);

    public IApiObject? Delete(ApiResource resource, ObjectKey key, DeleteOptions options) => Api.Delete(resource, key, options);

    public void Act(ApiResource resource, ObjectKey key, string subresource, IApiObject body) => Api.Act(resource, key, subresource, body);

    public IApiObject GetSubresource(ApiResource resource, ObjectKey key, string subresource) => Api.GetSubresource(resource, key, subresource);

    public string Log(ObjectKey pod, LogOptions options) => Api.Log(pod, options);

    public IDisposable Watch(ApiResource resource, string? ns, ListOptions options, IWatchSink sink)
    {
        var watch = new LinkedWatch(this, sink);
        watch.Inner = Api.Watch(resource, ns, options, watch);
        watches.Add(watch);
        return watch;
    }

    private sealed class LinkedWatch(NodeLink link, IWatchSink sink) : IWatchSink, IDisposable
    {
        private bool over;

        public IDisposable? Inner { get; set; }

        public void OnEvent(in WatchEvent change)
        {
            if (!over)
            {
                sink.OnEvent(change);
            }
        }

        public void OnEnd(Status? error)
        {
            if (!over)
            {
                over = true;
                link.watches.Remove(this);
                sink.OnEnd(error);
            }
        }

        public void Break()
        {
            over = true;
            Inner?.Dispose();
            sink.OnEnd(null);
        }

        public void Dispose()
        {
            over = true;
            link.watches.Remove(this);
            Inner?.Dispose();
        }
    }
}

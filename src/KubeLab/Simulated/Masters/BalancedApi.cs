using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.Simulated.Masters;

/// <summary>The verbs through the balancer: each goes to the server that the client is connected with, and to another one when that is gone; its watches end with the connection.</summary>
internal sealed class BalancedApi(Balancer balancer, string user, string? from) : IKubernetesApi, IDisposable
{
    private readonly List<BalancedWatch> watches = [];
    private Backend? backend;
    private IKubernetesApi? connection;

    /// <summary>The machine of the server it is connected with; null when there is none.</summary>
    public string? Machine => backend?.Machine;

    public IApiObject Get(ApiResource resource, ObjectKey key) => Api("Get", resource, key).Get(resource, key);

    public IApiObject? Find(ApiResource resource, ObjectKey key) => Api("Get", resource, key).Find(resource, key);

    public ObjectList List(ApiResource resource, string? ns, ListOptions options) => Api("Get", resource, new ObjectKey(ns ?? "", "")).List(resource, ns, options);

    public IApiObject Create(ApiResource resource, IApiObject obj, WriteOptions options) =>
        Api("Post", resource, new ObjectKey(obj.Metadata.Namespace ?? "", "")).Create(resource, obj, options);

    public IApiObject Update(ApiResource resource, IApiObject obj, WriteOptions options) => Api("Put", resource, ObjectKey.Of(obj)).Update(resource, obj, options);

    public IApiObject Patch(ApiResource resource, ObjectKey key, PatchBody patch, WriteOptions options) => Api("Patch", resource, key).Patch(resource, key, patch, options);

    public IApiObject? Delete(ApiResource resource, ObjectKey key, DeleteOptions options) => Api("Delete", resource, key).Delete(resource, key, options);

    public void Act(ApiResource resource, ObjectKey key, string subresource, IApiObject body) => Api("Post", resource, key, subresource).Act(resource, key, subresource, body);

    public IApiObject GetSubresource(ApiResource resource, ObjectKey key, string subresource) => Api("Get", resource, key, subresource).GetSubresource(resource, key, subresource);

    public string Log(ObjectKey pod, LogOptions options) => Api("Get", KubeLab.Api.Core.Pod.Resource, pod, "log").Log(pod, options);

    public IDisposable Watch(ApiResource resource, string? ns, ListOptions options, IWatchSink sink)
    {
        var api = Api("Get", resource, new ObjectKey(ns ?? "", ""));
        var watch = new BalancedWatch(this, backend!, sink, isOnlooker: !balancer.Clock.IsInside);
        watch.Inner = api.Watch(resource, ns, options, watch);
        watches.Add(watch);
        return watch;
    }

    /// <summary>Ends what a server that is out of reach would have told.</summary>
    public void Recheck()
    {
        foreach (var watch in watches.Where(w => !balancer.IsGood(w.Backend, from)).ToList())
        {
            watch.Break();
        }
    }

    /// <summary>The client is no more.</summary>
    public void Dispose() => balancer.Forget(this);

    private IKubernetesApi Api(string verb, ApiResource resource, ObjectKey key, string? subresource = null)
    {
        // Who is outside is not bound to a server: what he reads must not decide where his next write goes.
        if (from is not null && backend is { } known && balancer.IsGood(known, from))
        {
            return connection!;
        }

        var chosen = balancer.Choose(from)
            ?? throw balancer.Refusal(from, verb, resource.Path(key.Namespace, key.Name.Length == 0 ? null : key.Name, subresource));
        if (chosen != backend)
        {
            (backend, connection) = (chosen, chosen.Server.ConnectAs(user));
        }

        return connection!;
    }

    private sealed class BalancedWatch(BalancedApi client, Backend backend, IWatchSink sink, bool isOnlooker) : IWatchSink, IDisposable
    {
        private bool over;

        public Backend Backend => backend;

        public IDisposable? Inner { get; set; }

        public bool TakesBookmark => sink.TakesBookmark;

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
                End();
                sink.OnEnd(error);
            }
        }

        public void Break()
        {
            End();
            Inner?.Dispose();
            if (isOnlooker)
            {
                client.Clock.AfterForOnlooker(() => sink.OnEnd(null));
            }
            else
            {
                client.Clock.After(TimeSpan.Zero, () => sink.OnEnd(null));
            }
        }

        public void Dispose()
        {
            End();
            Inner?.Dispose();
        }

        private void End()
        {
            over = true;
            client.watches.Remove(this);
        }
    }

    private Simulation.VirtualClock Clock => balancer.Clock;
}

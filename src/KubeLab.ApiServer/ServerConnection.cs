using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Registry;
using KubeLab.Etcd;

namespace KubeLab.ApiServer;

/// <summary>The verbs on objects, as one user: the path that everything inside the simulation takes, and that the HTTP front ends in.</summary>
public sealed class ServerConnection : IKubernetesApi
{
    private const int PatchAttempts = 5;
    private readonly ApiServer server;

    private readonly bool isAuthorized;

    internal ServerConnection(ApiServer server, UserInfo identity, bool isAuthorized)
    {
        this.server = server;
        this.isAuthorized = isAuthorized;
        Identity = identity;
    }

    /// <summary>Who speaks, by name.</summary>
    public string User => Identity.Username ?? "";

    /// <summary>Who speaks, with groups.</summary>
    public UserInfo Identity { get; }

    /// <inheritdoc/>
    public IApiObject Get(ApiResource resource, ObjectKey key)
    {
        server.RequireUp("Get", resource, key);
        try
        {
            return server.Stores.Of(resource).Get(key);
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <inheritdoc/>
    public IApiObject? Find(ApiResource resource, ObjectKey key)
    {
        server.RequireUp("Get", resource, key);
        try
        {
            return server.Stores.Of(resource).Find(key);
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <inheritdoc/>
    public ObjectList List(ApiResource resource, string? ns, ListOptions options)
    {
        server.RequireUp("Get", resource, new ObjectKey(ns ?? "", ""));
        try
        {
            var store = server.Stores.Of(resource);
            return store is ComputedStore computed ? computed.List(ns, options) : server.Listing.List(store.Strategy, ns, options);
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <inheritdoc/>
    public IApiObject Create(ApiResource resource, IApiObject obj, WriteOptions options)
    {
        server.RequireUp("Post", resource, new ObjectKey(obj.Metadata.Namespace ?? "", ""));
        try
        {
            return server.Stores.Of(resource).Create(obj, new WriteRequest(Identity, options, isAuthorized));
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <inheritdoc/>
    public IApiObject Update(ApiResource resource, IApiObject obj, WriteOptions options)
    {
        server.RequireUp("Put", resource, ObjectKey.Of(obj));
        try
        {
            return Write(server.Stores.Of(resource), obj, new WriteRequest(Identity, options, isAuthorized));
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <inheritdoc/>
    public IApiObject Patch(ApiResource resource, ObjectKey key, PatchBody patch, WriteOptions options)
    {
        server.RequireUp("Patch", resource, key);
        try
        {
            return Patch(server.Stores.Of(resource), key, patch, new WriteRequest(Identity, options, isAuthorized));
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <inheritdoc/>
    public IApiObject? Delete(ApiResource resource, ObjectKey key, DeleteOptions options)
    {
        server.RequireUp("Delete", resource, key);
        try
        {
            return server.Stores.Of(resource).Delete(key, options);
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <summary>Deletes everything in <paramref name="ns"/> that <paramref name="selection"/> selects; returns what was there.</summary>
    /// <exception cref="ApiException">BadRequest for a selector that cannot be read.</exception>
    public ObjectList DeleteCollection(ApiResource resource, string? ns, ListOptions selection, DeleteOptions options)
    {
        var list = List(resource, ns, selection);
        foreach (var item in list.Items)
        {
            try
            {
                Delete(resource, ObjectKey.Of(item), options);
            }
            catch (ApiException e) when (e.IsNotFound)
            {
                // It went because something before it in the list did.
            }
        }

        return list;
    }

    /// <inheritdoc/>
    public void Act(ApiResource resource, ObjectKey key, string subresource, IApiObject body) =>
        Act(resource, key, subresource, body, dryRun: false);

    internal void Act(ApiResource resource, ObjectKey key, string subresource, IApiObject body, bool dryRun)
    {
        server.RequireUp("Post", resource, key, subresource);
        try
        {
            switch (server.Stores.Of(resource), subresource, body)
            {
                case (PodStore pods, "binding", Binding binding):
                    pods.Bind(key, binding, dryRun);
                    break;
                case (PodStore pods, "eviction", Eviction eviction):
                    pods.Evict(key, eviction, dryRun);
                    break;
                default:
                    throw SubresourceErrors.NotFound();
            }
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <summary>Makes a token of a service account.</summary>
    /// <exception cref="ApiException">NotFound, Invalid, and what is wrong with the object that the token is to be bound to.</exception>
    public TokenRequest RequestToken(ObjectKey account, TokenRequest request)
    {
        server.RequireUp("Post", ServiceAccount.Resource, account, "token");
        try
        {
            return server.TokenRequests.Answer((ServiceAccount)server.Stores.Of(ServiceAccount.Resource).Get(account), request);
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <inheritdoc/>
    public IApiObject GetSubresource(ApiResource resource, ObjectKey key, string subresource)
    {
        server.RequireUp("Get", resource, key, subresource);
        try
        {
            var store = server.Stores.Of(resource);
            return subresource switch
            {
                "status" when resource.Subresources.Exists(s => s == "status") => store.Get(key),
                "scale" => Scaling.Read(store, store.Get(key)),
                _ => throw SubresourceErrors.NotFound(),
            };
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <inheritdoc/>
    public string Log(ObjectKey pod, LogOptions options)
    {
        server.RequireUp("Get", Pod.Resource, pod, "log");
        try
        {
            return server.Logs.Read((Pod)server.Stores.Of(Pod.Resource).Get(pod), options);
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    /// <summary>Follows a container's log until the container ends; null while no node has the pod.</summary>
    /// <exception cref="ApiException">NotFound, BadRequest (which container; not started yet), Invalid.</exception>
    public ContainerStream? FollowLog(ObjectKey pod, LogOptions options) => server.Logs.Follow(Read(pod, "log"), options);

    /// <summary>Runs a command in a container.</summary>
    /// <exception cref="ApiException">NotFound, BadRequest (which container; no node), InternalError (the node does not answer).</exception>
    public ContainerStream Exec(ObjectKey pod, ProcessOptions options) => server.Connections.Exec(Read(pod, "exec"), options);

    /// <summary>Joins the process of a container.</summary>
    /// <exception cref="ApiException">NotFound, BadRequest (which container; no node), InternalError (the node does not answer).</exception>
    public ContainerStream Attach(ObjectKey pod, ProcessOptions options) => server.Connections.Attach(Read(pod, "attach"), options);

    /// <summary>The ports of a pod.</summary>
    /// <exception cref="ApiException">NotFound, BadRequest (no node), InternalError (the node does not answer).</exception>
    public PodPorts Ports(ObjectKey pod) => server.Connections.Ports(Read(pod, "portforward"));

    /// <inheritdoc/>
    public IDisposable Watch(ApiResource resource, string? ns, ListOptions options, IWatchSink sink) => Watch(resource, ns, options, sink, 0);

    /// <summary>A watch whose reader may be slow: when more than <paramref name="queueMax"/> events wait for it, it ends with Expired (410).</summary>
    /// <exception cref="ApiException">BadRequest for a selector that cannot be read.</exception>
    public IDisposable Watch(ApiResource resource, string? ns, ListOptions options, IWatchSink sink, int queueMax)
    {
        server.RequireUp("Get", resource, new ObjectKey(ns ?? "", ""));
        try
        {
            return server.Hub.Watch(server.Stores.Of(resource).Strategy, ns, options, sink, queueMax);
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    private Pod Read(ObjectKey pod, string subresource)
    {
        server.RequireUp("Get", Pod.Resource, pod, subresource);
        try
        {
            return (Pod)server.Stores.Of(Pod.Resource).Get(pod);
        }
        catch (EtcdException e)
        {
            throw Refusal(e);
        }
    }

    private static IApiObject Write(ObjectStore store, IApiObject obj, in WriteRequest request) => (request.Options.Subresource, store, obj) switch
    {
        (null, _, _) => store.Update(obj, request),
        ("status", _, _) when store.Resource.Subresources.Exists(static s => s == "status") => store.UpdateStatus(obj, request),
        ("scale", _, Scale scale) => Scaling.Set(store, scale, request),
        ("finalize", NamespaceStore, Namespace ns) when request.DryRun => ns,
        ("finalize", NamespaceStore namespaces, Namespace ns) => namespaces.Finalize(ns),
        _ => throw SubresourceErrors.NotFound(),
    };

    /// <summary>Applies the patch again when somebody else was faster, unless the patch itself names a version.</summary>
    private static IApiObject Patch(ObjectStore store, ObjectKey key, PatchBody patch, in WriteRequest request)
    {
        if (patch.Type == PatchType.Apply && request.Options.Subresource is (null or "status"))
        {
            return Apply(store, key, patch, request);
        }

        for (var attempt = 1; ; attempt++)
        {
            var current = store.Get(key);
            var before = request.Options.Subresource == "scale" ? Scaling.Of(store, current) : current;
            var after = Patching.Apply(store.Strategy, before, patch, request.Options);
            try
            {
                return Write(store, after, request);
            }
            catch (ApiException e) when (e.IsConflict && attempt < PatchAttempts && after.Metadata.ResourceVersion == before.Metadata.ResourceVersion)
            {
            }
        }
    }

    /// <summary>Applies again when somebody else was faster, unless the configuration itself names a version.</summary>
    private static IApiObject Apply(ObjectStore store, ObjectKey key, PatchBody patch, in WriteRequest request)
    {
        var namesVersion = patch.Body is JsonObject { } body && body["metadata"] is JsonObject metadata && metadata["resourceVersion"] is not null;
        for (var attempt = 1; ; attempt++)
        {
            var version = store.Find(key)?.Metadata.ResourceVersion;
            try
            {
                return store.Apply(key, patch, request);
            }
            catch (ApiException e) when (e.IsConflict && !namesVersion && attempt < PatchAttempts && store.Find(key)?.Metadata.ResourceVersion != version)
            {
            }
        }
    }

    // Upstream passes the store's text on as it is, with code 500 and no reason.
    private static ApiException Refusal(EtcdException e) => new(new() { State = "Failure", Code = 500, Message = e.Message });
}

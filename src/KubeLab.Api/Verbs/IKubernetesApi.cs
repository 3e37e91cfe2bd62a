namespace KubeLab.Api.Verbs;

/// <summary>The verbs of the Kubernetes API, on objects: what every controller, kubelet, notebook and command speaks.</summary>
/// <remarks>
/// In a simulated cluster a call reaches the API server directly, without JSON; on a real one it is an HTTP request. Either way it has finished
/// when it returns. Whatever the server refuses is an <see cref="ApiException"/> that carries upstream's <see cref="Meta.Status"/>.
/// The typed forms are in <see cref="TypedVerbs"/>.
/// </remarks>
public interface IKubernetesApi
{
    /// <summary>Reads one object.</summary>
    /// <exception cref="ApiException">NotFound.</exception>
    IApiObject Get(ApiResource resource, ObjectKey key);

    /// <summary>Reads one object; null when there is none.</summary>
    IApiObject? Find(ApiResource resource, ObjectKey key);

    /// <summary>Reads the objects of <paramref name="ns"/> (all namespaces when null) that <paramref name="options"/> select, in order of their keys.</summary>
    /// <exception cref="ApiException">BadRequest for a selector that cannot be read; Expired for a continue token that is too old.</exception>
    ObjectList List(ApiResource resource, string? ns, ListOptions options);

    /// <summary>Stores a new object and returns it as stored; its namespace is in its metadata.</summary>
    /// <exception cref="ApiException">AlreadyExists, Invalid, NotFound (the namespace), Forbidden.</exception>
    IApiObject Create(ApiResource resource, IApiObject obj, WriteOptions options);

    /// <summary>Replaces an object, or one subresource of it (<c>status</c>, <c>scale</c>), and returns it as stored.</summary>
    /// <remarks>With a resourceVersion in its metadata it replaces that version only; without one, whatever is there. A write that changes nothing keeps the resourceVersion.</remarks>
    /// <exception cref="ApiException">NotFound, Conflict, Invalid.</exception>
    IApiObject Update(ApiResource resource, IApiObject obj, WriteOptions options);

    /// <summary>Changes a part of an object, or of a subresource.</summary>
    /// <exception cref="ApiException">NotFound, Conflict, Invalid, BadRequest.</exception>
    IApiObject Patch(ApiResource resource, ObjectKey key, PatchBody patch, WriteOptions options);

    /// <summary>Deletes an object; returns it when it only begins to go (grace period, finalizers), null when it is gone.</summary>
    /// <exception cref="ApiException">NotFound, Conflict (preconditions).</exception>
    IApiObject? Delete(ApiResource resource, ObjectKey key, DeleteOptions options);

    /// <summary>Calls an action subresource: <c>binding</c>, <c>eviction</c>.</summary>
    /// <exception cref="ApiException">NotFound, Conflict, TooManyRequests (a budget).</exception>
    void Act(ApiResource resource, ObjectKey key, string subresource, IApiObject body);

    /// <summary>Reads a subresource that is an object of its own: <c>scale</c>.</summary>
    /// <exception cref="ApiException">NotFound.</exception>
    IApiObject GetSubresource(ApiResource resource, ObjectKey key, string subresource);

    /// <summary>Reads a container's log.</summary>
    /// <exception cref="ApiException">NotFound, BadRequest (which container; not started yet).</exception>
    string Log(ObjectKey pod, LogOptions options);

    /// <summary>Tells <paramref name="sink"/> of every later change, in order, each once, until the returned handle is disposed.</summary>
    /// <remarks>
    /// With a resourceVersion in <paramref name="options"/> the changes after it; without one (or "0") first an ADDED for everything that exists.
    /// The sink is called in events of its own, never inside this call. A version that is compacted away ends the watch with Expired (410).
    /// </remarks>
    IDisposable Watch(ApiResource resource, string? ns, ListOptions options, IWatchSink sink);
}

using KubeLab.Api.Core;

namespace KubeLab.Api.Verbs;

/// <summary>The verbs by type instead of by resource.</summary>
public static class TypedVerbs
{
    /// <summary>Reads one object.</summary>
    /// <exception cref="ApiException">NotFound.</exception>
    public static T Get<T>(this IKubernetesApi api, string ns, string name)
        where T : class, IApiObject<T> => (T)api.Get(T.Resource, new ObjectKey(ns, name));

    /// <summary>Reads one object; null when there is none.</summary>
    public static T? Find<T>(this IKubernetesApi api, string ns, string name)
        where T : class, IApiObject<T> => (T?)api.Find(T.Resource, new ObjectKey(ns, name));

    /// <summary>Reads the objects of <paramref name="ns"/> (all namespaces when null).</summary>
    public static IReadOnlyList<T> List<T>(this IKubernetesApi api, string? ns = null, ListOptions? options = null)
        where T : class, IApiObject<T> => [.. api.List(T.Resource, ns, options ?? ListOptions.All).Items.Cast<T>()];

    /// <summary>Stores a new object and returns it as stored.</summary>
    public static T Create<T>(this IKubernetesApi api, T obj, WriteOptions? options = null)
        where T : class, IApiObject<T> => (T)api.Create(T.Resource, obj, options ?? WriteOptions.Default);

    /// <summary>Replaces an object and returns it as stored.</summary>
    public static T Update<T>(this IKubernetesApi api, T obj, WriteOptions? options = null)
        where T : class, IApiObject<T> => (T)api.Update(T.Resource, obj, options ?? WriteOptions.Default);

    /// <summary>Replaces an object's status and returns it as stored.</summary>
    public static T UpdateStatus<T>(this IKubernetesApi api, T obj)
        where T : class, IApiObject<T> => (T)api.Update(T.Resource, obj, WriteOptions.Status);

    /// <summary>Changes a part of an object.</summary>
    public static T Patch<T>(this IKubernetesApi api, string ns, string name, PatchBody patch, WriteOptions? options = null)
        where T : class, IApiObject<T> => (T)api.Patch(T.Resource, new ObjectKey(ns, name), patch, options ?? WriteOptions.Default);

    /// <summary>Deletes an object; returns it when it only begins to go, null when it is gone.</summary>
    public static T? Delete<T>(this IKubernetesApi api, string ns, string name, DeleteOptions? options = null)
        where T : class, IApiObject<T> => (T?)api.Delete(T.Resource, new ObjectKey(ns, name), options ?? DeleteOptions.Default);

    /// <summary>Binds a pod to a node, as the scheduler does.</summary>
    public static void Bind(this IKubernetesApi api, Pod pod, string node) => api.Act(
        Pod.Resource,
        ObjectKey.Of(pod),
        "binding",
        new Binding
        {
            Metadata = new() { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace, Uid = pod.Metadata.Uid },
            Target = new() { Kind = "Node", Name = node },
        });
}

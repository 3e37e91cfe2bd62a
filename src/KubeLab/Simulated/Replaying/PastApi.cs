using KubeLab.Api;
using KubeLab.Api.Verbs;

namespace KubeLab.Simulated.Replaying;

/// <summary>The verbs on a moment of the past: those that read.</summary>
internal sealed class PastApi(IKubernetesApi api) : IKubernetesApi
{
    public IApiObject Get(ApiResource resource, ObjectKey key) => api.Get(resource, key);

    public IApiObject? Find(ApiResource resource, ObjectKey key) => api.Find(resource, key);

    public ObjectList List(ApiResource resource, string? ns, ListOptions options) => api.List(resource, ns, options);

    public IApiObject GetSubresource(ApiResource resource, ObjectKey key, string subresource) => api.GetSubresource(resource, key, subresource);

    public string Log(ObjectKey pod, LogOptions options) => api.Log(pod, options);

    public IDisposable Watch(ApiResource resource, string? ns, ListOptions options, IWatchSink sink) => api.Watch(resource, ns, options, sink);

    public IApiObject Create(ApiResource resource, IApiObject obj, WriteOptions options) => throw new ApiException(Past.Refusal);

    public IApiObject Update(ApiResource resource, IApiObject obj, WriteOptions options) => throw new ApiException(Past.Refusal);

    public IApiObject Patch(ApiResource resource, ObjectKey key, PatchBody patch, WriteOptions options) => throw new ApiException(Past.Refusal);

    public IApiObject? Delete(ApiResource resource, ObjectKey key, DeleteOptions options) => throw new ApiException(Past.Refusal);

    public void Act(ApiResource resource, ObjectKey key, string subresource, IApiObject body) => throw new ApiException(Past.Refusal);
}

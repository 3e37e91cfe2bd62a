using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Tests.Controllers;

/// <summary>The real server behind a network on which what watches tell is late, by a different time each, in order.</summary>
internal sealed class LaggingApi(IKubernetesApi api, VirtualClock clock, Randomness chance, TimeSpan lagMax) : IKubernetesApi
{
    public IApiObject Get(ApiResource resource, ObjectKey key) => api.Get(resource, key);

    public IApiObject? Find(ApiResource resource, ObjectKey key) => api.Find(resource, key);

    public ObjectList List(ApiResource resource, string? ns, ListOptions options) => api.List(resource, ns, options);

    public IApiObject Create(ApiResource resource, IApiObject obj, WriteOptions options) => api.Create(resource, obj, options);

    public IApiObject Update(ApiResource resource, IApiObject obj, WriteOptions options) => api.Update(resource, obj, options);

    public IApiObject Patch(ApiResource resource, ObjectKey key, PatchBody patch, WriteOptions options) => api.Patch(resource, key, patch, options);

    public IApiObject? Delete(ApiResource resource, ObjectKey key, DeleteOptions options) => api.Delete(resource, key, options);

    public void Act(ApiResource resource, ObjectKey key, string subresource, IApiObject body) => api.Act(resource, key, subresource, body);

    public IApiObject GetSubresource(ApiResource resource, ObjectKey key, string subresource) => api.GetSubresource(resource, key, subresource);

    public string Log(ObjectKey pod, LogOptions options) => api.Log(pod, options);

    public IDisposable Watch(ApiResource resource, string? ns, ListOptions options, IWatchSink sink)
    {
        var late = new LateSink(sink, clock, chance, lagMax);
        late.Watch = api.Watch(resource, ns, options, late);
        return late;
    }

    private sealed class LateSink(IWatchSink sink, VirtualClock clock, Randomness chance, TimeSpan lagMax) : IWatchSink, IDisposable
    {
        private DateTimeOffset last;
        private bool isOver;

        public IDisposable? Watch { get; set; }

        public void OnEvent(in WatchEvent change)
        {
            var told = change;
            Later(() => sink.OnEvent(told));
        }

        public void OnEnd(Status? error) => Later(() => sink.OnEnd(error));

        public void Dispose()
        {
            isOver = true;
            Watch?.Dispose();
        }

        private void Later(Action tell)
        {
            var due = clock.Now + TimeSpan.FromMilliseconds(chance.NextInt((int)lagMax.TotalMilliseconds + 1));
            last = due > last ? due : last;
            clock.At(last, () =>
            {
                if (!isOver)
                {
                    tell();
                }
            });
        }
    }
}

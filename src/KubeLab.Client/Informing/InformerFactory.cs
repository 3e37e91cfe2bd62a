using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Client.Informing;

/// <summary>One informer per kind, shared by all who run in one process, such as the controllers of a controller manager.</summary>
/// <seealso href="https://pkg.go.dev/k8s.io/client-go/informers">client-go/informers</seealso>
public sealed class InformerFactory(IKubernetesApi api, VirtualClock clock)
{
    private readonly Dictionary<Type, object> informers = [];
    private readonly List<(Action Start, Action Stop, Func<bool> Synced)> all = [];

    /// <summary>Whether all of them have read their first list.</summary>
    public bool HasSynced => all.TrueForAll(i => i.Synced());

    /// <summary>The informer of <typeparamref name="T"/> in all namespaces.</summary>
    public Informer<T> For<T>()
        where T : class, IApiObject<T>
    {
        if (informers.TryGetValue(typeof(T), out var known))
        {
            return (Informer<T>)known;
        }

        var informer = new Informer<T>(api, clock, T.Resource);
        informers.Add(typeof(T), informer);
        all.Add((informer.Start, informer.Stop, () => informer.HasSynced));
        return informer;
    }

    /// <summary>
    /// A new informer of a kind that no record models, in all namespaces. Such kinds come and go, so it is its asker's own to start and to stop.
    /// </summary>
    public Informer<CustomObject> ForCustom(ApiResource resource) => new(api, clock, resource);

    /// <summary>Starts all informers asked for so far.</summary>
    public void Start() => all.ForEach(i => i.Start());

    /// <summary>Stops them all.</summary>
    public void Stop() => all.ForEach(i => i.Stop());
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Proxy;

/// <summary>
/// What all kube-proxies of a cluster see while they are healthy, kept once: five thousand nodes would otherwise watch the same services and slices five thousand times. A proxy
/// that sees no longer keeps the book as it was. The cluster's DNS reads the same.
/// </summary>
/// <remarks>
/// Rules are computed when somebody asks, so that services nobody sends anything to cost nothing. On a real node the new rules are in force within about a second (kube-proxy's
/// <c>minSyncPeriod</c>); here at once.
/// </remarks>
public sealed class SharedRules
{
    private const string ServiceName = "kubernetes.io/service-name";

    // What upstream's kube-proxy leaves out of its watch: nobody is sent to a headless service by rules. DNS answers for those, and reads their slices here.
    private readonly Informer<Service> services;
    private readonly Informer<EndpointSlice> slices;
    private readonly InformerIndex<EndpointSlice> slicesOf;
    private readonly SortedSet<ObjectKey> stale = [];
    private RuleBook book = RuleBook.Empty;

    /// <summary>A view that has not started yet.</summary>
    /// <param name="api">The API server, as kube-proxy's own user.</param>
    /// <param name="clock">Virtual time.</param>
    public SharedRules(IKubernetesApi api, VirtualClock clock)
    {
        Api = api;
        Clock = clock;
        services = new Informer<Service>(api, clock, Service.Resource);
        slices = new Informer<EndpointSlice>(api, clock, EndpointSlice.Resource);
        slicesOf = slices.IndexBy(s => s.Metadata.Labels[ServiceName] is { } name ? $"{s.Metadata.Namespace}/{name}" : null);
        services.Changed += (old, now) => OnChanged(ObjectKey.Of((now ?? old)!));
        slices.Changed += (old, now) =>
        {
            OnSlice(old);
            OnSlice(now);
        };
    }

    /// <summary>Called when rules may have changed, on some node or on all.</summary>
    public event Action? Changed;

    /// <summary>The rules as they are now.</summary>
    public RuleBook Book
    {
        get
        {
            foreach (var key in stale)
            {
                var service = services[key];
                book = book.With(key, service is not null && ServicePortRules.Concerns(service) ? ServicePortRules.Of(service, slicesOf[key.ToString()]) : null);
            }

            stale.Clear();
            return book;
        }
    }

    /// <summary>Begins to watch.</summary>
    public void Start()
    {
        services.Start();
        slices.Start();
    }

    internal IKubernetesApi Api { get; }

    internal VirtualClock Clock { get; }

    internal void Tell() => Changed?.Invoke();

    private void OnSlice(EndpointSlice? slice)
    {
        if (slice?.Metadata.Labels[ServiceName] is { } name)
        {
            OnChanged(new ObjectKey(slice.Metadata.Namespace ?? "", name));
        }
    }

    private void OnChanged(ObjectKey service)
    {
        stale.Add(service);
        Tell();
    }
}

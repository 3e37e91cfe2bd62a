using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Controllers.ServiceEndpoints;

/// <summary>Keeps the object <c>Endpoints</c> of every service that selects pods, for clients that do not know slices.</summary>
/// <remarks>Upstream: pkg/controller/endpoint.</remarks>
internal sealed class EndpointsController : IManagedController, IReconciler
{
    private const string Headless = "service.kubernetes.io/headless";
    private const string OverCapacity = "endpoints.kubernetes.io/over-capacity";
    private const string ManagedBy = "endpoints.kubernetes.io/managed-by";

    private readonly IKubernetesApi api;
    private readonly Informer<Service> services;
    private readonly Informer<Endpoints> endpoints;
    private readonly InformerIndex<Pod> podsByNamespace;
    private readonly Controller controller;

    public EndpointsController(IKubernetesApi api, VirtualClock clock, InformerFactory informers, ServiceSelectors selectors, InformerIndex<Pod> podsByNamespace)
    {
        this.api = api;
        this.podsByNamespace = podsByNamespace;
        services = informers.For<Service>();
        endpoints = informers.For<Endpoints>();
        controller = new Controller(Name, clock, this);
        _ = new ServiceWatch(controller, informers, selectors);
        endpoints.Deleted += gone => controller.Enqueue(ObjectKey.Of(gone));
    }

    public string Name => "endpoints-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (services[key] is not { } service)
        {
            Delete(key);
            return ReconcileResult.Done;
        }

        if (!ServiceSelectors.Selects(service) || service.Metadata.DeletionTimestamp is not null)
        {
            return ReconcileResult.Done;
        }

        var (subsets, isTruncated) = Subsets.Of(service, podsByNamespace[key.Namespace].Where(p => ServiceSelectors.Holds(service, p.Metadata.Labels)));
        var labels = service.Metadata.Labels.With(ManagedBy, "endpoint-controller");
        labels = service.Spec.ClusterIP == "None" ? labels.With(Headless, "") : labels.Without(Headless);
        Write(key, subsets, labels, isTruncated);
        return ReconcileResult.Done;
    }

    private void Write(ObjectKey key, ValueList<EndpointSubset> subsets, StringMap labels, bool isTruncated)
    {
        var current = api.Find<Endpoints>(key.Namespace, key.Name);
        var annotations = current?.Metadata.Annotations ?? default;
        annotations = isTruncated ? annotations.With(OverCapacity, "truncated") : annotations.Without(OverCapacity);
        if (current is null)
        {
            api.Create(new Endpoints { Metadata = new() { Name = key.Name, Namespace = key.Namespace, Labels = labels, Annotations = annotations }, Subsets = subsets });
        }
        else if (current.Subsets != subsets || current.Metadata.Labels != labels || current.Metadata.Annotations != annotations)
        {
            api.Update(current with { Subsets = subsets, Metadata = current.Metadata with { Labels = labels, Annotations = annotations } });
        }
    }

    private void Delete(ObjectKey key)
    {
        if (endpoints[key] is null)
        {
            return;
        }

        try
        {
            api.Delete<Endpoints>(key.Namespace, key.Name);
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            // It went with its namespace.
        }
    }
}

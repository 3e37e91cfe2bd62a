using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Controllers.Owning;
using KubeLab.Simulation;

namespace KubeLab.Controllers.ServiceEndpoints;

/// <summary>Keeps the slices of every service that selects pods: which of them are there, ready, and on their way out.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/">EndpointSlices</seealso>
internal sealed class EndpointSliceController : IManagedController, IReconciler
{
    private const string ServiceName = "kubernetes.io/service-name";
    private const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    private const string Headless = "service.kubernetes.io/headless";
    private const string Manager = "endpointslice-controller.k8s.io";

    private readonly IKubernetesApi api;
    private readonly Informer<Service> services;
    private readonly Informer<Node> nodes;
    private readonly InformerIndex<Pod> podsByNamespace;
    private readonly InformerIndex<EndpointSlice> slices;
    private readonly Controller controller;

    public EndpointSliceController(IKubernetesApi api, VirtualClock clock, InformerFactory informers, ServiceSelectors selectors, InformerIndex<Pod> podsByNamespace)
    {
        this.api = api;
        this.podsByNamespace = podsByNamespace;
        services = informers.For<Service>();
        nodes = informers.For<Node>();
        slices = informers.For<EndpointSlice>().IndexBy(s => s.Metadata.Labels[ManagedBy] == Manager ? $"{s.Metadata.Namespace}/{s.Metadata.Labels[ServiceName]}" : null);
        controller = new Controller(Name, clock, this);
        _ = new ServiceWatch(controller, informers, selectors);
        informers.For<EndpointSlice>().Deleted += LookAgain;
        informers.For<EndpointSlice>().Updated += (_, slice) => LookAgain(slice);
    }

    public string Name => "endpointslice-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        // The garbage collector takes the slices of a service that is gone.
        if (services[key] is not { Metadata.DeletionTimestamp: null } service || !ServiceSelectors.Selects(service))
        {
            return ReconcileResult.Done;
        }

        var labels = LabelsOf(service);
        var existing = slices[key.ToString()].Where(s => s.Metadata.DeletionTimestamp is null)
            .OrderBy(s => s.Metadata.Name, StringComparer.Ordinal).ToList();
        var plan = SlicePlan.For(existing, Wanted(service));
        foreach (var content in plan.Create)
        {
            api.Create(NewSlice(service, labels, content));
        }

        foreach (var slice in plan.Update)
        {
            api.Update(slice with { Metadata = slice.Metadata with { Labels = labels } });
        }

        foreach (var slice in existing.Where(s => s.Metadata.Labels != labels && !plan.Update.Any(u => Same(u, s)) && !plan.Delete.Any(d => Same(d, s))))
        {
            api.Update(slice with { Metadata = slice.Metadata with { Labels = labels } });
        }

        foreach (var slice in plan.Delete)
        {
            Delete(slice);
        }

        return ReconcileResult.Done;
    }

    private List<SliceContent> Wanted(Service service)
    {
        var groups = new Dictionary<ValueList<EndpointPort>, List<Endpoint>>();
        foreach (var pod in podsByNamespace[service.Metadata.Namespace ?? ""])
        {
            if (!ServiceSelectors.Holds(service, pod.Metadata.Labels) || !EndpointOf.IsEndpoint(pod, includeTerminating: true))
            {
                continue;
            }

            var node = nodes[new ObjectKey("", pod.Spec.NodeName ?? "")];
            if (node is null && !service.Spec.PublishNotReadyAddresses)
            {
                continue;
            }

            var ports = ServicePorts.Of(service, pod);
            if (!groups.TryGetValue(ports, out var group))
            {
                groups.Add(ports, group = []);
            }

            group.Add(EndpointOf.Of(service, pod, node));
        }

        return [.. groups.Select(g => new SliceContent(g.Key, g.Value))];
    }

    private static EndpointSlice NewSlice(Service service, StringMap labels, SliceContent content) => new()
    {
        Metadata = new()
        {
            GenerateName = $"{service.Metadata.Name}-",
            Namespace = service.Metadata.Namespace,
            Labels = labels,
            OwnerReferences = [Ownership.ReferenceTo(service)],
        },
        AddressType = "IPv4",
        Ports = content.Ports,
        Endpoints = content.Endpoints.ToValueList(),
    };

    private static StringMap LabelsOf(Service service)
    {
        var labels = service.Metadata.Labels.With(ServiceName, service.Metadata.Name!).With(ManagedBy, Manager);
        return service.Spec.ClusterIP == "None" ? labels.With(Headless, "") : labels.Without(Headless);
    }

    private void Delete(EndpointSlice slice)
    {
        try
        {
            api.Delete<EndpointSlice>(slice.Metadata.Namespace!, slice.Metadata.Name!);
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            // Somebody else was faster, and it is gone as it should be.
        }
    }

    private void LookAgain(EndpointSlice slice)
    {
        if (slice.Metadata.Labels[ManagedBy] == Manager && slice.Metadata.Labels[ServiceName] is { } name)
        {
            controller.EnqueueAfter(new ObjectKey(slice.Metadata.Namespace ?? "", name), ServiceWatch.BatchPeriod);
        }
    }

    private static bool Same(EndpointSlice left, EndpointSlice right) => left.Metadata.Name == right.Metadata.Name;
}

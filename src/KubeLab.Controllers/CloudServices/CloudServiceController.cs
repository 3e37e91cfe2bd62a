using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Controllers.CloudServices;

/// <summary>Has the cloud make a load balancer for each service that wants one, and delete it before the service goes.</summary>
/// <remarks>Upstream: cloud-provider/controllers/service.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/">Create an external load balancer</seealso>
internal sealed class CloudServiceController : IManagedController, IReconciler
{
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(300));

    private readonly IKubernetesApi api;
    private readonly EventRecorder events;
    private readonly ICloudBalancers cloud;
    private readonly Informer<Service> services;
    private readonly Informer<Node> nodes;
    private readonly Controller controller;
    private readonly Dictionary<ObjectKey, Work> works = [];
    private readonly SortedSet<string> hosts = new(StringComparer.Ordinal);
    private bool isRunning;

    public CloudServiceController(IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, ICloudBalancers cloud)
    {
        (this.api, this.events, this.cloud) = (api, events, cloud);
        controller = new Controller(Name, clock, this, Pauses);
        services = informers.For<Service>();
        services.Added += service => Look(service, LoadBalancerWish.Wants(service));
        services.Updated += (old, service) => Look(service, LoadBalancerWish.NeedsUpdate(old, service));
        services.Deleted += service => works.Remove(ObjectKey.Of(service));
        nodes = informers.For<Node>();
        nodes.Added += OnNode;
        nodes.Updated += (_, node) => OnNode(node);
        nodes.Deleted += node => OnHost(node.Metadata.Name!, mayUse: false);
    }

    public string Name => "service-controller";

    public void Start()
    {
        isRunning = true;
        controller.Start();
    }

    public void Stop()
    {
        isRunning = false;
        controller.Stop();
    }

    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (services[key] is not { } service)
        {
            return ReconcileResult.Done;
        }

        if (!works.TryGetValue(key, out var work))
        {
            works.Add(key, work = new Work());
        }

        if (work.Failure is { } failure)
        {
            work.Failure = null;
            events.Warning(service, "SyncLoadBalancerFailed", $"Error syncing load balancer: {failure}");
            throw ApiErrors.Internal(failure);
        }

        if (!work.IsBusy)
        {
            Sync(key, service, work);
        }

        return ReconcileResult.Done;
    }

    private void Sync(ObjectKey key, Service service, Work work)
    {
        if (LoadBalancerWish.Wants(service) && !LoadBalancerWish.NeedsCleanup(service))
        {
            if (work.IsStanding)
            {
                Finish(service);
                work.IsStanding = false;
            }
            else
            {
                Ensure(key, service, work);
            }
        }
        else if (cloud.AddressOf(LoadBalancerWish.NameOf(service)) is not null)
        {
            events.Normal(service, "DeletingLoadBalancer", "Deleting load balancer");
            work.IsStanding = false;
            work.IsBusy = true;
            cloud.Delete(LoadBalancerWish.NameOf(service), Answer(key, work, "failed to delete load balancer"));
        }
        else if (LoadBalancerWish.HasFinalizer(service))
        {
            Release(service);
            events.Normal(service, "DeletedLoadBalancer", "Deleted load balancer");
        }
    }

    private void Ensure(ObjectKey key, Service service, Work work)
    {
        if (hosts.Count == 0)
        {
            events.Warning(service, "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer");
        }

        events.Normal(service, "EnsuringLoadBalancer", "Ensuring load balancer");
        if (!LoadBalancerWish.HasFinalizer(service))
        {
            // First the finalizer, then the load balancer: the service cannot go without it being deleted.
            var metadata = service.Metadata;
            service = api.Update(service.WithMetadata(metadata with { Finalizers = metadata.Finalizers.Add(LoadBalancerWish.Finalizer) }));
        }

        work.IsBusy = true;
        var answer = Answer(key, work, "failed to ensure load balancer");
        cloud.Ensure(LoadBalancerWish.NameOf(service), service, problem =>
        {
            work.IsStanding = problem is null;
            answer(problem);
        });
    }

    private void Finish(Service service)
    {
        if (cloud.AddressOf(LoadBalancerWish.NameOf(service)) is { } address)
        {
            Write(service, [new LoadBalancerIngress { Ip = address, IpMode = "VIP" }]);
            events.Normal(service, "EnsuredLoadBalancer", "Ensured load balancer");
        }
    }

    private void Release(Service service)
    {
        if (service.Metadata.DeletionTimestamp is null)
        {
            service = Write(service, default);
        }

        var metadata = service.Metadata;
        api.Update(service.WithMetadata(metadata with { Finalizers = metadata.Finalizers.Where(static f => f != LoadBalancerWish.Finalizer) }));
    }

    private Service Write(Service service, ValueList<LoadBalancerIngress> ingress)
    {
        var status = service.Status ?? new ServiceStatus();
        var balancer = status.LoadBalancer ?? new LoadBalancerStatus();
        return balancer.Ingress == ingress ? service : api.UpdateStatus(service with { Status = status with { LoadBalancer = balancer with { Ingress = ingress } } });
    }

    /// <summary>The cloud's answer wakes the service again; what failed is said with its context.</summary>
    private Action<string?> Answer(ObjectKey key, Work work, string context) => problem =>
    {
        work.IsBusy = false;
        work.Failure = problem is null ? null : $"{context}: {problem}";
        if (isRunning)
        {
            controller.Enqueue(key);
        }
    };

    private void Look(Service service, bool concerns)
    {
        if (concerns || LoadBalancerWish.NeedsCleanup(service))
        {
            if (works.TryGetValue(ObjectKey.Of(service), out var work))
            {
                work.IsStanding = false;
            }

            controller.Enqueue(ObjectKey.Of(service));
        }
    }

    private void OnNode(Node node) => OnHost(node.Metadata.Name!, LoadBalancerWish.MayUse(node));

    /// <summary>Load balancers learn of nodes that come and go.</summary>
    private void OnHost(string name, bool mayUse)
    {
        // Those that are there when the process begins are no news.
        if (!(mayUse ? hosts.Add(name) : hosts.Remove(name)) || !nodes.HasSynced)
        {
            return;
        }

        foreach (var service in services.Objects)
        {
            if (LoadBalancerWish.Wants(service) && service.Status?.LoadBalancer?.Ingress.Count > 0)
            {
                events.Normal(service, "UpdatedLoadBalancer", "Updated load balancer with new hosts");
            }
        }
    }

    /// <summary>What the cloud is doing for a service.</summary>
    private sealed class Work
    {
        public bool IsBusy { get; set; }

        public bool IsStanding { get; set; }

        public string? Failure { get; set; }
    }
}

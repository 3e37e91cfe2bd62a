using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Controllers.CloudNodes;

/// <summary>Tells new nodes what the cloud knows of their machines, and opens them for pods.</summary>
/// <remarks>Upstream: cloud-provider/controllers/node.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/administer-cluster/running-cloud-controller/#running-cloud-controller-manager">Running cloud-controller-manager</seealso>
internal sealed class CloudNodeController : IManagedController, IReconciler
{
    private readonly IKubernetesApi api;
    private readonly EventRecorder events;
    private readonly ICloudInstances cloud;
    private readonly Informer<Node> nodes;
    private readonly Controller controller;

    public CloudNodeController(IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, ICloudInstances cloud)
    {
        (this.api, this.events, this.cloud) = (api, events, cloud);
        controller = new Controller(Name, clock, this);
        nodes = informers.For<Node>();
        nodes.Added += Look;
        nodes.Updated += (_, node) => Look(node);
    }

    public string Name => "cloud-node-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (nodes[key] is { } node && NodeInitialization.IsDue(node))
        {
            var machine = cloud.MetadataOf(node) ?? throw ApiErrors.NotFound(Node.Resource, key.Name);
            events.Normal(api.Update(NodeInitialization.Apply(node, machine)), "Synced", "Node synced successfully");
        }

        return ReconcileResult.Done;
    }

    private void Look(Node node)
    {
        if (NodeInitialization.IsDue(node))
        {
            controller.Enqueue(ObjectKey.Of(node));
        }
    }
}

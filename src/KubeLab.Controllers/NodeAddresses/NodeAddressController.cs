using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Controllers.NodeAddresses;

/// <summary>Gives each node a range of addresses for its pods.</summary>
/// <remarks>Upstream: pkg/controller/nodeipam.</remarks>
internal sealed class NodeAddressController : IManagedController, IReconciler
{
    private readonly IKubernetesApi api;
    private readonly EventRecorder events;
    private readonly Informer<Node> nodes;
    private readonly PodRanges ranges;
    private readonly Controller controller;

    public NodeAddressController(IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, PodRanges ranges)
    {
        this.api = api;
        this.events = events;
        this.ranges = ranges;
        nodes = informers.For<Node>();
        controller = new Controller(Name, clock, this);
        nodes.Changed += Note;
        nodes.Added += node => controller.Enqueue(ObjectKey.Of(node));
    }

    public string Name => "node-ipam-controller";

    public void Start() => controller.Start();

    public void Stop() => controller.Stop();

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (nodes[key] is null || api.Find(Node.Resource, key) is not Node { Spec.PodCIDR: null or "" } node)
        {
            return ReconcileResult.Done;
        }

        if (ranges.Take() is not { } range)
        {
            events.Normal(node, "CIDRNotAvailable", $"Node {node.Metadata.Name} status is now: CIDRNotAvailable");
            return ReconcileResult.Done;
        }

        try
        {
            api.Update(node with { Spec = node.Spec with { PodCIDR = range, PodCIDRs = [range] } });
        }
        catch (ApiException)
        {
            ranges.Release(range);
            throw;
        }

        return ReconcileResult.Done;
    }

    private void Note(Node? old, Node? node)
    {
        if (old?.Spec.PodCIDR == node?.Spec.PodCIDR)
        {
            return;
        }

        if (old?.Spec.PodCIDR is { Length: > 0 } before)
        {
            ranges.Release(before);
        }

        if (node?.Spec.PodCIDR is { Length: > 0 } now)
        {
            ranges.Occupy(now);
        }
    }
}

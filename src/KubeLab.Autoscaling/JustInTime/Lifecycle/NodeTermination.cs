using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Client.Reconciling;

namespace KubeLab.Autoscaling.JustInTime.Lifecycle;

/// <summary>The end of a node: tainted, drained, its machine given back, and only then gone, whoever deleted it.</summary>
/// <remarks>Upstream: pkg/controllers/node/termination/controller.go.</remarks>
/// <seealso href="https://karpenter.sh/docs/concepts/disruption/#termination-controller">Karpenter: termination</seealso>
internal sealed class NodeTermination(IKubernetesApi api, ClusterState state, IInstanceProvider provider, Drain drain, ClaimWriter writer) : IReconciler
{
    private static readonly TimeSpan DrainPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (api.Find<Node>("", key.Name) is not { Metadata.DeletionTimestamp: { } since } node || !node.Metadata.Finalizers.Exists(f => f == KarpenterNames.Finalizer))
        {
            return ReconcileResult.Done;
        }

        var claim = writer.Read(key.Name);
        if (claim is { IsGoing: false })
        {
            writer.Delete(claim.Name);
        }

        // A machine that is gone already has nothing left to drain.
        var isReady = node.Status.Conditions.Find(c => c.Type == "Ready")?.Status == "True";
        if (isReady || provider.Exists(key.Name))
        {
            node = Close(node);
            var end = KarpenterTime.Parse(claim?.Spec.TerminationGracePeriod) is { } grace ? (claim?.Object.Metadata.DeletionTimestamp ?? since).Instant + grace : (DateTimeOffset?)null;
            if (drain.Step(node, [.. state.PodsOn(key.Name)], end) > 0)
            {
                return ReconcileResult.After(DrainPause);
            }

            if (provider.Exists(key.Name))
            {
                provider.Delete(key.Name);
                return ReconcileResult.After(DrainPause);
            }
        }

        api.Update(node with { Metadata = node.Metadata with { Finalizers = node.Metadata.Finalizers.Where(f => f != KarpenterNames.Finalizer) } });
        return ReconcileResult.Done;
    }

    private Node Close(Node node)
    {
        if (node.Spec.Taints.Exists(t => t.Key == KarpenterNames.Disrupted) && node.Metadata.Labels.ContainsKey(KarpenterNames.ExcludeBalancers))
        {
            return node;
        }

        return api.Update(NodeMarks.Disrupted(node) with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.With(KarpenterNames.ExcludeBalancers, "karpenter") } });
    }
}

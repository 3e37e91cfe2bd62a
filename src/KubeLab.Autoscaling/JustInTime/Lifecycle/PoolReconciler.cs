using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Provisioning;
using KubeLab.Client.Reconciling;
using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Lifecycle;

/// <summary>Keeps a pool's status: what its machines have in sum, and whether its node class is there.</summary>
/// <remarks>Upstream: pkg/controllers/nodepool (counter, readiness).</remarks>
internal sealed class PoolReconciler(IKubernetesApi api, VirtualClock clock, ClusterState state) : IReconciler
{
    private static readonly TimeSpan ClassPoll = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (api.Find(KarpenterKinds.NodePools, key) is not CustomObject found)
        {
            return ReconcileResult.Done;
        }

        var pool = NodePool.Of(found);
        var reference = pool.Template.NodeClassRef;
        var hasClass = reference is not null && reference.Kind == KarpenterKinds.NodeClasses.Kind && reference.Group == KarpenterKinds.NodeClasses.Group
            && api.Find(KarpenterKinds.NodeClasses, new ObjectKey("", reference.Name)) is not null;
        var (status, reason, message) = hasClass ? ("True", "NodeClassReady", "") : ("False", "NodeClassNotFound", "NodeClass not found on cluster");
        var conditions = ConditionSet.With(pool.Status.Conditions, "NodeClassReady", status, reason, message, clock.Now);
        conditions = ConditionSet.With(conditions, NodeClaim.Ready, status, hasClass ? "Ready" : "UnhealthyDependents", hasClass ? "" : "NodeClassReady=False", clock.Now);
        var changed = found.WithField("status", JsonSerializer.SerializeToElement(new NodePoolStatus { Resources = Sum(pool), Conditions = conditions }, KarpenterJson.Default.NodePoolStatus));
        if (changed != found)
        {
            api.Update(KarpenterKinds.NodePools, changed, WriteOptions.Status);
        }

        return hasClass ? ReconcileResult.Done : ReconcileResult.After(ClassPoll);
    }

    private Dictionary<string, Quantity> Sum(NodePool pool)
    {
        var sum = default(ResourceVector);
        var nodes = 0;
        foreach (var claim in state.Claims.Values.Where(c => c.PoolName == pool.Name))
        {
            sum.Add(ResourceVector.From(claim.Capacity));
            nodes++;
        }

        var list = Amounts.List(sum);
        list["nodes"] = Quantity.FromValue(nodes);
        return list;
    }
}

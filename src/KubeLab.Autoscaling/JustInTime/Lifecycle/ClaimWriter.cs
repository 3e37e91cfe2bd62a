using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Lifecycle;

/// <summary>Writes what became of a claim; what is as it was is not written.</summary>
internal sealed class ClaimWriter(IKubernetesApi api, VirtualClock clock, ClusterState state)
{
    /// <summary>The claim as the server has it, or null.</summary>
    public NodeClaim? Read(string name) => api.Find(KarpenterKinds.NodeClaims, new ObjectKey("", name)) is CustomObject found ? NodeClaim.Of(found) : null;

    /// <summary>Sets one condition.</summary>
    public NodeClaim Set(NodeClaim claim, string condition, string status, string reason, string message = "") =>
        Write(claim, claim.Status with { Conditions = ConditionSet.With(claim.Status.Conditions ?? ConditionSet.New(clock.Now), condition, status, reason, message, clock.Now) });

    /// <summary>Takes one condition away.</summary>
    public NodeClaim Clear(NodeClaim claim, string condition) =>
        claim.Find(condition) is null ? claim : Write(claim, claim.Status with { Conditions = ConditionSet.Without(claim.Status.Conditions, condition) });

    /// <summary>Writes the status.</summary>
    public NodeClaim Write(NodeClaim claim, NodeClaimStatus status)
    {
        var changed = claim.With(status);
        return changed == claim.Object ? claim : Noted((CustomObject)api.Update(KarpenterKinds.NodeClaims, changed, WriteOptions.Status));
    }

    /// <summary>Writes everything but the status.</summary>
    public NodeClaim WriteMetadata(NodeClaim claim, Func<Api.Meta.ObjectMeta, Api.Meta.ObjectMeta> change)
    {
        var meta = change(claim.Object.Metadata);
        return meta == claim.Object.Metadata ? claim : Noted((CustomObject)api.Update(KarpenterKinds.NodeClaims, claim.Object with { Metadata = meta }, WriteOptions.Default));
    }

    /// <summary>Asks for the claim's end; its finalizer sees to the rest.</summary>
    public void Delete(string name)
    {
        try
        {
            api.Delete(KarpenterKinds.NodeClaims, new ObjectKey("", name), DeleteOptions.Default);
        }
        catch (ApiException gone) when (gone.IsNotFound)
        {
            // Somebody was faster.
        }
    }

    private NodeClaim Noted(CustomObject written)
    {
        // The last finalizer's end is the object's; then there is nothing to remember.
        if (written.Metadata.DeletionTimestamp is null || !written.Metadata.Finalizers.IsEmpty)
        {
            state.Note(written);
        }

        return NodeClaim.Of(written);
    }
}

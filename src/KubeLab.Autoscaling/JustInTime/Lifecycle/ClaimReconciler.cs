using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Lifecycle;

/// <summary>Sees one claim through its life: launched, registered, initialized, perhaps marked for disruption or expired, and ended.</summary>
/// <remarks>Upstream: pkg/controllers/nodeclaim (lifecycle, disruption, expiration, garbagecollection).</remarks>
internal sealed class ClaimReconciler(
    IKubernetesApi api, VirtualClock clock, IInstanceProvider provider, Launcher launcher, ClaimWriter writer, ClaimMarks marks, JustInTimeOptions options) : IReconciler
{
    private static readonly TimeSpan EndPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MissingPoll = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (writer.Read(key.Name) is not { } claim)
        {
            return ReconcileResult.Done;
        }

        if (claim.IsGoing)
        {
            return End(claim);
        }

        if (!claim.Is(NodeClaim.Launched))
        {
            if (launcher.Launch(claim) is not { } launched)
            {
                return ReconcileResult.Done;
            }

            claim = launched;
        }

        if (Expiry(claim) is { } expiry && clock.Now >= expiry)
        {
            writer.Delete(claim.Name);
            return ReconcileResult.Done;
        }

        return claim.Is(NodeClaim.Registered) && claim.Is(NodeClaim.Initialized) ? Watch(claim) : Join(claim);
    }

    private ReconcileResult Join(NodeClaim claim)
    {
        var node = api.Find<Node>("", claim.Name);
        if (!claim.Is(NodeClaim.Registered))
        {
            if (node is null || !Registration.IsOf(node, claim))
            {
                return AwaitNode(claim);
            }

            node = api.Update(Registration.Apply(node, claim));
            claim = writer.Set(writer.Write(claim, claim.Status with { NodeName = node.Metadata.Name }), NodeClaim.Registered, "True", NodeClaim.Registered);
        }

        if (node is null)
        {
            return AwaitNode(claim);
        }

        if (Registration.WhyNotInitialized(node, claim) is { } why)
        {
            writer.Set(claim, NodeClaim.Initialized, "Unknown", why.Reason, why.Message);
            return ReconcileResult.After(EndPause);
        }

        api.Update(node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.With(KarpenterNames.Initialized, "true") } });
        return Watch(writer.Set(claim, NodeClaim.Initialized, "True", NodeClaim.Initialized));
    }

    // A machine that does not join is given up, and so is one that the provider does not know any more.
    private ReconcileResult AwaitNode(NodeClaim claim)
    {
        var left = options.RegistrationLimit - (clock.Now - (claim.Since(NodeClaim.Launched) ?? clock.Now));
        if (left <= TimeSpan.Zero || !provider.Exists(claim.Name))
        {
            writer.Delete(claim.Name);
            return ReconcileResult.Done;
        }

        writer.Set(claim, NodeClaim.Registered, "Unknown", "NodeNotFound", "Node not registered with cluster");
        return ReconcileResult.After(left < MissingPoll ? left : MissingPoll);
    }

    private ReconcileResult Watch(NodeClaim claim)
    {
        if (!provider.Exists(claim.Name))
        {
            writer.Delete(claim.Name);
            return ReconcileResult.Done;
        }

        var next = MissingPoll;
        Soonest(marks.Mark(claim));
        Soonest(Expiry(claim) - clock.Now);
        return ReconcileResult.After(next);

        void Soonest(TimeSpan? wait) => next = wait is { } span && span < next ? (span > TimeSpan.Zero ? span : TimeSpan.FromSeconds(1)) : next;
    }

    private ReconcileResult End(NodeClaim claim)
    {
        if (api.Find<Node>("", claim.Status.NodeName ?? claim.Name) is { } node && node.Metadata.Finalizers.Exists(f => f == KarpenterNames.Finalizer))
        {
            // The node's own end drains it first.
            if (node.Metadata.DeletionTimestamp is null)
            {
                api.Delete<Node>("", node.Metadata.Name!);
            }

            return ReconcileResult.After(EndPause);
        }

        if (provider.Exists(claim.Name))
        {
            provider.Delete(claim.Name);
            return ReconcileResult.After(EndPause);
        }

        if (claim.Object.Metadata.Finalizers.Exists(f => f == KarpenterNames.Finalizer))
        {
            writer.WriteMetadata(claim, meta => meta with { Finalizers = meta.Finalizers.Where(f => f != KarpenterNames.Finalizer) });
        }

        return ReconcileResult.Done;
    }

    private static DateTimeOffset? Expiry(NodeClaim claim) => KarpenterTime.Parse(claim.Spec.ExpireAfter) is { } span ? claim.Object.Metadata.CreationTimestamp?.Instant + span : null;
}

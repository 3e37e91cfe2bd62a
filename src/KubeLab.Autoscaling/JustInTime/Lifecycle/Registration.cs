using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Provisioning;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.JustInTime.Lifecycle;

/// <summary>What a node that has joined gets from its claim, and when it is ready for pods.</summary>
/// <remarks>Upstream: registration.go and initialization.go in pkg/controllers/nodeclaim/lifecycle.</remarks>
internal static class Registration
{
    /// <summary>Whether the node is the claim's machine, and knows it.</summary>
    public static bool IsOf(Node node, NodeClaim claim) => node.Spec.ProviderID is { Length: > 0 } id && id == claim.Status.ProviderID;

    /// <summary>The node with the claim's labels, annotations and taints, its owner and its finalizer, and without the mark of those that have not joined.</summary>
    public static Node Apply(Node node, NodeClaim claim)
    {
        var owner = new OwnerReference { ApiVersion = "karpenter.sh/v1", Kind = "NodeClaim", Name = claim.Name, Uid = claim.Object.Metadata.Uid ?? "", BlockOwnerDeletion = true };
        var meta = node.Metadata;
        var missing = claim.Taints.Where(t => !node.Spec.Taints.Exists(n => n.Key == t.Key && n.Effect == t.Effect));
        return node with
        {
            Metadata = meta with
            {
                Labels = PoolTemplate.Joined(claim.Object.Metadata.Labels, meta.Labels).With(KarpenterNames.Registered, "true"),
                Annotations = PoolTemplate.Joined(claim.Object.Metadata.Annotations, meta.Annotations),
                Finalizers = meta.Finalizers.Exists(f => f == KarpenterNames.Finalizer) ? meta.Finalizers : meta.Finalizers.Add(KarpenterNames.Finalizer),
                OwnerReferences = meta.OwnerReferences.Exists(o => o.Uid == owner.Uid) ? meta.OwnerReferences : meta.OwnerReferences.Add(owner),
            },
            Spec = node.Spec with { Taints = node.Spec.Taints.Where(t => t.Key != KarpenterNames.Unregistered).Concat(missing).ToValueList() },
        };
    }

    /// <summary>Why the node is not ready for pods yet, as reason and message; null when it is.</summary>
    public static (string Reason, string Message)? WhyNotInitialized(Node node, NodeClaim claim)
    {
        if (node.Status.Conditions.Find(c => c.Type == "Ready")?.Status != "True")
        {
            return ("NodeNotReady", "Node status is NotReady");
        }

        foreach (var taint in claim.Spec.StartupTaints ?? [])
        {
            if (node.Spec.Taints.Exists(t => t.Key == taint.Key && t.Effect == taint.Effect))
            {
                return ("StartupTaintsExist", $"StartupTaint \"{Text(taint.ToTaint())}\" still exists");
            }
        }

        if (node.Spec.Taints.Find(t => KarpenterNames.IsEphemeral(t.Key)) is { } ephemeral)
        {
            return ("KnownEphemeralTaintsExist", $"KnownEphemeralTaint \"{Text(ephemeral)}\" still exists");
        }

        foreach (var (name, amount) in ResourceVector.From(ResourceList.From(claim.Spec.Resources?.Requests ?? [])).Extended ?? [])
        {
            if (amount > 0 && (node.Status.Allocatable[name] ?? Quantity.Zero).IsZero)
            {
                return ("ResourceNotRegistered", $"Resource \"{name}\" was requested but not registered");
            }
        }

        return null;
    }

    private static string Text(Taint taint) => string.IsNullOrEmpty(taint.Value) ? $"{taint.Key}:{taint.Effect}" : $"{taint.Key}={taint.Value}:{taint.Effect}";
}

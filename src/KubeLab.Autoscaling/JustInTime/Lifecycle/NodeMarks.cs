using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.JustInTime.Lifecycle;

/// <summary>The taint of nodes that are about to go.</summary>
internal static class NodeMarks
{
    /// <summary>The node with the taint.</summary>
    public static Node Disrupted(Node node) => IsDisrupted(node)
        ? node
        : node with { Spec = node.Spec with { Taints = node.Spec.Taints.Add(new Taint { Key = KarpenterNames.Disrupted, Effect = "NoSchedule" }) } };

    /// <summary>The node without it.</summary>
    public static Node Spared(Node node) => node with { Spec = node.Spec with { Taints = node.Spec.Taints.Where(t => t.Key != KarpenterNames.Disrupted) } };

    /// <summary>Whether it has the taint.</summary>
    public static bool IsDisrupted(Node node) => node.Spec.Taints.Exists(t => t.Key == KarpenterNames.Disrupted);
}

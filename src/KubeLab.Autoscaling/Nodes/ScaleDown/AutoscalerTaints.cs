using System.Globalization;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>The taints by which the cluster autoscaler marks nodes; the value is the time in Unix seconds.</summary>
/// <remarks>Upstream: utils/taints/taints.go.</remarks>
public static class AutoscalerTaints
{
    /// <summary>No new pods: the node is about to go.</summary>
    public const string ToBeDeleted = "ToBeDeletedByClusterAutoscaler";

    /// <summary>Rather no new pods: the node may go soon.</summary>
    public const string DeletionCandidate = "DeletionCandidateOfClusterAutoscaler";

    /// <summary>Whether the node is about to go.</summary>
    public static bool IsToBeDeleted(Node node) => node.Spec.Taints.Exists(static t => t.Key == ToBeDeleted);

    /// <summary>Whether the node may go soon.</summary>
    public static bool IsCandidate(Node node) => node.Spec.Taints.Exists(static t => t.Key == DeletionCandidate);

    /// <summary>Since when the node has been a candidate, as its taint says; null without one.</summary>
    public static DateTimeOffset? CandidateSince(Node node) =>
        node.Spec.Taints.Find(static t => t.Key == DeletionCandidate) is { Value: { } value } && long.TryParse(value, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Whether the taint is one of these.</summary>
    public static bool IsOwn(Taint taint) => taint.Key is ToBeDeleted or DeletionCandidate;

    /// <summary>The node with the mark that it is about to go.</summary>
    public static Node MarkToBeDeleted(Node node, DateTimeOffset now, bool cordon) =>
        With(node, ToBeDeleted, "NoSchedule", now) is var marked && cordon ? marked with { Spec = marked.Spec with { Unschedulable = true } } : marked;

    /// <summary>The node without that mark.</summary>
    public static Node CleanToBeDeleted(Node node, bool uncordon) =>
        Without(node, ToBeDeleted) is var clean && uncordon ? clean with { Spec = clean.Spec with { Unschedulable = false } } : clean;

    /// <summary>The node with the mark that it may go soon.</summary>
    public static Node MarkCandidate(Node node, DateTimeOffset now) => With(node, DeletionCandidate, "PreferNoSchedule", now);

    /// <summary>The node without that mark.</summary>
    public static Node CleanCandidate(Node node) => Without(node, DeletionCandidate);

    private static Node With(Node node, string key, string effect, DateTimeOffset now) => node.Spec.Taints.Exists(t => t.Key == key)
        ? node
        : node with { Spec = node.Spec with { Taints = node.Spec.Taints.Add(new Taint { Key = key, Value = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Effect = effect }) } };

    private static Node Without(Node node, string key) => node with { Spec = node.Spec with { Taints = node.Spec.Taints.Where(t => t.Key != key) } };
}

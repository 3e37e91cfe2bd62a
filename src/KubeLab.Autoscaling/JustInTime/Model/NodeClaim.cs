using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.JustInTime.Model;

/// <summary>A NodeClaim as read from the API.</summary>
internal sealed class NodeClaim
{
    public const string Launched = "Launched";
    public const string Registered = "Registered";
    public const string Initialized = "Initialized";
    public const string Ready = "Ready";
    public const string Consolidatable = "Consolidatable";
    public const string Drifted = "Drifted";
    public const string DisruptionReason = "DisruptionReason";

    private NodeClaim(CustomObject obj, NodeClaimSpec spec, NodeClaimStatus status) => (Object, Spec, Status) = (obj, spec, status);

    public CustomObject Object { get; }

    public NodeClaimSpec Spec { get; }

    public NodeClaimStatus Status { get; }

    public string Name => Object.Metadata.Name ?? "";

    public string PoolName => Object.Metadata.Labels[KarpenterNames.NodePool] ?? "";

    public bool IsGoing => Object.Metadata.DeletionTimestamp is not null;

    public IReadOnlyList<NodeRequirement> Requirements => Spec.Requirements ?? [];

    public ResourceList Capacity => ResourceList.From(Status.Capacity ?? []);

    public ResourceList Allocatable => ResourceList.From(Status.Allocatable ?? []);

    public ValueList<Taint> Taints => (Spec.Taints ?? []).Select(t => t.ToTaint()).ToValueList();

    public static NodeClaim Of(CustomObject obj) => new(
        obj,
        obj.Overflow?["spec"]?.Deserialize(KarpenterJson.Default.NodeClaimSpec) ?? new(),
        obj.Overflow?["status"]?.Deserialize(KarpenterJson.Default.NodeClaimStatus) ?? new());

    public KarpenterCondition? Find(string condition) => Array.Find(Status.Conditions ?? [], c => c.Type == condition);

    public bool Is(string condition) => Find(condition)?.Status == "True";

    /// <summary>Since when a condition is as it is; null when it is not there.</summary>
    public DateTimeOffset? Since(string condition) => Find(condition) is { } found
        ? DateTimeOffset.Parse(found.LastTransitionTime, System.Globalization.CultureInfo.InvariantCulture) : null;

    public CustomObject With(NodeClaimStatus status) =>
        Object.WithField("status", JsonSerializer.SerializeToElement(status, KarpenterJson.Default.NodeClaimStatus));
}

using System.Globalization;
using System.Text.Json;
using KubeLab.Api;

namespace KubeLab.Autoscaling.JustInTime.Model;

/// <summary>A NodePool as read from the API.</summary>
internal sealed class NodePool
{
    private NodePool(CustomObject obj, NodePoolSpec spec, NodePoolStatus status) => (Object, Spec, Status) = (obj, spec, status);

    public CustomObject Object { get; }

    public NodePoolSpec Spec { get; }

    public NodePoolStatus Status { get; }

    public string Name => Object.Metadata.Name ?? "";

    public NodeClaimSpec Template => Spec.Template?.Spec ?? new();

    public IReadOnlyDictionary<string, string> Labels => Spec.Template?.Metadata?.Labels ?? [];

    public IReadOnlyList<NodeRequirement> Requirements => Template.Requirements ?? [];

    public int Weight => Spec.Weight ?? 0;

    public bool IsGoing => Object.Metadata.DeletionTimestamp is not null;

    /// <summary>Whether nothing that it needs is missing; a pool that nobody has looked at yet is given the benefit of the doubt.</summary>
    public bool IsReady => Array.Find(Status.Conditions ?? [], c => c.Type == NodeClaim.Ready)?.Status != "False";

    public bool ConsolidatesUnderused => Spec.Disruption?.ConsolidationPolicy is null or "WhenEmptyOrUnderutilized";

    /// <summary>How long a node must have been left alone; null when it is never consolidated.</summary>
    public TimeSpan? ConsolidateAfter => Spec.Disruption is { } disruption ? KarpenterTime.Parse(disruption.ConsolidateAfter) : TimeSpan.Zero;

    public static NodePool Of(CustomObject obj) => new(
        obj,
        obj.Overflow?["spec"]?.Deserialize(KarpenterJson.Default.NodePoolSpec) ?? new(),
        obj.Overflow?["status"]?.Deserialize(KarpenterJson.Default.NodePoolStatus) ?? new());

    /// <summary>A number that changes with everything by which its nodes would be of another sort.</summary>
    /// <remarks>Upstream hashes with another function: the annotation's value differs, what it is good for does not.</remarks>
    public string Hash()
    {
        var hashed = new HashedTemplate
        {
            Labels = Spec.Template?.Metadata?.Labels is { } labels ? new(labels, StringComparer.Ordinal) : null,
            Annotations = Spec.Template?.Metadata?.Annotations is { } notes ? new(notes, StringComparer.Ordinal) : null,
            Taints = Template.Taints,
            StartupTaints = Template.StartupTaints,
            ExpireAfter = Template.ExpireAfter,
            TerminationGracePeriod = Template.TerminationGracePeriod,
            NodeClassRef = Template.NodeClassRef,
        };
        var hash = 14695981039346656037UL;
        foreach (var b in JsonSerializer.SerializeToUtf8Bytes(hashed, KarpenterJson.Default.HashedTemplate))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return hash.ToString(CultureInfo.InvariantCulture);
    }
}

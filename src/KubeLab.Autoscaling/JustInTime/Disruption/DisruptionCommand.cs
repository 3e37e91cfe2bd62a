using KubeLab.Autoscaling.JustInTime.Provisioning;

namespace KubeLab.Autoscaling.JustInTime.Disruption;

/// <summary>Nodes that go, and what takes their place.</summary>
/// <param name="Reason"><c>Empty</c>, <c>Drifted</c> or <c>Underutilized</c>.</param>
/// <param name="Candidates">The nodes.</param>
/// <param name="Replacements">Machines that must be ready before.</param>
internal sealed record DisruptionCommand(string Reason, IReadOnlyList<Candidate> Candidates, IReadOnlyList<PlannedClaim> Replacements)
{
    public const string Empty = "Empty";
    public const string Drifted = "Drifted";
    public const string Underutilized = "Underutilized";
}

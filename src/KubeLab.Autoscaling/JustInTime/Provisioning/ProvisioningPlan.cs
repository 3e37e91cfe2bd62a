using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>Where pods would go.</summary>
/// <param name="NewClaims">Machines to ask for, with their pods.</param>
/// <param name="Placed">Pods that fit nodes that exist or are on their way.</param>
/// <param name="Errors">Pods for which there is nothing, and why.</param>
internal sealed record ProvisioningPlan(IReadOnlyList<PlannedClaim> NewClaims, IReadOnlyList<(Pod Pod, string Node)> Placed, IReadOnlyList<(Pod Pod, string Why)> Errors);

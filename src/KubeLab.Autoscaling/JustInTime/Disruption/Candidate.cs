using KubeLab.Api.Core;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Autoscaling.JustInTime.Offers;

namespace KubeLab.Autoscaling.JustInTime.Disruption;

/// <summary>A node that could go.</summary>
/// <param name="Claim">Its claim.</param>
/// <param name="Node">The node.</param>
/// <param name="Pool">Its pool.</param>
/// <param name="Pods">The pods that would need another node.</param>
/// <param name="Offer">What it was rented as; null when the provider does not offer that any more.</param>
/// <param name="Cost">How much its pods suffer.</param>
internal sealed record Candidate(NodeClaim Claim, Node Node, NodePool Pool, IReadOnlyList<Pod> Pods, InstanceOffer? Offer, double Cost);

using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Autoscaling.JustInTime.Model;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>Writes a planned machine down as a NodeClaim.</summary>
/// <remarks>Upstream: ToNodeClaim in pkg/controllers/provisioning/scheduling/nodeclaimtemplate.go.</remarks>
internal static class ClaimFactory
{
    /// <summary>How many types a claim names at the most, cheapest first.</summary>
    public const int TypesMax = 60;

    private static readonly string[] Chosen = [KarpenterNames.InstanceType, KarpenterNames.Zone, KarpenterNames.CapacityType, KarpenterNames.NodePool];

    /// <summary>The object to create.</summary>
    public static CustomObject Make(PlannedClaim planned, Randomness chance)
    {
        var pool = planned.Template.Pool;
        var types = planned.Choices.Select(c => c.Offer.Size.Name).Distinct().Take(TypesMax).ToArray();
        var template = pool.Template;
        var spec = new NodeClaimSpec
        {
            Requirements =
            [
                NodeRequirement.In(KarpenterNames.InstanceType, types) with { MinValues = pool.Requirements.FirstOrDefault(r => r.Key == KarpenterNames.InstanceType)?.MinValues },
                NodeRequirement.In(KarpenterNames.NodePool, pool.Name),
                NodeRequirement.In(KarpenterNames.CapacityType, [.. planned.Choices.Select(c => c.Offer.CapacityType).Distinct().Order(StringComparer.Ordinal)]),
                NodeRequirement.In(KarpenterNames.Zone, [.. planned.Choices.Select(c => c.Offer.Zone).Distinct().Order(StringComparer.Ordinal)]),
                .. pool.Requirements.Where(r => !Chosen.Contains(r.Key)),
            ],
            Taints = template.Taints,
            StartupTaints = template.StartupTaints,
            NodeClassRef = template.NodeClassRef,
            ExpireAfter = template.ExpireAfter ?? "720h",
            TerminationGracePeriod = template.TerminationGracePeriod,
            Resources = new(Amounts.List(planned.Requests)),
        };
        var meta = new ObjectMeta
        {
            Name = $"{pool.Name}-{chance.NextSuffix()}",
            Labels = planned.Template.OwnLabels(planned.Choices[0].Offer.Labels),
            Annotations = StringMap.From([.. pool.Spec.Template?.Metadata?.Annotations ?? [], new(KarpenterNames.PoolHash, pool.Hash())]),
            Finalizers = [KarpenterNames.Finalizer],
            OwnerReferences = [new OwnerReference { ApiVersion = "karpenter.sh/v1", Kind = "NodePool", Name = pool.Name, Uid = pool.Object.Metadata.Uid ?? "", BlockOwnerDeletion = true }],
        };
        return new CustomObject("karpenter.sh/v1", "NodeClaim", meta, null).WithField("spec", JsonSerializer.SerializeToElement(spec, KarpenterJson.Default.NodeClaimSpec));
    }
}

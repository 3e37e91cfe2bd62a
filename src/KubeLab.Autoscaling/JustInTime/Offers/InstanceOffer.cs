using System.Globalization;
using KubeLab.Api;

namespace KubeLab.Autoscaling.JustInTime.Offers;

/// <summary>A size of machine that the provider rents, as a node would have it.</summary>
/// <param name="Name">For example <c>e2-standard-4</c>.</param>
/// <param name="Family">For example <c>e2</c>.</param>
/// <param name="Architecture">For example <c>amd64</c>.</param>
/// <param name="Capacity">What a node of it has.</param>
/// <param name="Allocatable">What of it pods may request.</param>
public sealed record InstanceSize(string Name, string Family, string Architecture, ResourceList Capacity, ResourceList Allocatable);

/// <summary>A machine that can be had: its size, where, how, and for how much.</summary>
/// <param name="Size">The size.</param>
/// <param name="Region">The region.</param>
/// <param name="Zone">The zone.</param>
/// <param name="CapacityType"><c>on-demand</c> or <c>spot</c>.</param>
/// <param name="PricePerHour">Its price per hour, in the provider's currency.</param>
/// <seealso href="https://karpenter.sh/docs/concepts/nodepools/#capacity-type">Karpenter: capacity type</seealso>
public sealed record InstanceOffer(InstanceSize Size, string Region, string Zone, string CapacityType, double PricePerHour)
{
    /// <summary>Whether the provider may take it back.</summary>
    public bool IsSpot => CapacityType == KarpenterNames.Spot;

    /// <summary>The labels that its node has from the provider, by which pools and pods choose.</summary>
    public StringMap Labels => labels ??= StringMap.Of(
        (KarpenterNames.InstanceType, Size.Name),
        (KarpenterNames.Zone, Zone),
        (KarpenterNames.Region, Region),
        (KarpenterNames.CapacityType, CapacityType),
        (KarpenterNames.Arch, Size.Architecture),
        (KarpenterNames.Os, "linux"),
        (KarpenterNames.InstanceFamily, Size.Family),
        (KarpenterNames.InstanceCpu, (Size.Capacity["cpu"]?.Value ?? 0).ToString(CultureInfo.InvariantCulture)),
        (KarpenterNames.InstanceMemory, ((Size.Capacity["memory"]?.Value ?? 0) >> 20).ToString(CultureInfo.InvariantCulture)),
        (KarpenterNames.InstanceGpus, (Size.Capacity["nvidia.com/gpu"]?.Value ?? 0).ToString(CultureInfo.InvariantCulture)));

    private StringMap? labels;

    internal OfferKey Key => new(Size.Name, Zone, CapacityType);
}

/// <summary>What tells one offer from another.</summary>
internal readonly record struct OfferKey(string Type, string Zone, string CapacityType);

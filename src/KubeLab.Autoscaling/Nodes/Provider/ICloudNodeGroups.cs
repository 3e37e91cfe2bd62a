using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Nodes.Provider;

/// <summary>The provider as the cluster autoscaler sees it: groups of machines that are alike, and what they cost.</summary>
/// <remarks>Upstream: cloudprovider.CloudProvider and PricingModel.</remarks>
public interface ICloudNodeGroups
{
    /// <summary>The groups that may be scaled, in a fixed order.</summary>
    IReadOnlyList<INodeGroup> Groups { get; }

    /// <summary>Grows with each machine that comes, goes or fails, and when a group's bounds change; so that a loop need not look at all of them.</summary>
    long Version { get; }

    /// <summary>The group that a node's machine belongs to; null when it is not one of <see cref="Groups"/>.</summary>
    INodeGroup? GroupOf(Node node);

    /// <summary>Whether the machine of a node still exists; nodes that are nobody's machine count as existing.</summary>
    bool HasInstance(Node node);

    /// <summary>What one hour of such a node costs, in the provider's currency.</summary>
    double NodePricePerHour(INodeGroup group, Node node);

    /// <summary>What one hour of the resources that a pod requests would cost on a common machine, in the provider's currency.</summary>
    double PodPricePerHour(Pod pod);
}

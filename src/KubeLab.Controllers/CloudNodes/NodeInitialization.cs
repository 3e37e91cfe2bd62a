using KubeLab.Api.Core;

namespace KubeLab.Controllers.CloudNodes;

/// <summary>What a new node is given from the cloud: its provider's name for it, its type and its place; with that it is open for pods.</summary>
/// <remarks>Upstream: cloud-provider/controllers/node.</remarks>
public static class NodeInitialization
{
    /// <summary>The taint of a node about which the cloud has not been asked yet.</summary>
    public const string Uninitialized = "node.cloudprovider.kubernetes.io/uninitialized";

    /// <summary>Whether a kubelet has left the node for the cloud controller manager to initialise.</summary>
    public static bool IsDue(Node node) => node.Spec.Taints.Exists(t => t.Key == Uninitialized);

    /// <summary>The node as it is initialised; a provider's name that it has already stays.</summary>
    public static Node Apply(Node node, InstanceMetadata machine) => node with
    {
        Metadata = node.Metadata with
        {
            Labels = node.Metadata.Labels
                .With("beta.kubernetes.io/instance-type", machine.InstanceType)
                .With("node.kubernetes.io/instance-type", machine.InstanceType)
                .With("failure-domain.beta.kubernetes.io/zone", machine.Zone)
                .With("topology.kubernetes.io/zone", machine.Zone)
                .With("failure-domain.beta.kubernetes.io/region", machine.Region)
                .With("topology.kubernetes.io/region", machine.Region),
        },
        Spec = node.Spec with
        {
            ProviderID = string.IsNullOrEmpty(node.Spec.ProviderID) ? machine.ProviderID : node.Spec.ProviderID,
            Taints = node.Spec.Taints.Where(t => t.Key != Uninitialized),
        },
    };
}

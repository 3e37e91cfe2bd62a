using KubeLab.Api.Core;

namespace KubeLab.Controllers.CloudNodes;

/// <summary>What a cloud knows of the machines below the nodes.</summary>
/// <remarks>Upstream: InstancesV2 of k8s.io/cloud-provider.</remarks>
public interface ICloudInstances
{
    /// <summary>Whether the machine of <paramref name="node"/> exists; a node whose machine is none of the cloud's is left alone and exists.</summary>
    bool Exists(Node node);

    /// <summary>Whether it exists and is shut down.</summary>
    bool IsShutdown(Node node);

    /// <summary>What the cloud says of the machine of <paramref name="node"/>, found by the node's name while it has no provider's; null when there is none.</summary>
    InstanceMetadata? MetadataOf(Node node);
}

/// <summary>What a node learns about its machine from the cloud.</summary>
/// <param name="ProviderID">The machine's name at its provider, for example <c>gce://project/zone/name</c>.</param>
/// <param name="InstanceType">Its type.</param>
/// <param name="Zone">Where it stands.</param>
/// <param name="Region">The region of that.</param>
public sealed record InstanceMetadata(string ProviderID, string InstanceType, string Zone, string Region);

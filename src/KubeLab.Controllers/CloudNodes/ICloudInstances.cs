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
}

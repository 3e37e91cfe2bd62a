using KubeLab.Api.Core;
using KubeLab.Cloud.Machines;
using KubeLab.Controllers.CloudNodes;

namespace KubeLab.Simulated.Masters;

/// <summary>The provider as the cloud controller manager asks it. Nodes without a provider's name for them are machines of one's own.</summary>
internal sealed class CloudInstances(CloudProvider cloud) : ICloudInstances
{
    public bool Exists(Node node) => string.IsNullOrEmpty(node.Spec.ProviderID) || cloud.FindByProviderId(node.Spec.ProviderID) is not null;

    public bool IsShutdown(Node node) =>
        !string.IsNullOrEmpty(node.Spec.ProviderID) && cloud.FindByProviderId(node.Spec.ProviderID) is { State: MachineState.Stopped };

    public InstanceMetadata? MetadataOf(Node node)
    {
        var machine = string.IsNullOrEmpty(node.Spec.ProviderID) ? cloud.TryFind(node.Metadata.Name!) : cloud.FindByProviderId(node.Spec.ProviderID);
        return machine is null ? null : new InstanceMetadata(machine.ProviderId, machine.Type.Name, machine.Zone, cloud.Prices.Region);
    }
}

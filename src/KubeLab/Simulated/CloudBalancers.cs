using KubeLab.Api.Core;
using KubeLab.Cloud.Machines;
using KubeLab.Controllers.CloudServices;
using KubeLab.Simulation;

namespace KubeLab.Simulated;

/// <summary>Load balancers of the cloud for services: they take their time, and are billed with their address until they are deleted.</summary>
internal sealed class CloudBalancers(CloudProvider cloud, VirtualClock clock, Randomness chance) : ICloudBalancers
{
    public string? AddressOf(string name) => cloud.BalancerAddress(name);

    public void Ensure(string name, Service service, Action<string?> done)
    {
        var wanted = string.IsNullOrEmpty(service.Spec.LoadBalancerIP) ? null : service.Spec.LoadBalancerIP;
        var isThere = cloud.BalancerAddress(name) is { } address && (wanted is null || wanted == address);
        clock.After(isThere ? TimeSpan.FromSeconds(1) : cloud.TimeOfBalancer(chance), () =>
        {
            string? failure = null;
            try
            {
                if (!isThere)
                {
                    cloud.CloseBalancer(name);
                }

                cloud.OpenBalancer(name, $"{service.Metadata.Namespace}/{service.Metadata.Name}", wanted);
            }
            catch (ArgumentException refusal)
            {
                failure = refusal.Message.Split(" (Parameter", 2)[0];
            }

            done(failure);
        });
    }

    public void Delete(string name, Action<string?> done) => clock.After(cloud.TimeOfBalancer(chance) / 2, () =>
    {
        cloud.CloseBalancer(name);
        done(null);
    });
}

using KubeLab.Api.Core;

namespace KubeLab.Controllers.CloudServices;

/// <summary>What a cloud makes of services of the type <c>LoadBalancer</c>.</summary>
/// <remarks>Upstream: LoadBalancer of k8s.io/cloud-provider. Making and deleting take time; whoever asks is called back.</remarks>
public interface ICloudBalancers
{
    /// <summary>The address of the load balancer called <paramref name="name"/>, or null when there is none.</summary>
    string? AddressOf(string name);

    /// <summary>Makes the load balancer of a service, or brings it in step with it.</summary>
    /// <param name="name">What it is called at the cloud.</param>
    /// <param name="service">Its service.</param>
    /// <param name="done">Called when it stands, with null, or with what went wrong.</param>
    void Ensure(string name, Service service, Action<string?> done);

    /// <summary>Deletes a load balancer; it is no error when there is none.</summary>
    /// <param name="name">What it is called at the cloud.</param>
    /// <param name="done">Called when it is gone, with null, or with what went wrong.</param>
    void Delete(string name, Action<string?> done);
}

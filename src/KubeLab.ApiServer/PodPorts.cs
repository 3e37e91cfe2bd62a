using System.Security.Cryptography;
using System.Text;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer;

/// <summary>The ports of one pod as a client reaches them through the API server. It belongs to the clock's thread.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/">Port forwarding</seealso>
public sealed class PodPorts
{
    private readonly Pod pod;
    private readonly IKubeletEndpoint kubelet;

    internal PodPorts(Pod pod, IKubeletEndpoint kubelet) => (this.pod, this.kubelet) = (pod, kubelet);

    /// <summary>Why a connection to a port does not come about, as the container runtime says it; null when somebody listens.</summary>
    public string? WhyRefused(int port)
    {
        try
        {
            if (kubelet.WhyRefused(pod, port) is not { } reason)
            {
                return null;
            }

            // A sandbox has an identity of its own in a real cluster; one that follows from the pod's serves the same purpose.
            var sandbox = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pod.Metadata.Uid ?? "")));
            return $"error forwarding port {port} to pod {sandbox}, uid : failed to execute portforward in network namespace "
                + $"\"/var/run/netns/cni-{pod.Metadata.Uid}\": failed to connect to localhost:{port} inside namespace \"{sandbox}\", IPv4: {reason} "
                + $"IPv6 dial tcp6: address localhost: no suitable address";
        }
        catch (ApiException unreachable)
        {
            return $"error forwarding port {port} to pod {pod.Metadata.Name}: {unreachable.Message}";
        }
    }

    /// <summary>What the listener answers; null when it hears no web requests or has gone.</summary>
    public WebAnswer? Ask(int port, WebQuestion question)
    {
        try
        {
            return kubelet.Ask(pod, port, question);
        }
        catch (ApiException)
        {
            return null;
        }
    }
}

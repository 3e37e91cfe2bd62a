using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Leads a client to the kubelet of a pod's node: to run a command, to attach, to reach a port.</summary>
/// <remarks>Upstream: pkg/registry/core/pod/strategy.go, streamLocation and PortForwardLocation.</remarks>
internal sealed class PodConnections(RegistryContext context)
{
    /// <exception cref="ApiException">BadRequest: no such container, or no node has the pod.</exception>
    public ContainerStream Exec(Pod pod, ProcessOptions options)
    {
        var container = ContainerOf(pod, options.Container);
        return KubeletOf(pod).Exec(pod, container, options);
    }

    /// <exception cref="ApiException">BadRequest: no such container, or no node has the pod.</exception>
    public ContainerStream Attach(Pod pod, ProcessOptions options)
    {
        var container = ContainerOf(pod, options.Container);
        return KubeletOf(pod).Attach(pod, container, options);
    }

    /// <exception cref="ApiException">BadRequest: no node has the pod; InternalError: the node does not answer.</exception>
    public PodPorts Ports(Pod pod) => new(pod, KubeletOf(pod));

    private IKubeletEndpoint KubeletOf(Pod pod)
    {
        if (string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            throw ApiErrors.BadRequest($"pod {pod.Metadata.Name} does not have a host assigned");
        }

        return context.Options.Kubelets(pod.Spec.NodeName)
            ?? throw ApiErrors.Internal($"error dialing backend: dial tcp {pod.Spec.NodeName}:10250: connect: connection refused");
    }

    private static string ContainerOf(Pod pod, string? asked)
    {
        var name = pod.Metadata.Name;
        if (!string.IsNullOrEmpty(asked))
        {
            return pod.Spec.Containers.Exists(c => c.Name == asked) || pod.Spec.InitContainers.Exists(c => c.Name == asked)
                ? asked
                : throw ApiErrors.BadRequest($"container {asked} is not valid for pod {name}");
        }

        return pod.Spec.Containers.Count == 1
            ? pod.Spec.Containers[0].Name
            : throw ApiErrors.BadRequest(
                $"a container name must be specified for pod {name}, choose one of: [{string.Join(' ', pod.Spec.Containers.Select(c => c.Name))}]"
                + (pod.Spec.InitContainers.IsEmpty ? "" : $" or one of the init containers: [{string.Join(' ', pod.Spec.InitContainers.Select(c => c.Name))}]"));
    }
}

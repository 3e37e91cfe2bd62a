using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.ServiceEndpoints;

/// <summary>What a pod is as an endpoint of a service.</summary>
/// <remarks>Upstream: podToEndpoint and ShouldPodBeInEndpoints in k8s.io/endpointslice/util.</remarks>
public static class EndpointOf
{
    private const string Zone = "topology.kubernetes.io/zone";

    /// <summary>Whether a pod has an address to offer: it has not ended, and unless <paramref name="includeTerminating"/> it is not on its way out.</summary>
    public static bool IsEndpoint(Pod pod, bool includeTerminating) => !PodState.HasEnded(pod) && !string.IsNullOrEmpty(pod.Status.PodIP)
        && (includeTerminating || pod.Metadata.DeletionTimestamp is null);

    /// <summary>The endpoint.</summary>
    /// <param name="service">The service.</param>
    /// <param name="pod">A pod with an address.</param>
    /// <param name="node">Its node, or null when that is not known.</param>
    public static Endpoint Of(Service service, Pod pod, Node? node)
    {
        var serving = PodState.IsReady(pod);
        var terminating = pod.Metadata.DeletionTimestamp is not null;
        return new Endpoint
        {
            Addresses = [pod.Status.PodIP!],
            Conditions = new()
            {
                Ready = service.Spec.PublishNotReadyAddresses || (serving && !terminating),
                Serving = serving,
                Terminating = terminating,
            },
            Hostname = HostnameOf(service, pod),
            NodeName = string.IsNullOrEmpty(pod.Spec.NodeName) ? null : pod.Spec.NodeName,
            TargetRef = Reference(pod),
            Zone = node?.Metadata.Labels[Zone],
        };
    }

    /// <summary>The pod's name in the service's domain, when it asks for one.</summary>
    public static string? HostnameOf(Service service, Pod pod) =>
        !string.IsNullOrEmpty(pod.Spec.Hostname) && pod.Spec.Subdomain == service.Metadata.Name ? pod.Spec.Hostname : null;

    /// <summary>The pod as endpoints refer to it.</summary>
    public static ObjectReference Reference(Pod pod) =>
        new() { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid };

    /// <summary>Whether a change of a pod can matter to the services that select it.</summary>
    public static bool Differs(Pod old, Pod pod) => old.Status.PodIP != pod.Status.PodIP || old.Spec.NodeName != pod.Spec.NodeName
        || PodState.IsReady(old) != PodState.IsReady(pod) || PodState.HasEnded(old) != PodState.HasEnded(pod)
        || old.Metadata.DeletionTimestamp is null != pod.Metadata.DeletionTimestamp is null || old.Metadata.Uid != pod.Metadata.Uid;
}

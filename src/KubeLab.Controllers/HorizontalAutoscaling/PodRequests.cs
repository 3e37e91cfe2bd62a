using KubeLab.Api.Core;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>What pods request of a resource, which utilization is a part of.</summary>
/// <remarks>Upstream: calculateRequests in pkg/controller/podautoscaler/replica_calculator.go.</remarks>
internal static class PodRequests
{
    /// <summary>By the pods' names, in thousandths; of one container when <paramref name="container"/> is not null.</summary>
    /// <exception cref="MetricsException">A container requests nothing, so there is nothing to be a part of.</exception>
    public static Dictionary<string, long> Of(IEnumerable<Pod> pods, string resource, string? container)
    {
        var requests = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            requests[pod.Metadata.Name!] = Of(pod, resource, container);
        }

        return requests;
    }

    private static long Of(Pod pod, string resource, string? only)
    {
        long sum = 0;
        foreach (var container in pod.Spec.Containers)
        {
            sum += Of(container, pod, resource, only);
        }

        // Sidecars run beside the containers, other init containers before them.
        foreach (var container in pod.Spec.InitContainers)
        {
            sum += container.RestartPolicy == "Always" ? Of(container, pod, resource, only) : 0;
        }

        return sum;
    }

    private static long Of(Container container, Pod pod, string resource, string? only)
    {
        if (only is not null && container.Name != only)
        {
            return 0;
        }

        var request = container.Resources.Requests[resource]
            ?? throw new MetricsException($"missing request for {resource} in container {container.Name} of Pod {pod.Metadata.Name}");
        return request.MilliValue;
    }
}

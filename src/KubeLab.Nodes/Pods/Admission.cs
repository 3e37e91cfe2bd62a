using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Nodes.Pods;

/// <summary>The kubelet's own look at a pod that somebody bound to its node: the scheduler may have been bypassed, or out of date.</summary>
/// <remarks>Upstream: pkg/kubelet/lifecycle/predicate.go.</remarks>
internal static class Admission
{
    /// <summary>Why the pod may not run beside <paramref name="others"/>, or null.</summary>
    public static AdmissionRefusal? Judge(Pod pod, ResourceList allocatable, ResourceList capacity, IReadOnlyCollection<PodWorker> others)
    {
        var running = 0;
        foreach (var other in others)
        {
            running += other.HoldsResources && other.Uid != pod.Metadata.Uid && other.StartTime is not null ? 1 : 0;
        }

        if (allocatable["pods"] is { } most && running + 1 > most.Value)
        {
            return TooMuch("pods", 1, running, most.Value);
        }

        foreach (var (resource, quantity) in allocatable)
        {
            if (resource == "pods")
            {
                continue;
            }

            var wanted = PodRequests.Of(pod.Spec, resource);
            var room = PodRequests.Amount(quantity, resource);
            var used = wanted == 0 ? 0 : Used(resource, pod, others);
            if (wanted > 0 && used + wanted > room)
            {
                return TooMuch(resource, wanted, used, room);
            }
        }

        return Unknown(pod, capacity);
    }

    private static long Used(string resource, Pod pod, IReadOnlyCollection<PodWorker> others)
    {
        long used = 0;
        foreach (var other in others)
        {
            if (other.HoldsResources && other.StartTime is not null && other.Uid != pod.Metadata.Uid)
            {
                used += PodRequests.Of(other.Pod.Spec, resource);
            }
        }

        return used;
    }

    // An extended resource, such as a GPU, that the node does not have at all.
    private static AdmissionRefusal? Unknown(Pod pod, ResourceList capacity)
    {
        foreach (var container in pod.Spec.Containers)
        {
            foreach (var (resource, quantity) in container.Resources.Requests)
            {
                if (resource.Contains('/', StringComparison.Ordinal) && !capacity.ContainsKey(resource) && !quantity.IsZero)
                {
                    return TooMuch(resource, quantity.Value, 0, 0);
                }
            }
        }

        return null;
    }

    private static AdmissionRefusal TooMuch(string resource, long requested, long used, long capacity) => new(
        $"OutOf{resource}",
        $"Node didn't have enough resource: {resource}, requested: {requested}, used: {used}, capacity: {capacity}");
}

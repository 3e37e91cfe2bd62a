using KubeLab.Api.Core;

namespace KubeLab.Observing;

/// <summary>The one word that says where a pod is in its life, finer than its phase.</summary>
public static class PodPhases
{
    /// <summary>Terminating, or why its first unhappy container waits, or NotReady, or its phase.</summary>
    public static string Of(Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            return "Terminating";
        }

        var phase = pod.Status.Phase ?? "Pending";
        if (phase is "Succeeded" or "Failed")
        {
            return phase;
        }

        foreach (var container in pod.Status.ContainerStatuses)
        {
            if (container.State?.Waiting?.Reason is { Length: > 0 } reason && reason != "PodInitializing")
            {
                return reason;
            }
        }

        return phase == "Running" && !IsReady(pod) ? "NotReady" : phase;
    }

    /// <summary>Whether the pod's Ready condition is true.</summary>
    public static bool IsReady(Pod pod)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == "Ready")
            {
                return condition.Status == "True";
            }
        }

        return false;
    }
}

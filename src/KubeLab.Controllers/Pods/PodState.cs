using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Pods;

/// <summary>What controllers ask about a pod.</summary>
/// <remarks>Upstream: pkg/api/v1/pod/util.go and pkg/controller/controller_utils.go.</remarks>
public static class PodState
{
    /// <summary>Whether it counts as a copy: it has not ended and is not on its way out.</summary>
    public static bool IsActive(Pod pod) => pod.Metadata.DeletionTimestamp is null && !HasEnded(pod);

    /// <summary>Whether all its containers have ended for good.</summary>
    public static bool HasEnded(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    /// <summary>Its readiness, or null before its kubelet has spoken.</summary>
    public static Condition? ReadyCondition(Pod pod)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == "Ready")
            {
                return condition;
            }
        }

        return null;
    }

    /// <summary>Whether it serves.</summary>
    public static bool IsReady(Pod pod) => ReadyCondition(pod) is { Status: "True" };

    /// <summary>When it became ready; null when it is not.</summary>
    public static Timestamp? ReadySince(Pod pod) => ReadyCondition(pod) is { Status: "True" } ready ? ready.LastTransitionTime : null;

    /// <summary>When it has been ready for so many seconds; null when it is not ready.</summary>
    public static DateTimeOffset? AvailableAt(Pod pod, int minReadySeconds)
    {
        if (ReadyCondition(pod) is not { Status: "True" } ready)
        {
            return null;
        }

        return minReadySeconds == 0 ? DateTimeOffset.MinValue : ready.LastTransitionTime?.Instant.AddSeconds(minReadySeconds);
    }
}

using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.Jobs;

/// <summary>When a pod ended, as well as can be known.</summary>
/// <remarks>Upstream: getFinishedTime in pkg/controller/job/backoff_utils.go.</remarks>
public static class FinishTime
{
    /// <summary>When its last container ended; else when it ceased to be ready; else when it was deleted; else when it was made.</summary>
    public static DateTimeOffset Of(Pod pod) =>
        OfContainers(pod)
        ?? (PodState.ReadyCondition(pod) is { Status: "False" } unready ? unready.LastTransitionTime?.Instant : null)
        ?? OfDeletion(pod)
        ?? pod.Metadata.CreationTimestamp?.Instant
        ?? DateTimeOffset.MinValue;

    private static DateTimeOffset? OfContainers(Pod pod)
    {
        DateTimeOffset? latest = null;
        foreach (var status in pod.Status.ContainerStatuses)
        {
            if (status.State?.Terminated?.FinishedAt is not { } at)
            {
                return null;
            }

            latest = latest is { } known && known > at.Instant ? known : at.Instant;
        }

        return latest;
    }

    private static DateTimeOffset? OfDeletion(Pod pod) =>
        pod.Metadata.DeletionTimestamp is { } by ? by.Instant - TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 0) : null;
}

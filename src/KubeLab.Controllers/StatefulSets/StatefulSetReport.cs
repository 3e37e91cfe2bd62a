using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>What a stateful set reports.</summary>
/// <remarks>Upstream: computeReplicaStatus and completeRollingUpdate in pkg/controller/statefulset.</remarks>
public static class StatefulSetReport
{
    /// <summary>The status from the pods that there are.</summary>
    /// <param name="set">The set.</param>
    /// <param name="revisions">Its two templates.</param>
    /// <param name="collisions">How often a template's hash met another's.</param>
    /// <param name="pods">The pods that count.</param>
    /// <param name="deletedForUpdate">Pods that were told to go for the update just now, and still look as if they stayed.</param>
    /// <param name="now">The present.</param>
    public static StatefulSetStatus Of(
        StatefulSet set, SetRevisions revisions, int collisions, IEnumerable<Pod> pods, int deletedForUpdate, DateTimeOffset now)
    {
        var (replicas, ready, available, current, updated) = (0, 0, 0, 0, 0);
        foreach (var pod in pods)
        {
            replicas++;
            ready += StatefulPod.IsRunningAndReady(pod) ? 1 : 0;
            available += StatefulPod.IsRunningAndAvailable(pod, set.Spec.MinReadySeconds, now) ? 1 : 0;
            if (!StatefulPod.IsTerminating(pod))
            {
                var revision = StatefulPod.RevisionOf(pod);
                current += revision == revisions.CurrentName ? 1 : 0;
                updated += revision == revisions.UpdateName ? 1 : 0;
            }
        }

        return Completed(set, set.Status with
        {
            ObservedGeneration = set.Metadata.Generation,
            Replicas = replicas,
            ReadyReplicas = ready,
            AvailableReplicas = available,
            CurrentReplicas = Math.Max(0, current - deletedForUpdate),
            UpdatedReplicas = updated,
            CurrentRevision = revisions.CurrentName,
            UpdateRevision = revisions.UpdateName,
            CollisionCount = collisions,
        });
    }

    /// <summary>When the next pod will have been ready for long enough; null when none is on its way there.</summary>
    public static DateTimeOffset? NextAvailable(StatefulSet set, IEnumerable<Pod> pods, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var pod in pods)
        {
            if (PodState.AvailableAt(pod, set.Spec.MinReadySeconds) is { } at && at > now && (next is null || at < next))
            {
                next = at;
            }
        }

        return next;
    }

    /// <summary>A rolling update is over when all wanted pods have the new template and are ready.</summary>
    private static StatefulSetStatus Completed(StatefulSet set, StatefulSetStatus status)
    {
        var wanted = set.Spec.Replicas ?? 1;
        return set.Spec.UpdateStrategy.Type == "RollingUpdate"
            && status.UpdatedReplicas == wanted && status.ReadyReplicas == wanted && status.Replicas == wanted
            ? status with { CurrentReplicas = status.UpdatedReplicas, CurrentRevision = status.UpdateRevision }
            : status;
    }
}

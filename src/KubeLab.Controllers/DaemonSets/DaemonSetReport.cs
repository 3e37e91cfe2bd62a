using KubeLab.Api.Apps;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>What a daemon set reports.</summary>
/// <remarks>Upstream: updateDaemonSetStatus in pkg/controller/daemon/daemon_controller.go.</remarks>
public static class DaemonSetReport
{
    /// <summary>The status from its nodes; of each node the first pod counts.</summary>
    /// <param name="set">The daemon set.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="hash">The newest revision.</param>
    /// <param name="isObserved">Whether this generation has been acted on.</param>
    /// <param name="now">The present.</param>
    public static DaemonSetStatus Of(DaemonSet set, IReadOnlyList<DaemonNode> nodes, string hash, bool isObserved, DateTimeOffset now)
    {
        var (desired, current, misscheduled, ready, updated, available) = (0, 0, 0, 0, 0, 0);
        foreach (var node in nodes)
        {
            if (!node.Runs)
            {
                misscheduled += node.Exists && node.Pods.Count > 0 ? 1 : 0;
                continue;
            }

            desired++;
            if (node.Pods.Count > 0)
            {
                var pod = node.Pods[0];
                current++;
                ready += PodState.IsReady(pod) ? 1 : 0;
                available += DaemonRollout.IsAvailable(set, pod, now) ? 1 : 0;
                updated += DaemonRollout.IsUpdated(set, pod, hash) ? 1 : 0;
            }
        }

        return set.Status with
        {
            DesiredNumberScheduled = desired,
            CurrentNumberScheduled = current,
            NumberMisscheduled = misscheduled,
            NumberReady = ready,
            UpdatedNumberScheduled = updated,
            NumberAvailable = available,
            NumberUnavailable = desired - available,
            ObservedGeneration = isObserved ? set.Metadata.Generation : set.Status.ObservedGeneration,
        };
    }

    /// <summary>When the next pod will have been ready for long enough; null when none is on its way there.</summary>
    public static DateTimeOffset? NextAvailable(DaemonSet set, IReadOnlyList<DaemonNode> nodes, DateTimeOffset now)
    {
        if (set.Spec.MinReadySeconds == 0)
        {
            return null;
        }

        DateTimeOffset? next = null;
        foreach (var pod in nodes.SelectMany(n => n.Pods))
        {
            if (PodState.AvailableAt(pod, set.Spec.MinReadySeconds) is { } at && at > now && (next is null || at < next))
            {
                next = at;
            }
        }

        return next;
    }
}

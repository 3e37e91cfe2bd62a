using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Controllers.History;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>Which old daemon pods give way next, or where a new one comes beside them.</summary>
/// <remarks>Upstream: rollingUpdate in pkg/controller/daemon/update.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/">Rolling update of a DaemonSet</seealso>
public static class DaemonRollout
{
    /// <summary>Whether <paramref name="pod"/> is of the newest template.</summary>
    public static bool IsUpdated(DaemonSet set, Pod pod, string hash, bool byHashOnly = false) =>
        pod.Metadata.Labels[RevisionHash.PodLabel] == hash
        || (!byHashOnly && set.Metadata.Annotations[DaemonTemplate.GenerationAnnotation] is { } generation
            && pod.Metadata.Labels[DaemonTemplate.GenerationLabel] == generation);

    /// <summary>Whether <paramref name="pod"/> has been ready for long enough.</summary>
    public static bool IsAvailable(DaemonSet set, Pod pod, DateTimeOffset now) => PodState.AvailableAt(pod, set.Spec.MinReadySeconds) <= now;

    /// <summary>The next step of the update.</summary>
    public static DaemonPlan Next(DaemonSet set, IReadOnlyList<DaemonNode> nodes, string hash, DateTimeOffset now)
    {
        var desired = nodes.Count(n => n.Runs);
        var bounds = DaemonBounds.Of(set, desired);
        var concerned = nodes.Where(n => n.Runs || n.Pods.Count > 0);
        return bounds.MaxSurge == 0
            ? Replace(set, concerned, hash, bounds.MaxUnavailable, now)
            : Surge(set, concerned, hash, bounds.MaxSurge, desired, now);
    }

    /// <summary>Old pods go first where they serve nobody, then as many more as may be missing.</summary>
    private static DaemonPlan Replace(DaemonSet set, IEnumerable<DaemonNode> nodes, string hash, int maxUnavailable, DateTimeOffset now)
    {
        var plan = DaemonPlan.New();
        var candidates = new List<Pod>();
        var unavailable = 0;
        foreach (var node in nodes)
        {
            if (!TryFind(set, node, hash, out var newest, out var old) || (newest is null) == (old is null))
            {
                // There are too many pods, or none: the node is being seen to.
                unavailable++;
            }
            else if (newest is not null)
            {
                unavailable += IsAvailable(set, newest, now) ? 0 : 1;
            }
            else if (!IsAvailable(set, old!, now))
            {
                plan.Pods.Add(old!);
            }
            else
            {
                candidates.Add(old!);
            }
        }

        plan.Pods.AddRange(candidates.Take(Math.Max(0, maxUnavailable - unavailable)));
        return plan;
    }

    /// <summary>New pods come beside the old ones, which go when the new ones are available.</summary>
    private static DaemonPlan Surge(DaemonSet set, IEnumerable<DaemonNode> nodes, string hash, int maxSurge, int desired, DateTimeOffset now)
    {
        var plan = DaemonPlan.New();
        var (candidates, misplaced) = (new List<string>(), new List<Pod>());
        var (surging, available) = (0, 0);
        foreach (var node in nodes)
        {
            if (!TryFind(set, node, hash, out var newest, out var old))
            {
                surging++;
                continue;
            }

            var isOldAvailable = old is not null && IsAvailable(set, old, now);
            var isNewAvailable = newest is not null && IsAvailable(set, newest, now);
            available += (old is null ? isNewAvailable : isOldAvailable) ? 1 : 0;
            switch (old, newest)
            {
                case (null, _):
                    break;
                case (_, null) when !node.Runs && isOldAvailable:
                    misplaced.Add(old);
                    break;
                case (_, null) when !node.Runs:
                    plan.Pods.Add(old);
                    break;
                case (_, null) when isOldAvailable:
                    candidates.Add(node.Name);
                    break;
                case (_, null):
                    plan.Nodes.Add(node.Name);
                    break;
                case (_, _) when isNewAvailable:
                    plan.Pods.Add(old);
                    break;
                default:
                    surging++;
                    break;
            }
        }

        // Who surges wants no moment without service: a pod that no longer belongs on its node stays until others serve in its stead.
        plan.Pods.AddRange(misplaced.Take(Math.Max(0, available - desired)));
        plan.Nodes.AddRange(candidates.Take(Math.Max(0, maxSurge - surging)));
        return plan;
    }

    /// <summary>The one new and the one old pod of a node that stay; false when there are several of a sort.</summary>
    private static bool TryFind(DaemonSet set, DaemonNode node, string hash, out Pod? newest, out Pod? old)
    {
        (newest, old) = (null, null);
        foreach (var pod in node.Pods)
        {
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                continue;
            }

            var isUpdated = IsUpdated(set, pod, hash);
            if ((isUpdated ? newest : old) is not null)
            {
                return false;
            }

            (newest, old) = isUpdated ? (pod, old) : (newest, pod);
        }

        return true;
    }
}

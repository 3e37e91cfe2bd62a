using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>Which nodes get a pod and which pods go.</summary>
/// <param name="Nodes">The nodes that get one, each as often as it is named.</param>
/// <param name="Pods">The pods that go.</param>
public sealed record DaemonPlan(List<string> Nodes, List<Pod> Pods)
{
    /// <summary>One that asks for nothing.</summary>
    public static DaemonPlan New() => new([], []);

    /// <summary>
    /// One pod for each node that should have one: none where it should not be, no second one unless it replaces the first, no failed one.
    /// </summary>
    /// <remarks>Upstream: podsShouldBeOnNode in pkg/controller/daemon/daemon_controller.go.</remarks>
    /// <param name="set">The daemon set.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="hash">The newest revision.</param>
    /// <param name="onEnded">Called with a node and a pod that has ended; says whether the pod may be deleted now.</param>
    /// <param name="now">The present.</param>
    public static DaemonPlan Manage(
        DaemonSet set, IReadOnlyList<DaemonNode> nodes, string hash, Func<string, Pod, bool> onEnded, DateTimeOffset now)
    {
        var plan = New();
        var isSurging = DaemonBounds.AllowsSurge(set);
        foreach (var node in nodes)
        {
            if (!node.Exists)
            {
                // The pod collector removes those that were bound; nobody else removes one that waits for a node that is gone.
                plan.Pods.AddRange(node.Pods.Where(p => string.IsNullOrEmpty(p.Spec.NodeName) && p.Metadata.DeletionTimestamp is null));
            }
            else if (node.Runs && node.Pods.Count == 0)
            {
                plan.Nodes.Add(node.Name);
            }
            else if (!node.Stays)
            {
                plan.Pods.AddRange(node.Pods.Where(p => p.Metadata.DeletionTimestamp is null));
            }
            else
            {
                plan.Tidy(set, node, isSurging, hash, onEnded, now);
            }
        }

        return plan;
    }

    private void Tidy(DaemonSet set, DaemonNode node, bool isSurging, string hash, Func<string, Pod, bool> onEnded, DateTimeOffset now)
    {
        var running = new List<Pod>(node.Pods.Count);
        foreach (var pod in node.Pods)
        {
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                continue;
            }

            if (!PodState.HasEnded(pod))
            {
                running.Add(pod);
            }
            else if (onEnded(node.Name, pod))
            {
                Pods.Add(pod);
            }
        }

        if (!isSurging)
        {
            Pods.AddRange(running.Skip(1));
        }
        else if (running.Count > 1)
        {
            TidySurge(set, running, hash, now);
        }
        else if (running.Count == 0 && node.Runs)
        {
            Nodes.Add(node.Name);
        }
    }

    /// <summary>Two may be there while the new one is not available and the old one is ready.</summary>
    private void TidySurge(DaemonSet set, List<Pod> running, string hash, DateTimeOffset now)
    {
        var newest = running.Find(p => DaemonRollout.IsUpdated(set, p, hash, byHashOnly: true));
        var old = running.Find(p => !DaemonRollout.IsUpdated(set, p, hash, byHashOnly: true));
        Pods.AddRange(running.Where(p => !ReferenceEquals(p, newest) && !ReferenceEquals(p, old)));
        if (newest is not null && old is not null
            && (!PodState.IsReady(old) || DaemonRollout.IsAvailable(set, newest, now)))
        {
            Pods.Add(old);
        }
    }
}

using System.Globalization;
using KubeLab.Api.Core;
using KubeLab.Api.Cron;

namespace KubeLab.Autoscaling.Nodes;

/// <content>The pods that wait for a machine, and the machines that are on their way.</content>
public sealed partial class ClusterAutoscaler
{
    private const string ScaleUpDelay = "cluster-autoscaler.kubernetes.io/pod-scale-up-delay";

    /// <summary>Puts nodes that will come soon into the snapshot, in place of those that are registered but not ready; returns the names of the latter.</summary>
    private HashSet<string> AddUpcoming()
    {
        var notStarted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in cloud.Groups)
        {
            var (count, registered) = state.UpcomingOf(group.Id);
            for (var i = 0; i < count; i++)
            {
                var template = templates.Of(group);
                var node = template.Named(string.Create(CultureInfo.InvariantCulture, $"{template.Node.Metadata.Name}-upcoming-{i}"));
                cluster.Snapshot.AddNode(node.Node, node.Pods);
            }

            foreach (var name in registered)
            {
                cluster.Snapshot.RemoveNode(name);
                notStarted.Add(name);
            }
        }

        return notStarted;
    }

    /// <summary>The pods that no node will take, neither one that there is nor one that comes; the others are put on their nodes in the snapshot.</summary>
    private List<Pod> PodsToHelp(DateTimeOffset now)
    {
        var waiting = cluster.Waiting.Where(p => PodTraits.IsUnschedulable(p) && !PodTraits.IsDaemon(p) && (p.Spec.Priority ?? 0) >= options.ExpendablePodsPriorityCutoff).ToList();
        var nominated = waiting.Where(p => p.Status.NominatedNodeName is { Length: > 0 } node && cluster.Snapshot.Find(node) is not null).ToHashSet();
        foreach (var pod in nominated)
        {
            // Others leave for it: its room is taken.
            cluster.Snapshot.Place(PodTraits.Unbound(pod), pod.Status.NominatedNodeName!);
        }

        var ordered = waiting.Where(p => !nominated.Contains(p)).Concat(PodsOfDrainedNodes()).OrderByDescending(p => p.Spec.Priority ?? 0).ToList();
        var placed = placing.Place(ordered, static _ => true, untilOneFails: false, out _).Select(p => Api.ObjectKey.Of(p.Pod)).ToHashSet();
        placing.DropOldHints();
        return [.. ordered.Where(p => !placed.Contains(Api.ObjectKey.Of(p)) && !IsYoung(p, now))];
    }

    /// <summary>Pods that will have to move soon; those that are ending have their replacements already.</summary>
    private List<Pod> PodsOfDrainedNodes()
    {
        var pods = new List<Pod>();
        foreach (var node in actuator.Deleting.Order(StringComparer.Ordinal))
        {
            foreach (var pod in cluster.Snapshot.Find(node)?.Pods.Select(p => p.Pod).Where(p => !PodTraits.IsMirror(p) && !PodTraits.IsDaemon(p) && p.Metadata.DeletionTimestamp is null).ToList() ?? [])
            {
                cluster.Snapshot.RemovePod(Api.ObjectKey.Of(pod), node);
                pods.Add(PodTraits.Unbound(pod));
            }
        }

        return pods;
    }

    private bool IsYoung(Pod pod, DateTimeOffset now)
    {
        var delay = options.NewPodScaleUpDelay;
        if (pod.Metadata.Annotations[ScaleUpDelay] is { } text && GoDurations.TryParse(text, out var own) is null && own > delay)
        {
            delay = own;
        }

        return now - (pod.Metadata.CreationTimestamp?.Instant ?? now) <= delay && delay > TimeSpan.Zero;
    }
}

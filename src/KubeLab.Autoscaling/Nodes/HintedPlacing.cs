using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Simulating;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.Nodes;

/// <summary>Puts many pods on nodes in thought; where a pod went the last time is tried first.</summary>
/// <remarks>Upstream: simulator/scheduling/hinting_simulator.go.</remarks>
/// <param name="snapshot">The cluster.</param>
public sealed class HintedPlacing(ClusterSnapshot snapshot)
{
    private Dictionary<ObjectKey, string> hints = [];
    private Dictionary<ObjectKey, string> fresh = [];
    private int from;

    /// <summary>Places pods one after the other; returns those that found a place, with it.</summary>
    /// <param name="pods">The pods; a node that they have is disregarded.</param>
    /// <param name="isWanted">Which nodes are in play.</param>
    /// <param name="untilOneFails">Whether to stop at the first pod without a place.</param>
    /// <param name="failed">The first pod that found no place, or null.</param>
    public IReadOnlyList<(Pod Pod, string Node)> Place(IEnumerable<Pod> pods, Func<NodeInfo, bool> isWanted, bool untilOneFails, out Pod? failed)
    {
        var placed = new List<(Pod, string)>();
        var hopeless = new List<Pod>();
        failed = null;
        foreach (var pod in pods.Select(PodTraits.Unbound))
        {
            // Who is alike and found nothing a moment ago speaks for this one too.
            if (hopeless.Exists(h => AreAlike(h, pod)))
            {
                continue;
            }

            if (PlaceOne(pod, isWanted) is { } node)
            {
                placed.Add((pod, node));
                fresh[ObjectKey.Of(pod)] = node;
                continue;
            }

            failed ??= pod;
            if (untilOneFails)
            {
                return placed;
            }

            hopeless.Add(pod);
        }

        return placed;
    }

    /// <summary>Forgets the hints that were not used since the last call.</summary>
    public void DropOldHints() => (hints, fresh) = (fresh, []);

    private string? PlaceOne(Pod pod, Func<NodeInfo, bool> isWanted)
    {
        if ((hints.GetValueOrDefault(ObjectKey.Of(pod)) ?? fresh.GetValueOrDefault(ObjectKey.Of(pod))) is { } hint
            && snapshot.Find(hint) is { } node && isWanted(node) && snapshot.TryPlace(pod, hint) is null)
        {
            return hint;
        }

        from = snapshot.Nodes.Count == 0 ? 0 : from % snapshot.Nodes.Count;
        return snapshot.TryPlaceAnywhere(pod, isWanted, ref from)?.Name;
    }

    private static bool AreAlike(Pod one, Pod other) =>
        PodTraits.ControllerOf(one) is { } owner && owner.Uid == PodTraits.ControllerOf(other)?.Uid && one.Metadata.Labels == other.Metadata.Labels && one.Spec == other.Spec;
}

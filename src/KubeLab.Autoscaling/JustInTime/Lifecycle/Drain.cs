using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Client.Reconciling;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime.Lifecycle;

/// <summary>Evicts the pods of a node that goes, politely: ordinary ones, then daemons, then critical ones; budgets may make it wait.</summary>
/// <remarks>Upstream: pkg/controllers/node/termination/terminator.</remarks>
internal sealed class Drain(IKubernetesApi api, VirtualClock clock, KarpenterEvents events)
{
    private static readonly Backoff Pause = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    private readonly Dictionary<string, (int Refusals, DateTimeOffset Next)> waiting = new(StringComparer.Ordinal);

    /// <summary>Asks for the next evictions.</summary>
    /// <param name="node">The node.</param>
    /// <param name="pods">The pods on it.</param>
    /// <param name="end">When it goes whatever is left on it; null when it waits.</param>
    /// <returns>How many pods the node's end still waits for.</returns>
    public int Step(Node node, IReadOnlyList<Pod> pods, DateTimeOffset? end)
    {
        DeleteThoseWithoutTime(pods, end);
        foreach (var pod in Groups(pods.Where(PodSorts.IsEvictable)).FirstOrDefault() ?? [])
        {
            Evict(pod);
        }

        var left = pods.Count(p => PodSorts.IsWaitedFor(p, clock.Now));
        if (left > 0 && pods.Any(p => waiting.ContainsKey(p.Metadata.Uid ?? "")))
        {
            events.Warning(node, "FailedDraining", $"Failed to drain node, {left} pods are waiting to be evicted");
        }

        return left;
    }

    /// <summary>The order of eviction; each group waits for those before it.</summary>
    public static IEnumerable<IReadOnlyList<Pod>> Groups(IEnumerable<Pod> pods) => pods
        .GroupBy(p => (PodSorts.IsCritical(p) ? 2 : 0) + (PodSorts.IsDaemon(p) ? 1 : 0))
        .OrderBy(g => g.Key)
        .Select(g => (IReadOnlyList<Pod>)[.. g]);

    private void Evict(Pod pod)
    {
        var uid = pod.Metadata.Uid ?? "";
        var (refusals, next) = waiting.GetValueOrDefault(uid);
        if (clock.Now < next)
        {
            return;
        }

        try
        {
            api.Act(Pod.Resource, ObjectKey.Of(pod), "eviction", new Eviction { Metadata = new() { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace } });
            waiting.Remove(uid);
            events.Normal(pod, "Evicted", "Evicted pod");
        }
        catch (ApiException gone) when (gone.IsNotFound || gone.IsConflict)
        {
            waiting.Remove(uid);
        }
        catch (ApiException refusal) when (refusal.Code == 429)
        {
            waiting[uid] = (refusals + 1, clock.Now + Pause.After(refusals));
        }
    }

    // A node with a last hour deletes pods so early that each has its grace period, budgets or not.
    private void DeleteThoseWithoutTime(IReadOnlyList<Pod> pods, DateTimeOffset? last)
    {
        if (last is not { } end)
        {
            return;
        }

        foreach (var pod in pods.Where(p => PodSorts.IsWaitedFor(p, clock.Now) && p.Metadata.DeletionTimestamp is null))
        {
            var grace = pod.Spec.TerminationGracePeriodSeconds ?? 30;
            if (clock.Now < end.AddSeconds(-grace))
            {
                continue;
            }

            var granted = Math.Max(0, (long)(end - clock.Now).TotalSeconds);
            events.Normal(pod, "Disrupted", $"Deleting the pod to accommodate the terminationTime {new Timestamp(end)} of the node. The pod was granted {granted} seconds of grace-period of its {grace} terminationGracePeriodSeconds. This bypasses the PDB of the pod and the do-not-disrupt annotation.");
            try
            {
                api.Delete<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!, new DeleteOptions { GracePeriodSeconds = granted });
            }
            catch (ApiException gone) when (gone.IsNotFound)
            {
                // It went by itself.
            }
        }
    }
}

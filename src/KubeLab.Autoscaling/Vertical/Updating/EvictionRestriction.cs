using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Vertical.Targets;

namespace KubeLab.Autoscaling.Vertical.Updating;

/// <summary>Which pods of an autoscaler may be evicted in one round, so that enough of each controller's stay.</summary>
/// <remarks>Upstream: PodsRestrictionFactory and PodsEvictionRestriction in pkg/updater/restriction. Budgets are asked besides, by the server.</remarks>
internal sealed class EvictionRestriction
{
    private readonly Dictionary<ObjectKey, ReplicaGroup> groups = [];

    /// <summary>Counts the pods of each controller.</summary>
    /// <param name="pods">The autoscaler's pods that are not going.</param>
    /// <param name="vpa">The autoscaler.</param>
    /// <param name="replicasOf">How many pods a controller wants; null when it is not there or wants none.</param>
    /// <param name="options">What holds where the autoscaler does not say.</param>
    public EvictionRestriction(IReadOnlyList<Pod> pods, Vpa vpa, Func<ControllerKey, int?> replicasOf, VerticalPodAutoscalerOptions options)
    {
        var required = vpa.Spec.UpdatePolicy?.MinReplicas ?? options.MinReplicas;
        foreach (var set in pods.Select(p => (Pod: p, Owner: ControllerKey.OwnerOf(p.Metadata))).Where(p => p.Owner is not null).GroupBy(p => p.Owner!.Value))
        {
            var live = set.Select(p => p.Pod).ToList();
            var configured = set.Key.Kind == "Job" ? live.Count : replicasOf(set.Key);
            if (live.Count < required || configured is not { } wanted)
            {
                continue;
            }

            var group = new ReplicaGroup(wanted, live.Count(p => p.Status.Phase != "Pending"), options.EvictionTolerance);
            live.ForEach(p => groups[ObjectKey.Of(p)] = group);
        }
    }

    /// <summary>Whether a pod may be evicted now; one that does not run yet always.</summary>
    public bool CanEvict(Pod pod) => groups.TryGetValue(ObjectKey.Of(pod), out var group) && (pod.Status.Phase == "Pending" || group.AllowsEviction);

    /// <summary>A pod has been evicted.</summary>
    public void Count(Pod pod)
    {
        if (pod.Status.Phase != "Pending")
        {
            groups[ObjectKey.Of(pod)].Evicted++;
        }
    }
}

using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.Shutdown;

/// <summary>Pods that end together when their machine goes.</summary>
/// <param name="Grace">How long they get.</param>
/// <param name="Pods">The pods.</param>
/// <remarks>Upstream: groupByPriority in pkg/kubelet/nodeshutdown.</remarks>
internal sealed record ShutdownGroup(TimeSpan Grace, IReadOnlyList<PodWorker> Pods)
{
    /// <summary>The groups in the order in which they end: lowest priority first, groups without pods left out.</summary>
    public static IReadOnlyList<ShutdownGroup> Of(IReadOnlyList<ShutdownGracePeriod> periods, IEnumerable<PodWorker> pods)
    {
        var ordered = periods.OrderBy(p => p.Priority).ToList();
        return
        [
            .. pods.GroupBy(p => IndexOf(ordered, p.Pod.Spec.Priority ?? 0))
                .OrderBy(g => g.Key)
                .Select(g => new ShutdownGroup(ordered[g.Key].Grace, [.. g])),
        ];
    }

    /// <summary>The last period that begins at or below the priority; the first when all begin above it.</summary>
    public static int IndexOf(IReadOnlyList<ShutdownGracePeriod> ordered, int priority)
    {
        var index = 0;
        for (var i = 1; i < ordered.Count; i++)
        {
            index = ordered[i].Priority <= priority ? i : index;
        }

        return index;
    }
}

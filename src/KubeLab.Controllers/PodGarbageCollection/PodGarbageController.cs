using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Controllers.Pods;
using KubeLab.Simulation;

namespace KubeLab.Controllers.PodGarbageCollection;

/// <summary>
/// Removes pods that no kubelet will ever finish: those of nodes that are gone, those that end before they have a node, and the oldest
/// of too many ended ones.
/// </summary>
/// <remarks>Upstream: pkg/controller/podgc.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection">Pod garbage
/// collection</seealso>
internal sealed class PodGarbageController : IManagedController
{
    private const string Ended = "ended";
    private const string Stuck = "stuck";
    private static readonly DeleteOptions AtOnce = new() { GracePeriodSeconds = 0 };
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly PodGarbageOptions options;
    private readonly Informer<Node> nodes;
    private readonly PodIndexes pods;
    private readonly InformerIndex<Pod> suspects;
    private readonly SortedDictionary<string, int> podsOnNode = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DateTimeOffset> missing = new(StringComparer.Ordinal);
    private Repeating? round;

    public PodGarbageController(
        IKubernetesApi api, VirtualClock clock, InformerFactory informers, PodIndexes pods, PodGarbageOptions options)
    {
        this.api = api;
        this.clock = clock;
        this.options = options;
        this.pods = pods;
        nodes = informers.For<Node>();
        var all = informers.For<Pod>();
        suspects = all.IndexBy(SuspicionOf);
        all.Changed += Count;
    }

    public string Name => "pod-garbage-collector-controller";

    public void Start() => round = clock.Every(options.Period, Collect);

    public void Stop() => round?.Cancel();

    private static string? SuspicionOf(Pod pod) =>
        pod.Metadata.DeletionTimestamp is not null && string.IsNullOrEmpty(pod.Spec.NodeName) ? Stuck
        : PodState.HasEnded(pod) ? Ended
        : null;

    /// <summary>Counts pods by node, so that a round looks at nodes and not at all pods.</summary>
    private void Count(Pod? old, Pod? pod)
    {
        if (old?.Spec.NodeName == pod?.Spec.NodeName)
        {
            return;
        }

        if (pod?.Spec.NodeName is { Length: > 0 } now)
        {
            podsOnNode[now] = podsOnNode.GetValueOrDefault(now) + 1;
        }

        if (old?.Spec.NodeName is { Length: > 0 } before && --podsOnNode[before] == 0)
        {
            podsOnNode.Remove(before);
        }
    }

    private void Collect()
    {
        CollectEnded();
        CollectOrphaned();
        foreach (var pod in suspects[Stuck].ToList())
        {
            Remove(pod, null);
        }
    }

    private void CollectEnded()
    {
        var surplus = suspects.CountOf(Ended) - options.TerminatedPodThreshold;
        if (options.TerminatedPodThreshold > 0 && surplus > 0)
        {
            // Evicted pods first, then the oldest.
            foreach (var pod in suspects[Ended]
                .OrderBy(p => p.Status.Reason == "Evicted" ? 0 : 1)
                .ThenBy(p => p.Metadata.CreationTimestamp ?? default)
                .ThenBy(p => ObjectKey.Of(p))
                .Take(surplus)
                .ToList())
            {
                Remove(pod, null);
            }
        }
    }

    /// <summary>A node is believed to be gone only after it has been missing for a while and the server confirms it.</summary>
    private void CollectOrphaned()
    {
        foreach (var back in missing.Keys.Where(n => Exists(n) || !podsOnNode.ContainsKey(n)).ToList())
        {
            missing.Remove(back);
        }

        foreach (var name in podsOnNode.Keys.Where(n => !Exists(n)).ToList())
        {
            if (missing.TryAdd(name, clock.Now) || clock.Now < missing[name] + options.Quarantine || api.Find<Node>("", name) is not null)
            {
                continue;
            }

            var condition = new Condition
            {
                Type = "DisruptionTarget",
                Status = "True",
                Reason = "DeletionByPodGC",
                Message = "PodGC: node no longer exists",
                LastTransitionTime = clock.Now,
            };
            foreach (var pod in pods.ByNode[name].ToList())
            {
                Remove(pod, condition);
            }
        }
    }

    private bool Exists(string node) => nodes[new ObjectKey("", node)] is not null;

    /// <summary>Marks a pod as failed, for those who count failures, and deletes it at once.</summary>
    private void Remove(Pod pod, Condition? condition)
    {
        try
        {
            if (!PodState.HasEnded(pod) && api.Find<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!) is { } live
                && live.Metadata.Uid == pod.Metadata.Uid)
            {
                var conditions = condition is null ? live.Status.Conditions : Conditions.Put(live.Status.Conditions, condition);
                api.UpdateStatus(live with { Status = live.Status with { Phase = "Failed", Conditions = conditions } });
            }

            api.Delete(Pod.Resource, ObjectKey.Of(pod), AtOnce with { Uid = pod.Metadata.Uid });
        }
        catch (ApiException)
        {
            // It is gone, or the next round tries again.
        }
    }
}

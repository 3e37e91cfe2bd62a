using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Preemption;

/// <summary>Makes room for a pod that fits nowhere by deleting less important ones, where that helps.</summary>
/// <remarks>
/// On each node all less important pods are taken off a copy; if the pod fits then, as many as possible are put back, the most important first; who does not fit any more is a
/// victim. Upstream: scheduler/framework/plugins/defaultpreemption. Disruption budgets are not looked at yet.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/">Priority and preemption</seealso>
public sealed class DefaultPreemption(IKubernetesApi api, EventRecorder events, IReadOnlyList<IFilterPlugin> filters) : IPostFilterPlugin
{
    /// <inheritdoc/>
    public string Name => "DefaultPreemption";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.None;

    /// <inheritdoc/>
    public (string? NominatedNode, string Message) PostFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, FitError error)
    {
        if (nodes.Count == 0)
        {
            return (null, "preemption: 0/0 nodes are available: .");
        }

        if (pod.Pod.Spec.PreemptionPolicy == "Never")
        {
            return (null, "preemption: not eligible due to preemptionPolicy=Never..");
        }

        if (IsRoomBeingMade(pod, nodes))
        {
            return (pod.Pod.Status.NominatedNodeName, "preemption: not eligible due to a terminating pod on the nominated node..");
        }

        var choices = new List<VictimChoice>();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var (choice, reasons) = Try(state, pod, node, error);
            if (choice is not null)
            {
                choices.Add(choice);
                continue;
            }

            foreach (var reason in reasons)
            {
                counts[reason] = counts.GetValueOrDefault(reason) + 1;
            }
        }

        if (choices.Count == 0)
        {
            return (null, $"preemption: {FitError.Summary(nodes.Count, counts)}");
        }

        var best = VictimChoice.Best(choices);
        Evict(pod, best);
        return (best.Node.Name, "");
    }

    private static bool IsRoomBeingMade(PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        pod.Pod.Status.NominatedNodeName is { Length: > 0 } name
        && nodes.FirstOrDefault(n => n.Name == name) is { } node
        && node.Pods.Any(p => p.Priority < pod.Priority && p.Pod.Metadata.DeletionTimestamp is not null);

    private (VictimChoice? Choice, string[] Reasons) Try(CycleState state, PodInfo pod, NodeInfo node, FitError error)
    {
        if (!error.ByNode.TryGetValue(node.Name, out var refusal) || refusal.Verdict.Code == VerdictCode.UnschedulableAndUnresolvable)
        {
            return (null, ["Preemption is not helpful for scheduling"]);
        }

        var lesser = node.Pods.Where(p => p.Priority < pod.Priority).ToList();
        if (lesser.Count == 0)
        {
            return (null, ["No preemption victims found for incoming pod"]);
        }

        var copy = node.Copy();
        lesser.ForEach(p => copy.Remove(p.Key));
        if (FirstRefusal(state, pod, copy) is { } stillNot)
        {
            return (null, stillNot.Reasons.ToArray());
        }

        lesser.Sort(VictimChoice.ByImportance);
        var victims = new List<PodInfo>();
        foreach (var candidate in lesser)
        {
            copy.Add(candidate);
            if (FirstRefusal(state, pod, copy) is not null)
            {
                copy.Remove(candidate.Key);
                victims.Add(candidate);
            }
        }

        return (new VictimChoice(node, victims), []);
    }

    private Verdict? FirstRefusal(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var filter in filters)
        {
            if (filter.Filter(state, pod, node) is { IsSuccess: false } verdict)
            {
                return verdict;
            }
        }

        return null;
    }

    private void Evict(PodInfo pod, VictimChoice choice)
    {
        foreach (var victim in choice.Victims)
        {
            try
            {
                api.Delete<Pod>(victim.Key.Namespace, victim.Key.Name, DeleteOptions.Default with { Uid = victim.Pod.Metadata.Uid });
                events.Normal(victim.Pod, "Preempted", $"Preempted by pod {pod.Pod.Metadata.Uid} on node {choice.Node.Name}");
            }
            catch (ApiException gone) when (gone.IsNotFound || gone.IsConflict)
            {
                // Somebody else was faster; the room is made all the same.
            }
        }
    }
}

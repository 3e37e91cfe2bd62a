using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Preemption;

/// <summary>Makes room for a pod that fits nowhere by deleting less important ones, where that helps.</summary>
/// <remarks>
/// Nodes that pods leaving cannot help are left out; on each of the others the victims are worked out, the node is chosen where it hurts least, and the pod is nominated for it.
/// Upstream: scheduler/framework/plugins/defaultpreemption.
/// </remarks>
/// <param name="context">Budgets, events and the API.</param>
/// <param name="options">On how many nodes victims are worked out.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/">Priority and preemption</seealso>
public sealed class DefaultPreemption(PluginContext context, PreemptionOptions? options = null) : IPostFilterPlugin
{
    private const string NotHelpful = "Preemption is not helpful for scheduling";

    private readonly PreemptionOptions options = options ?? PreemptionOptions.Default;
    private VictimSearch? search;
    private int offset;

    /// <inheritdoc/>
    public string Name => "DefaultPreemption";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.None;

    /// <inheritdoc/>
    public PostFilterResult PostFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, FitError error)
    {
        if (NotEligible(pod, error) is { } why)
        {
            return new(null, $"preemption: {why}");
        }

        if (nodes.Count == 0)
        {
            return new(null, "preemption: no nodes available");
        }

        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var choices = Choices(state, pod, nodes, error, counts);
        if (choices.Count == 0)
        {
            return new("", $"preemption: {FitError.Summary(nodes.Count, counts)}");
        }

        var best = VictimChoice.Best(choices);
        Evict(pod, best);
        ClearLesserNominations(pod, best.Node.Name);
        return new(best.Node.Name, "");
    }

    internal void Use(SchedulingCycle cycle) => search = new VictimSearch(cycle);

    /// <summary>The nodes on which the pod would fit if others left, with who would have to; for the others, why not.</summary>
    internal List<VictimChoice> Choices(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, FitError error, IDictionary<string, int> reasons)
    {
        List<NodeInfo> possible = [.. nodes.Where(n => error.ByNode.TryGetValue(n.Name, out var refusal) && refusal.Verdict.Code == VerdictCode.Unschedulable)];
        Count(NotHelpful, nodes.Count - possible.Count);
        var budgets = possible.Count == 0 ? [] : context.Objects.All<PodDisruptionBudget>().ToList();
        var enough = Math.Min(possible.Count, Math.Max(options.MinCandidateNodesAbsolute, possible.Count * options.MinCandidateNodesPercentage / 100));
        var choices = new List<VictimChoice>();
        var start = possible.Count == 0 ? 0 : offset++ % possible.Count;
        var looked = 0;
        for (; looked < possible.Count && !(choices.Count >= enough && choices.Exists(c => c.Violations == 0)); looked++)
        {
            var (choice, refusal) = search!.Try(state, pod, possible[(start + looked) % possible.Count], budgets);
            if (choice is not null)
            {
                choices.Add(choice);
            }

            foreach (var reason in refusal.Reasons)
            {
                Count(reason, 1);
            }
        }

        Count(NotHelpful, possible.Count - looked);
        return choices;

        void Count(string reason, int count)
        {
            if (count > 0)
            {
                reasons.TryGetValue(reason, out var before);
                reasons[reason] = before + count;
            }
        }
    }

    private string? NotEligible(PodInfo pod, FitError error)
    {
        if (pod.Pod.Spec.PreemptionPolicy == "Never")
        {
            return "not eligible due to preemptionPolicy=Never.";
        }

        if (pod.Pod.Status.NominatedNodeName is not { Length: > 0 } name || context.Cache.Find(name) is not { } node
            || !error.ByNode.TryGetValue(name, out var refusal) || refusal.Verdict.Code == VerdictCode.UnschedulableAndUnresolvable)
        {
            return null;
        }

        return node.Pods.Any(p => p.Priority < pod.Priority && IsLeavingForAnother(p.Pod))
            ? "not eligible due to a terminating pod on the nominated node."
            : null;
    }

    private static bool IsLeavingForAnother(Pod pod) =>
        pod.Metadata.DeletionTimestamp is not null
        && pod.Status.Conditions.Exists(c => c is { Type: DisruptionTarget.Type, Status: "True", Reason: DisruptionTarget.Reason });

    private void Evict(PodInfo pod, VictimChoice choice)
    {
        foreach (var victim in choice.Victims)
        {
            try
            {
                Announce(pod, victim.Key);
                context.Api.Delete<Pod>(victim.Key.Namespace, victim.Key.Name, DeleteOptions.Default with { Uid = victim.Pod.Metadata.Uid });
                context.Events.Normal(victim.Pod, "Preempted", $"Preempted by pod {pod.Pod.Metadata.Uid} on node {choice.Node.Name}");
            }
            catch (ApiException gone) when (gone.IsNotFound || gone.IsConflict)
            {
                // Somebody else was faster; the room is made all the same.
            }
        }
    }

    private void Announce(PodInfo pod, ObjectKey victim)
    {
        if (context.Api.Find<Pod>(victim.Namespace, victim.Name) is { } current)
        {
            var conditions = DisruptionTarget.Set(current.Status.Conditions, pod.Pod.Spec.SchedulerName ?? "default-scheduler", context.Clock.Now);
            if (conditions != current.Status.Conditions)
            {
                context.Api.UpdateStatus(current with { Status = current.Status with { Conditions = conditions } });
            }
        }
    }

    /// <summary>Less important pods that hoped for the same node may not fit there any more: they look for another.</summary>
    private void ClearLesserNominations(PodInfo pod, string node)
    {
        foreach (var lesser in context.Cache.NominatedOn(node).Where(p => p.Priority < pod.Priority).ToList())
        {
            context.Cache.Denominate(lesser.Key);
            try
            {
                if (context.Api.Find<Pod>(lesser.Key.Namespace, lesser.Key.Name) is { Status.NominatedNodeName: not null } current)
                {
                    context.Api.UpdateStatus(current with { Status = current.Status with { NominatedNodeName = null } });
                }
            }
            catch (ApiException)
            {
                // Its next attempt says again where it is to go.
            }
        }
    }
}

using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Scheduling.Cache;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Scheduling.Explaining;

/// <summary>Answers what the scheduler thinks of a pod, from what the API says at this moment; it changes nothing.</summary>
/// <remarks>It runs the scheduler's own filters and scores on its own copy of the cluster, so that it can also be asked what would be if the pod or a node were different.</remarks>
public sealed class Explainer
{
    private readonly SchedulerCache cache = new();
    private readonly SchedulingCycle cycle;
    private readonly SchedulerProfile profile;
    private readonly PluginContext context;

    /// <summary>Reads the cluster.</summary>
    /// <param name="api">The server.</param>
    /// <param name="clock">The time.</param>
    /// <param name="without">A pod that is left out, so that it does not stand in its own way.</param>
    /// <param name="options">The scheduler's configuration; upstream's defaults when null.</param>
    /// <param name="schedulerName">Which of its profiles.</param>
    public Explainer(IKubernetesApi api, VirtualClock clock, Pod? without = null, SchedulerOptions? options = null, string? schedulerName = null)
    {
        options ??= SchedulerOptions.Default;
        var own = options.Profiles.FirstOrDefault(p => p.SchedulerName == schedulerName) ?? options.Profiles[0];
        var chance = new Randomness(0);
        context = new PluginContext(api, clock, new EventRecorder(api, clock, chance, own.SchedulerName), cache, new ListedObjects(api));
        profile = new SchedulerProfile(Framework.Profile.Of(context, own with { PercentageOfNodesToScore = null }), context, chance);
        cycle = profile.Cycle;
        foreach (var node in api.List<Node>())
        {
            cache.Set(node);
        }

        foreach (var pod in api.List<Pod>())
        {
            Put(pod, without);
        }
    }

    /// <summary>The nodes and the pods on them, as they were read.</summary>
    public SchedulerCache Cache => cache;

    internal SchedulingCycle Cycle => cycle;

    internal PluginContext Context => context;

    /// <summary>Every node's refusals or scores.</summary>
    public PodExplanation Explain(Pod pod)
    {
        var (info, state) = (cache.InfoOf(Unbound(pod)), new CycleState());
        var before = cycle.Runner.PreFilter(state, info, cache.Nodes);
        var refusals = new Dictionary<string, List<Refusal>>(StringComparer.Ordinal);
        var feasible = new List<NodeInfo>();
        foreach (var node in cache.Nodes)
        {
            var found = RefusalsOf(state, info, node, before);
            refusals.Add(node.Name, found);
            if (found.Count == 0)
            {
                feasible.Add(node);
            }
        }

        var scores = ScoresOf(state, info, feasible);
        return new PodExplanation
        {
            Pod = info.Key,
            BoundTo = pod.Spec.NodeName ?? "",
            Held = HeldBy(pod),
            Message = feasible.Count > 0 ? "" : Sentence(info),
            Nodes = [.. cache.Nodes.OrderBy(n => n.Name, StringComparer.Ordinal).Select(n => new NodeExplanation(n.Name, refusals[n.Name], scores.GetValueOrDefault(n.Name) ?? []))],
        };
    }

    /// <summary>The names of the nodes on which a pod would fit, in the order of the nodes.</summary>
    public IReadOnlyList<string> Fitting(Pod pod) => [.. FittingNodes(pod).Select(n => n.Name)];

    /// <summary>Whether a pod would fit on a node that does not exist yet.</summary>
    public bool WouldFitOn(Pod pod, Node node)
    {
        cache.Set(node);
        try
        {
            return Fits(pod, cache.Find(node.Metadata.Name!)!);
        }
        finally
        {
            cache.RemoveNode(node.Metadata.Name!);
        }
    }

    internal bool Fits(Pod pod, NodeInfo node)
    {
        var (info, state) = (cache.InfoOf(Unbound(pod)), new CycleState());
        var before = cycle.Runner.PreFilter(state, info, cache.Nodes);
        return before.RefusedBy is null && before.Nodes?.Contains(node.Name) != false && cycle.Filter(state, info, node, before.Skipped).Verdict.IsSuccess;
    }

    internal bool FitsSomewhere(Pod pod) => FittingNodes(pod).Any();

    private IEnumerable<NodeInfo> FittingNodes(Pod pod)
    {
        var (info, state) = (cache.InfoOf(Unbound(pod)), new CycleState());
        var before = cycle.Runner.PreFilter(state, info, cache.Nodes);
        return before.RefusedBy is not null
            ? []
            : cache.Nodes.Where(n => before.Nodes?.Contains(n.Name) != false && cycle.Filter(state, info, n, before.Skipped).Verdict.IsSuccess);
    }

    private static Pod Unbound(Pod pod) => pod.Spec.NodeName is null && pod.Status.NominatedNodeName is null
        ? pod
        : pod with { Spec = pod.Spec with { NodeName = null }, Status = pod.Status with { NominatedNodeName = null } };

    private void Put(Pod pod, Pod? without)
    {
        if (pod.Status.Phase is "Succeeded" or "Failed" || pod.Metadata.Uid == without?.Metadata.Uid)
        {
            return;
        }

        if (!string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            cache.SetPod(pod);
        }
        else if (pod.Status.NominatedNodeName is { Length: > 0 } node)
        {
            cache.Nominate(cache.InfoOf(pod), node);
        }
    }

    private List<Refusal> RefusalsOf(CycleState state, PodInfo pod, NodeInfo node, PreFilterOutcome before)
    {
        if (before.RefusedBy is not null)
        {
            var reason = string.Join(", ", before.Verdict.Reasons.ToArray());
            return [new(before.RefusedBy, reason, reason, false)];
        }

        var found = new List<Refusal>();
        if (before.Nodes?.Contains(node.Name) == false)
        {
            found.Add(new(before.Restricting![0], $"node(s) didn't satisfy plugin(s) [{string.Join(' ', before.Restricting)}]", "is not one of the nodes that the pod names", false));
        }

        foreach (var (plugin, verdict) in cycle.Runner.AllRefusals(state, pod, node, before.Skipped))
        {
            foreach (var reason in verdict.Reasons)
            {
                found.Add(new(plugin, reason, RefusalWords.Of(plugin, reason, pod, node), verdict.Code == VerdictCode.Unschedulable));
            }
        }

        if (found.Count == 0 && cycle.Filter(state, pod, node, before.Skipped) is { Verdict.IsSuccess: false } kept)
        {
            var names = string.Join(", ", cache.NominatedOn(node.Name).Where(p => p.Priority >= pod.Priority).Select(p => p.Key.ToString()));
            found.Add(new(kept.Plugin, kept.Verdict.Reasons[0], $"is kept free for {names}", true));
        }

        return found;
    }

    private Dictionary<string, List<Score>> ScoresOf(CycleState state, PodInfo pod, List<NodeInfo> feasible)
    {
        var scores = feasible.ToDictionary(n => n.Name, _ => new List<Score>(), StringComparer.Ordinal);
        if (feasible.Count > 0)
        {
            cycle.Runner.Scores(state, pod, feasible, plugin =>
            {
                for (var i = 0; i < feasible.Count; i++)
                {
                    scores[feasible[i].Name].Add(new(plugin.Plugin, plugin.Weight, plugin.Raw[i], plugin.Normalized[i]));
                }
            });
        }

        return scores;
    }

    /// <summary>What the scheduler would say, with what preemption adds; nobody is evicted for it.</summary>
    private string Sentence(PodInfo pod)
    {
        var error = cycle.Explain(pod);
        if (error is null)
        {
            return "";
        }

        if (pod.Pod.Spec.PreemptionPolicy == "Never")
        {
            error.PostFilterMessage = "preemption: not eligible due to preemptionPolicy=Never.";
            return error.Message;
        }

        var (choices, counts) = Preempting(pod.Pod, error);
        error.PostFilterMessage = choices.Count > 0 || cache.Nodes.Count == 0 ? "" : $"preemption: {FitError.Summary(cache.Nodes.Count, counts)}";
        return error.Message;
    }

    internal (List<Preemption.VictimChoice> Choices, SortedDictionary<string, int> Counts) Preempting(Pod pod, FitError error)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (info, state) = (cache.InfoOf(Unbound(pod)), new CycleState());
        cycle.Runner.PreFilter(state, info, cache.Nodes);
        var preemption = profile.Profile.PostFilter.OfType<Preemption.DefaultPreemption>().FirstOrDefault();
        return (preemption?.Choices(state, info, cache.Nodes, error, counts) ?? [], counts);
    }

    private string HeldBy(Pod pod)
    {
        if (!string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            return "";
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            return "it is being deleted";
        }

        if ((pod.Spec.SchedulerName ?? "default-scheduler") != profile.Profile.SchedulerName)
        {
            return $"it waits for a scheduler called {pod.Spec.SchedulerName}, and none of that name is known here";
        }

        return pod.Spec.SchedulingGates.IsEmpty
            ? ""
            : $"it waits until its scheduling gates are lifted: {string.Join(", ", pod.Spec.SchedulingGates.Select(g => g.Name))}";
    }
}

using KubeLab.Scheduling.Cache;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Preemption;
using KubeLab.Simulation;

namespace KubeLab.Scheduling;

/// <summary>One pod's way through filters and scores to a node.</summary>
internal sealed class SchedulingCycle
{
    private const int FewNodes = 100;

    private readonly SchedulerCache cache;
    private readonly Randomness ties;
    private readonly ProfileRunner runner;
    private readonly NodeSample sample;

    public SchedulingCycle(Profile profile, SchedulerCache cache, Randomness ties)
    {
        this.cache = cache;
        this.ties = ties;
        runner = new ProfileRunner(profile);
        sample = new NodeSample(cache, profile.PercentageOfNodesToScore);
        foreach (var preemption in profile.PostFilter.OfType<DefaultPreemption>())
        {
            preemption.Use(this);
        }
    }

    /// <summary>The profile's plugins as they are run.</summary>
    public ProfileRunner Runner => runner;

    /// <summary>The best node, or null and the reasons.</summary>
    public NodeInfo? FindNode(CycleState state, PodInfo pod, out FitError? error)
    {
        var before = runner.PreFilter(state, pod, cache.Nodes);
        var remembered = PlacementsOf(pod, before);
        if (remembered is null)
        {
            return LookAtAll(state, pod, before, out error);
        }

        error = null;
        if (remembered.LastError is { } last && last.Version == cache.Version)
        {
            error = last.Error;
            return null;
        }

        remembered.Refresh(cache);
        if (BestOf(remembered, state, pod, before) is { } best)
        {
            return best;
        }

        var found = LookAtAll(state, pod, before, out error);
        Invariant.Holds(found is null, "what fits when all nodes are looked at was found among the remembered ones");
        remembered.LastError = (cache.Version, error!);
        return null;
    }

    /// <summary>Why no node fits, or null when one does; each node is asked.</summary>
    public FitError? Explain(PodInfo pod)
    {
        var state = new CycleState();
        LookAtAll(state, pod, runner.PreFilter(state, pod, cache.Nodes), out var error);
        return error;
    }

    /// <summary>Where room is kept for pods of equal or higher priority, a newcomer must fit beside them too.</summary>
    public (string Plugin, Verdict Verdict) Filter(CycleState state, PodInfo pod, NodeInfo node, ulong skipped)
    {
        if (cache.HasNominations && cache.NominatedOn(node.Name) is { Count: > 0 } nominated)
        {
            var (crowded, trial) = (node.Copy(), state.Copy());
            var any = false;
            foreach (var other in nominated)
            {
                if (other.Priority >= pod.Priority && other.Key != pod.Key)
                {
                    any = true;
                    crowded.Add(other);
                    foreach (var plugin in runner.Extensions)
                    {
                        plugin.AddPod(trial, pod, other, crowded);
                    }
                }
            }

            if (any && runner.Filter(trial, pod, crowded, skipped) is { Verdict.IsSuccess: false } refusal)
            {
                return refusal;
            }
        }

        return runner.Filter(state, pod, node, skipped);
    }

    private NodeInfo? LookAtAll(CycleState state, PodInfo pod, PreFilterOutcome before, out FitError? error)
    {
        error = new FitError(cache.Nodes.Count);
        if (before.RefusedBy is not null)
        {
            error.Refuse(before.RefusedBy, before.Verdict);
            return null;
        }

        if (before.Restricting is { } restricting)
        {
            error.Leave(restricting);
        }

        // A node on which room was made for this pod is taken if it fits now, whatever others may offer.
        if (pod.Pod.Status.NominatedNodeName is { Length: > 0 } nominated && cache.Find(nominated) is { } kept
            && before.Nodes?.Contains(nominated) != false && Filter(state, pod, kept, before.Skipped).Verdict.IsSuccess)
        {
            error = null;
            return kept;
        }

        var feasible = new List<NodeInfo>();
        var search = sample.Begin(before.Nodes);
        while (feasible.Count < search.Wanted && search.Next() is { } node)
        {
            var (plugin, verdict) = Filter(state, pod, node, before.Skipped);
            if (verdict.IsSuccess)
            {
                feasible.Add(node);
            }
            else
            {
                error.Add(node, plugin, verdict);
            }
        }

        sample.End(search);
        if (feasible.Count == 0)
        {
            return null;
        }

        error = null;
        return feasible.Count == 1 ? feasible[0] : Highest(feasible, runner.Scores(state, pod, feasible));
    }

    /// <summary>The node with the highest score; among equals by chance, each as likely.</summary>
    private NodeInfo Highest(List<NodeInfo> feasible, long[] scores)
    {
        var (best, equals) = (0, 1);
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
            {
                (best, equals) = (i, 1);
            }
            else if (scores[i] == scores[best] && ties.NextInt(++equals) == 0)
            {
                best = i;
            }
        }

        return feasible[best];
    }

    /// <summary>What is remembered for pods like this one, or null where all nodes must be looked at.</summary>
    private Placements? PlacementsOf(PodInfo pod, PreFilterOutcome before)
    {
        if (before.RefusedBy is not null || before.Nodes is not null || cache.HasNominations || cache.Nodes.Count < 2
            || !sample.IsAll || !runner.CanGroup || !runner.CanFilterGroups(before.Skipped) || !string.IsNullOrEmpty(pod.Pod.Status.NominatedNodeName))
        {
            return null;
        }

        var shape = pod.Shape;
        if (shape.Looks++ == 0 && cache.Nodes.Count > FewNodes)
        {
            // Among many nodes, who comes once is not worth remembering.
            return null;
        }

        var groupings = Array.ConvertAll(runner.Groupers, g => g.GroupingOf(pod));
        if (shape.Recall<Placements>(this) is { } known && known.Groupings.AsSpan().SequenceEqual(groupings))
        {
            return known;
        }

        var fresh = Remember(pod, groupings, before.Skipped);
        shape.Remember(this, fresh);
        return fresh;
    }

    private Placements Remember(PodInfo pod, object?[] groupings, ulong skipped)
    {
        var own = runner.OwnScores.Where(s => s.Plugin.PreScore(new CycleState(), pod, new Candidates([])).Code != VerdictCode.Skip).ToArray();
        var compared = runner.ComparedScores
            .Where(s => s.Plugin.IsNodeLocal && s.Plugin.PreScore(new CycleState(), pod, new Candidates([])).Code != VerdictCode.Skip).ToArray();
        var groupers = runner.Groupers.Where((_, i) => groupings[i] is not null).ToArray();
        var none = new CycleState();
        return new Placements(pod, groupings, Judge);

        (int Group, int Score) Judge(PodInfo example, NodeInfo node, NodeGroups numbers)
        {
            if (!runner.Passes(none, example, node, skipped, nodeLocal: true))
            {
                return (-1, -1);
            }

            long score = 0;
            foreach (var (plugin, weight) in own)
            {
                score += weight * plugin.Score(none, example, node);
            }

            var key = new NodeGroupKey(numbers);
            foreach (var (plugin, _) in compared)
            {
                key.Add(plugin.Score(none, example, node));
            }

            foreach (var plugin in groupers)
            {
                plugin.Group(example, node, ref key);
            }

            return (key.Id, (int)score);
        }
    }

    /// <summary>One of the best nodes of all groups, by chance among equals; null when none fits.</summary>
    private NodeInfo? BestOf(Placements remembered, CycleState state, PodInfo pod, PreFilterOutcome before)
    {
        var groups = new List<PlacementGroup>(remembered.Groups.Count);
        var nodes = new List<NodeInfo>(remembered.Groups.Count);
        var counts = new List<int>(remembered.Groups.Count);
        foreach (var group in remembered.Groups)
        {
            var example = cache.Places[group.Best.Places[0]];
            if (runner.Passes(state, pod, example, before.Skipped, nodeLocal: false))
            {
                groups.Add(group);
                nodes.Add(example);
                counts.Add(group.Count);
            }
        }

        if (groups.Count == 0)
        {
            return null;
        }

        var totals = groups.Count == 1 ? [groups[0].Best.Score] : Totals(state, pod, groups, new Candidates(nodes, counts));
        var (best, equals) = (long.MinValue, 0);
        for (var i = 0; i < totals.Length; i++)
        {
            var count = groups[i].Best.Places.Count;
            (best, equals) = totals[i] > best ? (totals[i], count) : totals[i] == best ? (best, equals + count) : (best, equals);
        }

        var chosen = equals == 1 ? 0 : ties.NextInt(equals);
        for (var i = 0; ; i++)
        {
            if (totals[i] != best)
            {
                continue;
            }

            var places = groups[i].Best.Places;
            if (chosen < places.Count)
            {
                return cache.Places[places[chosen]];
            }

            chosen -= places.Count;
        }
    }

    private long[] Totals(CycleState state, PodInfo pod, List<PlacementGroup> groups, Candidates candidates)
    {
        var totals = new long[groups.Count];
        var scores = new long[groups.Count];
        for (var i = 0; i < totals.Length; i++)
        {
            totals[i] = groups[i].Best.Score;
        }

        foreach (var (plugin, weight) in runner.ComparedScores)
        {
            if (plugin.PreScore(state, pod, candidates).Code == VerdictCode.Skip)
            {
                continue;
            }

            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = plugin.Score(state, pod, candidates.Nodes[i]);
            }

            plugin.Normalize(scores);
            for (var i = 0; i < scores.Length; i++)
            {
                totals[i] += weight * scores[i];
            }
        }

        return totals;
    }
}

using System.Runtime.CompilerServices;
using KubeLab.Scheduling.Cache;
using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Scheduling;

/// <summary>One pod's way through the plugins, from the first look to the binding.</summary>
internal sealed class SchedulingCycle(Profile profile, SchedulerCache cache, Randomness ties)
{
    private readonly ConditionalWeakTable<PodDemand, Placements> placements = [];

    /// <summary>The best node, or null and the reasons.</summary>
    public NodeInfo? FindNode(CycleState state, PodInfo pod, out FitError? error)
    {
        error = null;
        var remembered = PlacementsOf(state, pod);
        if (remembered is not null)
        {
            if (remembered.Best(cache, ties) is { } best)
            {
                return best;
            }

            if (remembered.LastError is { } last && last.Version == cache.Version)
            {
                error = last.Error;
                return null;
            }
        }

        var found = LookAtAll(state, pod, out error);
        if (found is null && remembered is not null)
        {
            remembered.LastError = (cache.Version, error!);
        }

        return found;
    }

    /// <summary>Why no node fits, or null when one does.</summary>
    public FitError? Explain(PodInfo pod)
    {
        LookAtAll(new CycleState(), pod, out var error);
        return error;
    }

    /// <summary>Reserves, permits, prepares and binds; the first refusal undoes the reservations and is returned.</summary>
    public (string Plugin, Verdict Verdict) Bind(CycleState state, PodInfo pod, NodeInfo node)
    {
        var refusal = BeforeBinding(state, pod, node);
        if (!refusal.Verdict.IsSuccess)
        {
            foreach (var plugin in profile.Reserve)
            {
                plugin.Unreserve(state, pod, node);
            }

            return refusal;
        }

        foreach (var plugin in profile.Bind)
        {
            if (plugin.Bind(state, pod, node).Code != VerdictCode.Skip)
            {
                break;
            }
        }

        foreach (var plugin in profile.PostBind)
        {
            plugin.PostBind(state, pod, node);
        }

        return ("", Verdict.Success);
    }

    private (string Plugin, Verdict Verdict) BeforeBinding(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var plugin in profile.Reserve)
        {
            if (plugin.Reserve(state, pod, node) is { IsSuccess: false } verdict)
            {
                return (plugin.Name, verdict);
            }
        }

        foreach (var plugin in profile.Permit)
        {
            if (plugin.Permit(state, pod, node) is { IsSuccess: false } verdict)
            {
                return (plugin.Name, verdict);
            }
        }

        foreach (var plugin in profile.PreBind)
        {
            if (plugin.PreBind(state, pod, node) is { IsSuccess: false } verdict)
            {
                return (plugin.Name, verdict);
            }
        }

        return ("", Verdict.Success);
    }

    private NodeInfo? LookAtAll(CycleState state, PodInfo pod, out FitError? error)
    {
        error = new FitError(cache.Nodes.Count);
        if (!PreFilter(state, pod, error, out var skipped))
        {
            return null;
        }

        var feasible = new List<NodeInfo>();
        foreach (var node in cache.Nodes)
        {
            var (plugin, verdict) = Filter(state, pod, node, skipped);
            if (verdict.IsSuccess)
            {
                feasible.Add(node);
            }
            else
            {
                error.Add(node, plugin, verdict);
            }
        }

        if (feasible.Count == 0)
        {
            return null;
        }

        error = null;
        return feasible.Count == 1 ? feasible[0] : Highest(feasible, Scores(state, pod, feasible));
    }

    private bool PreFilter(CycleState state, PodInfo pod, FitError error, out HashSet<string>? skipped)
    {
        skipped = null;
        foreach (var plugin in profile.PreFilter)
        {
            var verdict = plugin.PreFilter(state, pod, cache.Nodes);
            if (verdict.Code == VerdictCode.Skip)
            {
                (skipped ??= new(StringComparer.Ordinal)).Add(plugin.Name);
            }
            else if (!verdict.IsSuccess)
            {
                error.Refuse(plugin.Name, verdict);
                return false;
            }
        }

        return true;
    }

    /// <summary>Where room is kept for pods of equal or higher priority, a newcomer must fit beside them too.</summary>
    private (string Plugin, Verdict Verdict) Filter(CycleState state, PodInfo pod, NodeInfo node, HashSet<string>? skipped)
    {
        if (cache.HasNominations && cache.NominatedOn(node.Name) is { Count: > 0 } nominated)
        {
            var crowded = node.Copy();
            foreach (var other in nominated)
            {
                if (other.Priority >= pod.Priority && other.Key != pod.Key)
                {
                    crowded.Add(other);
                }
            }

            if (RunFilters(state, pod, crowded, skipped) is { Verdict.IsSuccess: false } refusal)
            {
                return refusal;
            }
        }

        return RunFilters(state, pod, node, skipped);
    }

    private (string Plugin, Verdict Verdict) RunFilters(CycleState state, PodInfo pod, NodeInfo node, HashSet<string>? skipped)
    {
        foreach (var plugin in profile.Filter)
        {
            if (skipped?.Contains(plugin.Name) == true)
            {
                continue;
            }

            if (plugin.Filter(state, pod, node) is { IsSuccess: false } verdict)
            {
                return (plugin.Name, verdict);
            }
        }

        return ("", Verdict.Success);
    }

    private long[] Scores(CycleState state, PodInfo pod, List<NodeInfo> feasible)
    {
        var totals = new long[feasible.Count];
        var own = new long[feasible.Count];
        foreach (var (plugin, weight) in profile.Score)
        {
            if (plugin.PreScore(state, pod, feasible).Code == VerdictCode.Skip)
            {
                continue;
            }

            for (var i = 0; i < own.Length; i++)
            {
                own[i] = plugin.Score(state, pod, feasible[i]);
            }

            plugin.Normalize(own);
            for (var i = 0; i < own.Length; i++)
            {
                totals[i] += weight * own[i];
            }
        }

        return totals;
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

    /// <summary>What is remembered for the pod's template, or null where the plugins must see all nodes together.</summary>
    private Placements? PlacementsOf(CycleState state, PodInfo pod)
    {
        if (cache.HasNominations || profile.PreFilter.Count > 0 || cache.Nodes.Count < 2)
        {
            return null;
        }

        if (placements.TryGetValue(pod.Demand, out var known) && known.NodesVersion == cache.NodesVersion)
        {
            return known.ScoreMax < 0 ? null : known;
        }

        var fresh = Remember(state, pod);
        placements.AddOrUpdate(pod.Demand, fresh);
        return fresh.ScoreMax < 0 ? null : fresh;
    }

    private Placements Remember(CycleState state, PodInfo pod)
    {
        var scorers = new List<(IScorePlugin Plugin, int Weight)>();
        var local = profile.Filter.All(f => f.IsNodeLocal);
        foreach (var (plugin, weight) in profile.Score)
        {
            if (plugin.PreScore(state, pod, cache.Nodes).Code == VerdictCode.Skip)
            {
                continue;
            }

            local &= plugin.IsNodeLocal && !plugin.Normalize([]);
            scorers.Add((plugin, weight));
        }

        var max = local ? scorers.Sum(s => s.Weight * 100) : -1;
        return new Placements(pod, (p, node) => Judge(p, node, scorers), max) { NodesVersion = cache.NodesVersion };
    }

    private int Judge(PodInfo pod, NodeInfo node, List<(IScorePlugin Plugin, int Weight)> scorers)
    {
        var state = EmptyState;
        if (!RunFilters(state, pod, node, null).Verdict.IsSuccess)
        {
            return -1;
        }

        long total = 0;
        foreach (var (plugin, weight) in scorers)
        {
            total += weight * plugin.Score(state, pod, node);
        }

        return (int)total;
    }

    private CycleState EmptyState { get; } = new();
}

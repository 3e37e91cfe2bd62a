namespace KubeLab.Scheduling.Framework;

/// <summary>Runs the filters and scores of a profile, and knows which of them judge a node by itself.</summary>
internal sealed class ProfileRunner
{
    private readonly Profile profile;
    private readonly int[] filterOfPreFilter;

    public ProfileRunner(Profile profile)
    {
        this.profile = profile;
        filterOfPreFilter = [.. profile.PreFilter.Select(p => IndexOf(profile.Filter, p))];
        Extensions = [.. profile.PreFilter.OfType<IPreFilterExtensions>()];
        var all = profile.Filter.Cast<IPlugin>().Concat(profile.Score.Select(s => s.Plugin));
        Groupers = [.. all.OfType<INodeGrouping>().Distinct()];
        OwnScores = [.. profile.Score.Where(s => s.Plugin.IsNodeLocal && !s.Plugin.Normalize([]))];
        ComparedScores = [.. profile.Score.Where(s => !s.Plugin.IsNodeLocal || s.Plugin.Normalize([]))];
        CanGroup = ComparedScores.All(s => s.Plugin.IsNodeLocal || s.Plugin is INodeGrouping);
    }

    /// <summary>Plugins that must hear of pods put on and taken off a node for a try.</summary>
    public IPreFilterExtensions[] Extensions { get; }

    /// <summary>Plugins that say which nodes look alike to them.</summary>
    public INodeGrouping[] Groupers { get; }

    /// <summary>Scores that a node earns by itself and that are added up as they are.</summary>
    public (IScorePlugin Plugin, int Weight)[] OwnScores { get; }

    /// <summary>Scores that are brought into 0 to 100 over all nodes.</summary>
    public (IScorePlugin Plugin, int Weight)[] ComparedScores { get; }

    /// <summary>Whether all scores can be computed for groups of nodes.</summary>
    public bool CanGroup { get; }

    /// <summary>Asks every plugin about the pod itself; a refusal, or no node left, ends it.</summary>
    public PreFilterOutcome PreFilter(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        ulong skipped = 0;
        HashSet<string>? only = null;
        List<string>? restricting = null;
        for (var i = 0; i < profile.PreFilter.Count; i++)
        {
            var plugin = profile.PreFilter[i];
            var result = plugin.PreFilter(state, pod, nodes);
            if (result.Verdict.Code == VerdictCode.Skip)
            {
                skipped |= filterOfPreFilter[i] >= 0 ? 1ul << filterOfPreFilter[i] : 0;
                continue;
            }

            if (!result.Verdict.IsSuccess)
            {
                return new(skipped, null, plugin.Name, result.Verdict);
            }

            if (result.Nodes is not { } names)
            {
                continue;
            }

            (restricting ??= []).Add(plugin.Name);
            if (only is null)
            {
                only = new(names, StringComparer.Ordinal);
            }
            else
            {
                only.IntersectWith(names);
            }

            if (only.Count == 0)
            {
                var reason = restricting.Count == 1
                    ? $"node(s) didn't satisfy plugin {restricting[0]}"
                    : $"node(s) didn't satisfy plugin(s) [{string.Join(' ', restricting)}] simultaneously";
                return new(skipped, null, plugin.Name, Verdict.Unresolvable(reason));
            }
        }

        restricting?.Sort(StringComparer.Ordinal);
        return new(skipped, only, null, Verdict.Success) { Restricting = restricting };
    }

    /// <summary>The first refusal, or success.</summary>
    public (string Plugin, Verdict Verdict) Filter(CycleState state, PodInfo pod, NodeInfo node, ulong skipped)
    {
        for (var i = 0; i < profile.Filter.Count; i++)
        {
            if ((skipped & (1ul << i)) == 0 && profile.Filter[i].Filter(state, pod, node) is { IsSuccess: false } verdict)
            {
                return (profile.Filter[i].Name, verdict);
            }
        }

        return ("", Verdict.Success);
    }

    /// <summary>Whether all filters of one sort let the pod pass: those that judge a node by itself, or the others.</summary>
    public bool Passes(CycleState state, PodInfo pod, NodeInfo node, ulong skipped, bool nodeLocal)
    {
        for (var i = 0; i < profile.Filter.Count; i++)
        {
            var plugin = profile.Filter[i];
            if ((skipped & (1ul << i)) == 0 && plugin.IsNodeLocal == nodeLocal && !plugin.Filter(state, pod, node).IsSuccess)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the filters that are left can be answered for groups of nodes.</summary>
    public bool CanFilterGroups(ulong skipped)
    {
        for (var i = 0; i < profile.Filter.Count; i++)
        {
            if ((skipped & (1ul << i)) == 0 && !profile.Filter[i].IsNodeLocal && profile.Filter[i] is not INodeGrouping)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Every filter's refusal of a node, in the order in which they are asked.</summary>
    public IEnumerable<(string Plugin, Verdict Verdict)> AllRefusals(CycleState state, PodInfo pod, NodeInfo node, ulong skipped)
    {
        for (var i = 0; i < profile.Filter.Count; i++)
        {
            if ((skipped & (1ul << i)) == 0 && profile.Filter[i].Filter(state, pod, node) is { IsSuccess: false } verdict)
            {
                yield return (profile.Filter[i].Name, verdict);
            }
        }
    }

    /// <summary>The sum of all weighted scores of each node.</summary>
    public long[] Scores(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Action<PluginScores>? watch = null)
    {
        var totals = new long[feasible.Count];
        var own = new long[feasible.Count];
        foreach (var (plugin, weight) in profile.Score)
        {
            if (plugin.PreScore(state, pod, new Candidates(feasible)).Code == VerdictCode.Skip)
            {
                continue;
            }

            for (var i = 0; i < own.Length; i++)
            {
                own[i] = plugin.Score(state, pod, feasible[i]);
            }

            var raw = watch is null ? null : own.ToArray();
            plugin.Normalize(own);
            watch?.Invoke(new PluginScores(plugin.Name, weight, raw!, [.. own]));
            for (var i = 0; i < own.Length; i++)
            {
                totals[i] += weight * own[i];
            }
        }

        return totals;
    }

    private static int IndexOf(IReadOnlyList<IFilterPlugin> filters, IPlugin plugin)
    {
        for (var i = 0; i < filters.Count; i++)
        {
            if (ReferenceEquals(filters[i], plugin))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>The scores of one plugin over the nodes that fit.</summary>
internal sealed record PluginScores(string Plugin, int Weight, long[] Raw, long[] Normalized);

/// <summary>What plugins said of a pod before its nodes were asked.</summary>
/// <param name="Skipped">Filters to leave out, a bit for each.</param>
/// <param name="Nodes">The only nodes worth asking; null for all.</param>
/// <param name="RefusedBy">Who refused the pod for all nodes, or null.</param>
/// <param name="Verdict">The refusal.</param>
internal readonly record struct PreFilterOutcome(ulong Skipped, IReadOnlySet<string>? Nodes, string? RefusedBy, Verdict Verdict)
{
    /// <summary>Who left only some nodes in play.</summary>
    public List<string>? Restricting { get; init; }
}

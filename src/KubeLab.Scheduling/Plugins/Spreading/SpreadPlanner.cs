using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Scheduling.Cache.Counting;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins.Spreading;

/// <summary>Finds the spreading rules of a pod: its own, or else the scheduler's for the group it belongs to.</summary>
internal sealed class SpreadPlanner(PluginContext context, SpreadOptions options)
{
    /// <summary>Upstream's rules for pods that have none: at most 3 more on a node, 5 more in a zone, if possible.</summary>
    private static readonly TopologySpreadConstraint[] System =
    [
        new() { TopologyKey = SpreadRule.HostName, WhenUnsatisfiable = "ScheduleAnyway", MaxSkew = 3 },
        new() { TopologyKey = "topology.kubernetes.io/zone", WhenUnsatisfiable = "ScheduleAnyway", MaxSkew = 5 },
    ];

    public SpreadPlan PlanOf(PodInfo pod)
    {
        var (version, generation) = (context.Objects.SelectorsVersion, context.Cache.Counts.Generation);
        var known = pod.Shape.Recall<SpreadPlan>(this);
        if (known is not null && known.SelectorsVersion == version && known.CountsGeneration == generation)
        {
            return known;
        }

        var plan = Make(pod, version);
        if (plan.CountsGeneration != generation)
        {
            // Asking for one count too many cleared those asked for before.
            plan = Make(pod, version);
        }

        if (known is not null && known.Says(plan))
        {
            known.SelectorsVersion = version;
            return known;
        }

        pod.Shape.Remember(this, plan);
        return plan;
    }

    private SpreadPlan Make(PodInfo pod, long version)
    {
        var spec = pod.Demand.Spec;
        var own = !spec.TopologySpreadConstraints.IsEmpty;
        var rules = own ? spec.TopologySpreadConstraints : (options.DefaultConstraints ?? System).ToValueList();
        Selector? group = null;
        if (!own && (rules.IsEmpty || (group = DefaultSelector.Of(pod.Pod, context.Objects)).IsEmpty))
        {
            return new SpreadPlan { SelectorsVersion = version, CountsGeneration = context.Cache.Counts.Generation };
        }

        var requiresAll = own || options.DefaultConstraints is not null;
        var hard = Rules(pod, rules, "DoNotSchedule", group, requiresKeys: true);
        var soft = Rules(pod, rules, "ScheduleAnyway", group, requiresAll);

        // Making a count may have cleared all others; then they are made again.
        return new SpreadPlan
        {
            Hard = hard,
            Soft = soft,
            RequiresAllKeys = requiresAll,
            SelectorsVersion = version,
            CountsGeneration = context.Cache.Counts.Generation,
        };
    }

    private SpreadRule[] Rules(PodInfo pod, ValueList<TopologySpreadConstraint> all, string action, Selector? group, bool requiresKeys)
    {
        var mine = all.Where(c => c.WhenUnsatisfiable == action);
        var keys = requiresKeys ? mine.Select(c => c.TopologyKey).Distinct().ToValueList() : default;
        return [.. mine.Select(c => Rule(pod, c, group, keys))];
    }

    private SpreadRule Rule(PodInfo pod, TopologySpreadConstraint rule, Selector? group, ValueList<string> keys)
    {
        var selector = group ?? Narrowed(SelectorReading.Of(rule.LabelSelector), rule.MatchLabelKeys, pod.Pod.Metadata.Labels);
        var spec = pod.Demand.Spec;
        var affinity = rule.NodeAffinityPolicy != "Ignore";
        var taints = rule.NodeTaintsPolicy == "Honor";
        var eligibility = new Eligibility(
            affinity ? spec.NodeSelector : default,
            affinity ? spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution : null,
            taints,
            taints ? spec.Tolerations : default,
            keys);

        // Upstream counts nothing for a selector that selects everything.
        var counted = selector.IsEmpty ? Selector.Nothing : selector;
        var pods = context.Cache.Counts.Matching(new PodPredicate(true, (NamespaceScope.Of([pod.Key.Namespace]), counted)));
        var domains = context.Cache.Counts.InDomains(pods, rule.TopologyKey, eligibility);
        return new SpreadRule(rule.MaxSkew, rule.MinDomains ?? 1, selector.Matches(pod.Pod.Metadata.Labels), domains, pods);
    }

    private static Selector Narrowed(Selector selector, ValueList<string> keys, StringMap labels)
    {
        var more = new List<Requirement>();
        foreach (var key in keys)
        {
            if (labels.TryGetValue(key, out var value))
            {
                more.Add(Requirement.Create(key, SelectorOperator.In, value));
            }
        }

        return more.Count == 0 ? selector : selector.And(more);
    }
}

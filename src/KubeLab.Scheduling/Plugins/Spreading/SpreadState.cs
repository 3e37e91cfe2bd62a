using KubeLab.Scheduling.Cache.Counting;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins.Spreading;

/// <summary>The rules of one pod for one cycle, and what pods that are put on or taken off nodes for a try would change.</summary>
internal sealed class SpreadState(SpreadPlan plan) : ICycleData
{
    private Dictionary<(DomainTally, int), int>? changes;

    public SpreadPlan Plan => plan;

    /// <summary>Weights of the soft rules: the more domains, the heavier, in logarithms.</summary>
    public double[] Weights { get; set; } = [];

    /// <summary>The pods of a domain, with what is tried.</summary>
    public long CountOf(SpreadRule rule, int domain) =>
        rule.ByDomain[domain] + (changes is null ? 0 : changes.GetValueOrDefault((rule.ByDomain, domain)));

    /// <summary>The fewest pods of any domain; none when there are fewer domains than there should be.</summary>
    public long FewestOf(SpreadRule rule) =>
        rule.ByDomain.DomainCount < rule.MinDomains ? 0
        : changes is null ? rule.ByDomain.Min
        : rule.ByDomain.MinWith(changes);

    public void Change(PodInfo other, NodeInfo node, int change)
    {
        foreach (var rule in plan.Hard)
        {
            if (rule.ByDomain.Counts(node.Index) && rule.Pods.Matches(other.Pod))
            {
                var key = (rule.ByDomain, rule.Topology.Of(node.Index));
                changes ??= [];
                changes[key] = changes.GetValueOrDefault(key) + change;
            }
        }
    }

    public object Copy() => new SpreadState(plan) { Weights = Weights, changes = changes is null ? null : new(changes) };
}

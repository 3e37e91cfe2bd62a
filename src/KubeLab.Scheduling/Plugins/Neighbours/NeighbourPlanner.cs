using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Cache.Counting;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins.Neighbours;

/// <summary>Finds what decides about the neighbours of a pod.</summary>
internal sealed class NeighbourPlanner(PluginContext context, InterPodAffinityOptions options)
{
    public NeighbourPlan PlanOf(PodInfo pod)
    {
        var counts = context.Cache.Counts;
        var (version, generation) = (context.Objects.SelectorsVersion, counts.Generation);
        var known = pod.Shape.Recall<NeighbourPlan>(this);
        if (known is not null && known.SelectorsVersion == version && known.CountsGeneration == generation && known.TermsSeen == counts.Terms.Count)
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
            (known.SelectorsVersion, known.TermsSeen) = (version, plan.TermsSeen);
            return known;
        }

        pod.Shape.Remember(this, plan);
        return plan;
    }

    public CarriedTerm[] TermsOf(PodInfo pod) => context.Cache.Counts.TermsOf(pod);

    public StringMap LabelsOfNamespace(string ns) => context.Objects.Find<Namespace>("", ns)?.Metadata.Labels ?? default;

    private NeighbourPlan Make(PodInfo pod, long version)
    {
        var counts = context.Cache.Counts;
        var own = pod.Demand.Terms;
        var ns = pod.Key.Namespace;
        var seen = counts.Terms.Count;
        var means = counts.Terms.Take(seen).Where(t => t.Means(pod.Pod, LabelsOfNamespace)).ToList();
        var scored = new List<(DomainTally, long)>();
        scored.AddRange(own.Preferred.Select(t => (Of(t), (long)t.Weight)));
        scored.AddRange(own.PreferredAnti.Select(t => (Of(t), -(long)t.Weight)));
        var hasWishes = own.Preferred.Count + own.PreferredAnti.Count > 0;
        if (hasWishes || !options.IgnorePreferredTermsOfExistingPods)
        {
            scored.AddRange(means.Select(t => (t.Carriers, WeightOf(t))).Where(t => t.Item2 != 0));
        }

        return new NeighbourPlan
        {
            Wanted = Wanted(own.Required, ns),
            IsOwnNeighbour = own.Required.Count > 0 && own.Required.All(t => t.Matches(ns, pod.Pod, LabelsOfNamespace)),
            Unwanted = [.. own.RequiredAnti.Select(Of)],
            Refusing = [.. means.Where(t => t.Kind == TermKind.RequiredAnti)],
            Scored = [.. scored],
            SelectorsVersion = version,
            CountsGeneration = counts.Generation,
            TermsSeen = seen,
        };

        DomainTally Of(AffinityTerm term) => counts.InDomains(counts.Matching(new PodPredicate(false, (ScopeOf(term, ns), term.Selector))), term.TopologyKey);
    }

    /// <summary>A demand counts pods that satisfy all demands together.</summary>
    private DomainTally[] Wanted(IReadOnlyList<AffinityTerm> terms, string ns)
    {
        if (terms.Count == 0)
        {
            return [];
        }

        var counts = context.Cache.Counts;
        var pods = counts.Matching(new PodPredicate(false, [.. terms.Select(t => (ScopeOf(t, ns), t.Selector))]));
        return [.. terms.Select(t => counts.InDomains(pods, t.TopologyKey))];
    }

    private long WeightOf(CarriedTerm term) => term.Kind switch
    {
        TermKind.Required => options.HardPodAffinityWeight,
        TermKind.Preferred => term.Weight,
        TermKind.PreferredAnti => -term.Weight,
        _ => 0,
    };

    /// <summary>The namespaces named, and those whose labels match.</summary>
    private NamespaceScope ScopeOf(AffinityTerm term, string ns)
    {
        if (term.IsOwnNamespace)
        {
            return NamespaceScope.Of([ns]);
        }

        if (term.NamespaceSelector is { IsEmpty: true })
        {
            return NamespaceScope.All;
        }

        var matching = term.NamespaceSelector is { } selector
            ? context.Objects.All<Namespace>().Where(n => selector.Matches(n.Metadata.Labels)).Select(n => n.Metadata.Name!)
            : [];
        return NamespaceScope.Of(term.Namespaces.Concat(matching));
    }
}

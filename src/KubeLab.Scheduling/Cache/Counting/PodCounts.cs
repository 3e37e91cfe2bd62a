using System.Runtime.CompilerServices;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Cache.Counting;

/// <summary>Counts pods by node and by topology domain while they come and go, so that nobody ever has to look at all pods for one.</summary>
/// <remarks>
/// Upstream counts anew for each pod it places. A count is made the first time somebody asks for it and kept from then on; a pod that comes finds the counts it belongs
/// to by its labels.
/// </remarks>
internal sealed class PodCounts(IReadOnlyList<NodeInfo> places)
{
    private const int TalliesMax = 4096;

    private readonly Dictionary<string, PodTally> tallies = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), List<PodTally>> byPair = [];
    private readonly List<PodTally> unpaired = [];
    private readonly Dictionary<(string, string), int> podsWithPair = [];
    private readonly Dictionary<string, TopologyDomains> topologies = new(StringComparer.Ordinal);
    private readonly Dictionary<Eligibility, EligibleNodes> eligibilities = [];
    private readonly Dictionary<(PodTally, string, Eligibility?), DomainTally> domains = [];
    private readonly Dictionary<(TermKind, string, string), CarriedTerm> terms = [];
    private readonly List<CarriedTerm> termList = [];
    private readonly ConditionalWeakTable<PodDemand, Dictionary<string, CarriedTerm[]>> termsOf = [];

    /// <summary>Grows when what was given out before must be asked for again.</summary>
    public int Generation { get; private set; }

    /// <summary>The terms that pods on nodes have or had; the list only grows within a generation.</summary>
    public IReadOnlyList<CarriedTerm> Terms => termList;

    /// <summary>The domains of a node label.</summary>
    public TopologyDomains Topology(string key)
    {
        if (!topologies.TryGetValue(key, out var topology))
        {
            topologies.Add(key, topology = new TopologyDomains(key));
            for (var place = 0; place < places.Count; place++)
            {
                topology.Set(place, places[place].Node);
            }
        }

        return topology;
    }

    /// <summary>The pods that <paramref name="what"/> describes, by node.</summary>
    public PodTally Matching(PodPredicate what)
    {
        if (tallies.TryGetValue(what.Identity, out var known))
        {
            return known;
        }

        if (tallies.Count >= TalliesMax)
        {
            Clear();
        }

        var tally = new PodTally(what);
        tallies.Add(what.Identity, tally);
        if (what.IsNothing)
        {
            return tally;
        }

        // Registered under its rarest pair, so that as few pods as possible are looked at in vain.
        var pair = what.RequiredPairs().Select(p => ((string, string)?)p).MinBy(p => podsWithPair.GetValueOrDefault(p!.Value));
        if (pair is null)
        {
            unpaired.Add(tally);
        }
        else
        {
            if (!byPair.TryGetValue(pair.Value, out var list))
            {
                byPair.Add(pair.Value, list = []);
            }

            list.Add(tally);
            if (podsWithPair.GetValueOrDefault(pair.Value) == 0)
            {
                return tally;
            }
        }

        for (var place = 0; place < places.Count; place++)
        {
            var count = places[place].Pods.Count(p => what.Matches(p.Pod));
            if (count > 0)
            {
                tally.Add(place, count);
            }
        }

        return tally;
    }

    /// <summary>The pods of <paramref name="pods"/> by the domains of <paramref name="key"/>, over the nodes that <paramref name="eligibility"/> includes (all when null).</summary>
    public DomainTally InDomains(PodTally pods, string key, Eligibility? eligibility = null)
    {
        if (!domains.TryGetValue((pods, key, eligibility), out var sums))
        {
            sums = new DomainTally(pods, Topology(key), eligibility is null ? null : Eligible(eligibility), places.Count);
            domains.Add((pods, key, eligibility), sums);
            pods.Domains.Add(sums);
        }

        return sums;
    }

    /// <summary>The terms of a pod on a node that this counts.</summary>
    public CarriedTerm[] TermsOf(PodInfo pod)
    {
        if (pod.Demand.Terms.IsEmpty)
        {
            return [];
        }

        var byNamespace = termsOf.GetOrCreateValue(pod.Demand);
        var ns = pod.Key.Namespace;
        if (!byNamespace.TryGetValue(ns, out var known))
        {
            var all = pod.Demand.Terms;
            known =
            [
                .. all.Required.Select(t => Term(TermKind.Required, t, ns)),
                .. all.RequiredAnti.Select(t => Term(TermKind.RequiredAnti, t, ns)),
                .. all.Preferred.Select(t => Term(TermKind.Preferred, t, ns)),
                .. all.PreferredAnti.Select(t => Term(TermKind.PreferredAnti, t, ns)),
            ];
            byNamespace.Add(ns, known);
        }

        return known;
    }

    /// <summary>A pod came to a node.</summary>
    public void Add(PodInfo pod, int place) => Count(pod, place, 1);

    /// <summary>A pod left a node; its labels are those with which it was counted.</summary>
    public void Remove(PodInfo pod, int place) => Count(pod, place, -1);

    /// <summary>A node came, changed or went.</summary>
    public void SetNode(int place)
    {
        var node = places[place].Node;
        var (moved, regrouped) = (false, false);
        foreach (var topology in topologies.Values)
        {
            var onePerNode = topology.IsOnePerNode;
            moved |= topology.Set(place, node);
            regrouped |= topology.IsOnePerNode != onePerNode;
        }

        // Which nodes are alike hangs on whether each is a domain of its own.
        Generation += regrouped ? 1 : 0;

        foreach (var nodes in eligibilities.Values)
        {
            moved |= nodes.Set(place, node);
        }

        if (moved)
        {
            foreach (var sums in domains.Values)
            {
                sums.Move(place);
            }
        }
    }

    /// <summary>Forgets all counts.</summary>
    public void Clear()
    {
        Generation++;
        tallies.Clear();
        byPair.Clear();
        unpaired.Clear();
        topologies.Clear();
        eligibilities.Clear();
        domains.Clear();
        terms.Clear();
        termList.Clear();
        termsOf.Clear();
        foreach (var place in places)
        {
            foreach (var pod in place.Pods)
            {
                foreach (var term in TermsOf(pod))
                {
                    term.Pods.Add(place.Index, 1);
                }
            }
        }
    }

    /// <summary>Forgets all counts and pods.</summary>
    public void Reset()
    {
        podsWithPair.Clear();
        Clear();
    }

    private EligibleNodes Eligible(Eligibility rule)
    {
        if (!eligibilities.TryGetValue(rule, out var nodes))
        {
            eligibilities.Add(rule, nodes = new EligibleNodes(rule));
            for (var place = 0; place < places.Count; place++)
            {
                nodes.Set(place, places[place].Node);
            }
        }

        return nodes;
    }

    private CarriedTerm Term(TermKind kind, AffinityTerm term, string ns)
    {
        var key = (kind, term.Identity, term.IsOwnNamespace ? ns : "");
        if (!terms.TryGetValue(key, out var known))
        {
            var pods = new PodTally(null);
            terms.Add(key, known = new CarriedTerm(kind, term, ns, InDomains(pods, term.TopologyKey), pods));
            termList.Add(known);
        }

        return known;
    }

    private void Count(PodInfo pod, int place, int change)
    {
        foreach (var (key, value) in pod.Pod.Metadata.Labels)
        {
            var pair = (key, value);
            if (podsWithPair.GetValueOrDefault(pair) + change is not 0 and var count)
            {
                podsWithPair[pair] = count;
            }
            else
            {
                podsWithPair.Remove(pair);
            }

            if (byPair.TryGetValue(pair, out var list))
            {
                Count(list, pod.Pod, place, change);
            }
        }

        Count(unpaired, pod.Pod, place, change);
        foreach (var term in TermsOf(pod))
        {
            term.Pods.Add(place, change);
        }
    }

    private static void Count(List<PodTally> list, Pod pod, int place, int change)
    {
        foreach (var tally in list)
        {
            if (tally.What!.Matches(pod))
            {
                tally.Add(place, change);
            }
        }
    }
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;

namespace KubeLab.Tests.Scheduling;

/// <summary>
/// Scores every node for a pod from nothing but the lists of nodes and pods, with loops instead of counts: what the scheduler's shortcuts are compared with.
/// Written from upstream's documentation, it shares no code with the scheduler's plugins.
/// </summary>
internal sealed class NaiveScheduler(IReadOnlyList<Node> nodes, IReadOnlyList<Pod> placed, IReadOnlyList<Service> services)
{
    /// <summary>The total of each node on which the pod fits.</summary>
    public Dictionary<string, long> Totals(Pod pod)
    {
        var feasible = nodes.Where(n => Fits(pod, n)).ToList();
        var totals = feasible.ToDictionary(n => n.Metadata.Name!, n => LeastAllocated(pod, n) + Balanced(pod, n));
        Add(totals, feasible, 3, Inverted([.. feasible.Select(n => (long)n.Spec.Taints.Count(t => t.Effect == "PreferNoSchedule" && !Tolerated(pod, t)))]));
        Add(totals, feasible, 2, SpreadScores(pod, feasible));
        Add(totals, feasible, 2, NeighbourScores(pod, feasible));
        return totals;
    }

    private static void Add(Dictionary<string, long> totals, List<Node> feasible, int weight, long[] scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            totals[feasible[i].Metadata.Name!] += weight * scores[i];
        }
    }

    private bool Fits(Pod pod, Node node)
    {
        var on = On(node);
        return on.Count < node.Status.Allocatable["pods"]!.Value.Value
            && on.Sum(Cpu) + Cpu(pod) <= Has(node, "cpu") && on.Sum(Memory) + Memory(pod) <= Has(node, "memory")
            && !node.Spec.Taints.Exists(t => t.Effect == "NoSchedule" && !Tolerated(pod, t))
            && pod.Spec.TopologySpreadConstraints.Where(c => c.WhenUnsatisfiable == "DoNotSchedule").All(c => IsEven(pod, node, c))
            && NeighboursAllow(pod, node);
    }

    private bool IsEven(Pod pod, Node node, TopologySpreadConstraint rule)
    {
        if (node.Metadata.Labels[rule.TopologyKey] is not { } own)
        {
            return false;
        }

        var keys = pod.Spec.TopologySpreadConstraints.Where(c => c.WhenUnsatisfiable == "DoNotSchedule").Select(c => c.TopologyKey);
        var counting = nodes.Where(n => keys.All(k => n.Metadata.Labels.ContainsKey(k))).ToList();
        if (rule.NodeTaintsPolicy == "Honor")
        {
            counting = [.. counting.Where(n => !n.Spec.Taints.Exists(t => t.Effect == "NoSchedule" && !Tolerated(pod, t)))];
        }

        var domains = counting.GroupBy(n => n.Metadata.Labels[rule.TopologyKey]!).ToDictionary(g => g.Key, g => g.Sum(n => Similar(pod, n, rule.LabelSelector)));
        long least = domains.Count < (rule.MinDomains ?? 1) ? 0 : domains.Count == 0 ? int.MaxValue : domains.Values.Min();
        var self = Selector.From(rule.LabelSelector).Matches(pod.Metadata.Labels) ? 1 : 0;
        return domains.GetValueOrDefault(own) + self - least <= rule.MaxSkew;
    }

    private int Similar(Pod pod, Node node, LabelSelector? selector) => Similar(pod, node, Selector.From(selector));

    private int Similar(Pod pod, Node node, Selector selector) => selector.IsEmpty ? 0 : On(node).Count(p =>
        p.Metadata.Namespace == pod.Metadata.Namespace && p.Metadata.DeletionTimestamp is null && selector.Matches(p.Metadata.Labels));

    private bool NeighboursAllow(Pod pod, Node node)
    {
        var wanted = pod.Spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default;
        if (!wanted.IsEmpty)
        {
            if (wanted.Exists(t => !node.Metadata.Labels.ContainsKey(t.TopologyKey)))
            {
                return false;
            }

            var friends = placed.Where(p => wanted.All(t => Means(pod, t, p))).ToList();
            var near = wanted.All(t => friends.Any(f => Same(t.TopologyKey, NodeOf(f), node)));
            var anywhere = friends.Any(f => wanted.Any(t => NodeOf(f)?.Metadata.Labels.ContainsKey(t.TopologyKey) == true));
            if (!near && (anywhere || !wanted.All(t => Means(pod, t, pod))))
            {
                return false;
            }
        }

        var unwanted = pod.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default;
        return !unwanted.Exists(t => placed.Any(p => Means(pod, t, p) && Same(t.TopologyKey, NodeOf(p), node)))
            && !placed.Any(p => (p.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default)
                .Exists(t => Means(p, t, pod) && Same(t.TopologyKey, NodeOf(p), node)));
    }

    private long[] SpreadScores(Pod pod, List<Node> feasible)
    {
        var own = !pod.Spec.TopologySpreadConstraints.IsEmpty;
        var rules = pod.Spec.TopologySpreadConstraints.Where(c => c.WhenUnsatisfiable == "ScheduleAnyway")
            .Select(c => (c.TopologyKey, c.MaxSkew, Selector: Selector.From(c.LabelSelector))).ToList();
        if (!own)
        {
            var lines = services.Where(s => s.Spec.Selector.Count > 0 && Selector.From(s.Spec.Selector).Matches(pod.Metadata.Labels))
                .SelectMany(s => s.Spec.Selector.ToArray()).Distinct().ToList();
            var group = Selector.From(StringMap.From(lines));
            rules = lines.Count == 0 ? [] : [("kubernetes.io/hostname", 3, group), ("topology.kubernetes.io/zone", 5, group)];
        }

        if (rules.Count == 0)
        {
            return [];
        }

        bool LeftOut(Node n) => own && rules.Exists(r => !n.Metadata.Labels.ContainsKey(r.TopologyKey));
        var kept = feasible.Where(n => !LeftOut(n)).ToList();
        var raw = feasible.Select(n =>
        {
            if (LeftOut(n))
            {
                return -1L;
            }

            double sum = 0;
            foreach (var (key, skew, selector) in rules)
            {
                if (n.Metadata.Labels[key] is { } value)
                {
                    var isHost = key == "kubernetes.io/hostname";
                    var size = isHost ? kept.Count : kept.Select(k => k.Metadata.Labels[key] ?? "").Distinct().Count();
                    var counted = own ? nodes.Where(m => rules.TrueForAll(r => m.Metadata.Labels.ContainsKey(r.TopologyKey))) : nodes;
                    var count = isHost ? Similar(pod, n, selector) : counted.Where(m => m.Metadata.Labels[key] == value).Sum(m => Similar(pod, m, selector));
                    sum += (count * Math.Log(size + 2)) + skew - 1;
                }
            }

            return (long)Math.Round(sum, MidpointRounding.AwayFromZero);
        }).ToArray();
        var seen = raw.Where(r => r >= 0).DefaultIfEmpty().ToList();
        var (min, max) = (seen.Min(), seen.Max());
        return [.. raw.Select(r => r < 0 ? 0 : max == 0 ? 100 : 100 * (max + min - r) / max)];
    }

    private long[] NeighbourScores(Pod pod, List<Node> feasible)
    {
        var raw = feasible.Select(n => placed.Sum(p => Pull(pod, p, n) + PullBack(p, pod, n))).ToArray();
        if (raw.Length == 0 || raw.All(r => r == 0))
        {
            return [];
        }

        var (min, max) = (raw.Min(), raw.Max());
        return [.. raw.Select(r => max == min ? 0 : (long)(100.0 * (r - min) / (max - min)))];
    }

    private long Pull(Pod from, Pod to, Node node)
    {
        var (likes, dislikes) = (from.Spec.Affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default,
            from.Spec.Affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default);
        return likes.Where(w => Means(from, w.PodAffinityTerm, to) && Same(w.PodAffinityTerm.TopologyKey, NodeOf(to), node)).Sum(w => (long)w.Weight)
            - dislikes.Where(w => Means(from, w.PodAffinityTerm, to) && Same(w.PodAffinityTerm.TopologyKey, NodeOf(to), node)).Sum(w => (long)w.Weight);
    }

    private long PullBack(Pod there, Pod newcomer, Node node)
    {
        var wanted = there.Spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default;
        var (likes, dislikes) = (there.Spec.Affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default,
            there.Spec.Affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default);
        return wanted.Count(t => Means(there, t, newcomer) && Same(t.TopologyKey, NodeOf(there), node))
            + likes.Where(w => Means(there, w.PodAffinityTerm, newcomer) && Same(w.PodAffinityTerm.TopologyKey, NodeOf(there), node)).Sum(w => (long)w.Weight)
            - dislikes.Where(w => Means(there, w.PodAffinityTerm, newcomer) && Same(w.PodAffinityTerm.TopologyKey, NodeOf(there), node)).Sum(w => (long)w.Weight);
    }

    private static bool Means(Pod from, PodAffinityTerm term, Pod to) =>
        to.Metadata.Namespace == from.Metadata.Namespace && Selector.From(term.LabelSelector).Matches(to.Metadata.Labels);

    private static bool Same(string key, Node? one, Node other) => one?.Metadata.Labels[key] is { } value && other.Metadata.Labels[key] == value;

    private long LeastAllocated(Pod pod, Node node)
    {
        var cpu = Math.Max(0, Has(node, "cpu") - On(node).Sum(p => Cpu(p, 100)) - Cpu(pod, 100)) * 100 / Has(node, "cpu");
        var memory = Math.Max(0, Has(node, "memory") - On(node).Sum(p => Memory(p, 200L << 20)) - Memory(pod, 200L << 20)) * 100 / Has(node, "memory");
        return (cpu + memory) / 2;
    }

    private long Balanced(Pod pod, Node node)
    {
        if (Cpu(pod) == 0 && Memory(pod) == 0)
        {
            return 0;
        }

        var cpu = Math.Min(1, (double)(On(node).Sum(Cpu) + Cpu(pod)) / Has(node, "cpu"));
        var memory = Math.Min(1, (double)(On(node).Sum(Memory) + Memory(pod)) / Has(node, "memory"));
        return (long)((1 - Math.Abs((cpu - memory) / 2)) * 100);
    }

    private static long[] Inverted(long[] raw)
    {
        var max = raw.DefaultIfEmpty().Max();
        return [.. raw.Select(r => max == 0 ? 100 : 100 - (r * 100 / max))];
    }

    private static bool Tolerated(Pod pod, Taint taint) => pod.Spec.Tolerations.Exists(t => t.Key == taint.Key && t.Operator == "Exists");

    private Node? NodeOf(Pod pod) => nodes.FirstOrDefault(n => n.Metadata.Name == pod.Spec.NodeName);

    private List<Pod> On(Node node) => [.. placed.Where(p => p.Spec.NodeName == node.Metadata.Name)];

    private static long Has(Node node, string resource) =>
        resource == "cpu" ? node.Status.Allocatable[resource]!.Value.MilliValue : node.Status.Allocatable[resource]!.Value.Value;

    private static long Cpu(Pod pod) => Cpu(pod, 0);

    private static long Memory(Pod pod) => Memory(pod, 0);

    private static long Cpu(Pod pod, long otherwise) => pod.Spec.Containers.Sum(c => c.Resources.Requests["cpu"]?.MilliValue ?? otherwise);

    private static long Memory(Pod pod, long otherwise) => pod.Spec.Containers.Sum(c => c.Resources.Requests["memory"]?.Value ?? otherwise);
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Preemption;

namespace KubeLab.Scheduling.Explaining;

/// <summary>Looks for single changes after which a pod would fit. Each one that is reported was tried out with the scheduler's own filters.</summary>
public sealed class WhatIf(Explainer explainer, Pod pod)
{
    private readonly PodSpec spec = pod.Spec;

    /// <summary>All changes that help, those of the pod first.</summary>
    public IReadOnlyList<Counterfactual> All() =>
    [
        .. Requests(), .. Tolerations(), .. NodeSelection(), .. Neighbours(), .. Spreading(), .. HostPorts(), .. Uncordoned(), .. Preemption(),
    ];

    private IEnumerable<Counterfactual> Requests()
    {
        var cpu = Shrunk(CounterfactualKind.LessCpu, "cpu");
        var memory = Shrunk(CounterfactualKind.LessMemory, "memory");
        Counterfactual?[] found = [cpu, memory, cpu is null && memory is null ? Both() : null];
        return found.OfType<Counterfactual>().Concat(Extended());
    }

    /// <summary>The largest request of one resource with which the pod fits somewhere, exact to the thousandth of a core or to the byte.</summary>
    private Counterfactual? Shrunk(CounterfactualKind kind, string resource)
    {
        if (Largest(spec, resource) is not { } largest)
        {
            return null;
        }

        var changed = With(spec, resource, largest.Value);
        var name = spec.Containers.Count == 1 ? "its" : $"container {spec.Containers[largest.Container].Name}'s";
        return new Counterfactual(kind, $"{name} {Word(resource)} request were {Text(resource, largest.Value)} or less", Where(changed)) { Largest = largest.Value };
    }

    private Counterfactual? Both()
    {
        var without = With(spec, "memory", 0);
        if (Largest(without, "cpu") is not { } cpu)
        {
            return null;
        }

        var small = With(spec, "cpu", cpu.Value);
        if (Largest(small, "memory") is not { } memory)
        {
            return null;
        }

        return new Counterfactual(
            CounterfactualKind.LessCpuAndMemory,
            $"its CPU request were {Text("cpu", cpu.Value)} or less and its memory request {Text("memory", memory.Value)} or less",
            Where(With(small, "memory", memory.Value)));
    }

    private IEnumerable<Counterfactual> Extended()
    {
        var names = spec.Containers.SelectMany(c => c.Resources.Requests.Span.ToArray()).Select(r => r.Key)
            .Where(n => n is not ("cpu" or "memory")).Distinct().ToList();
        foreach (var name in names)
        {
            var changed = spec with { Containers = spec.Containers.Select(c => c with { Resources = c.Resources with { Requests = c.Resources.Requests.Without(name) } }).ToValueList() };
            foreach (var found in Try(CounterfactualKind.WithoutResource, $"it did without {name}", changed))
            {
                yield return found;
            }
        }
    }

    private IEnumerable<Counterfactual> Tolerations()
    {
        var taints = explainer.Cache.Nodes.SelectMany(n => n.Node!.Spec.Taints)
            .Where(t => t.Effect is "NoSchedule" or "NoExecute" && !Plugins.TaintToleration.Tolerates(spec.Tolerations, t))
            .DistinctBy(t => (t.Key, t.Value, t.Effect));
        foreach (var taint in taints)
        {
            var toleration = new Toleration { Key = taint.Key, Operator = "Equal", Value = taint.Value, Effect = taint.Effect };
            foreach (var found in Try(CounterfactualKind.Toleration, $"it tolerated the taint {RefusalWords.TaintText(taint)}", spec with { Tolerations = spec.Tolerations.Add(toleration) }))
            {
                yield return found;
            }
        }
    }

    private IEnumerable<Counterfactual> NodeSelection()
    {
        foreach (var (key, value) in spec.NodeSelector.ToArray())
        {
            foreach (var found in Try(CounterfactualKind.NodeSelection, $"it did not ask for the node label {key}={value}", spec with { NodeSelector = spec.NodeSelector.Without(key) }))
            {
                yield return found;
            }
        }

        if (spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not null)
        {
            var changed = spec with { Affinity = spec.Affinity with { NodeAffinity = spec.Affinity.NodeAffinity with { RequiredDuringSchedulingIgnoredDuringExecution = null } } };
            foreach (var found in Try(CounterfactualKind.NodeSelection, "its required node affinity were dropped", changed))
            {
                yield return found;
            }
        }
    }

    private IEnumerable<Counterfactual> Neighbours()
    {
        var wanted = spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default;
        for (var i = 0; i < wanted.Count; i++)
        {
            var term = wanted[i];
            var rest = wanted.Where(t => !ReferenceEquals(t, term));
            var changed = spec with { Affinity = spec.Affinity! with { PodAffinity = spec.Affinity.PodAffinity! with { RequiredDuringSchedulingIgnoredDuringExecution = rest } } };
            foreach (var found in Try(CounterfactualKind.Neighbours, $"it did not want pods {Pods(term)} in its {term.TopologyKey}", changed))
            {
                yield return found;
            }
        }

        var unwanted = spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default;
        for (var i = 0; i < unwanted.Count; i++)
        {
            var term = unwanted[i];
            var rest = unwanted.Where(t => !ReferenceEquals(t, term));
            var changed = spec with { Affinity = spec.Affinity! with { PodAntiAffinity = spec.Affinity.PodAntiAffinity! with { RequiredDuringSchedulingIgnoredDuringExecution = rest } } };
            foreach (var found in Try(CounterfactualKind.Neighbours, $"it did not refuse pods {Pods(term)} in its {term.TopologyKey}", changed))
            {
                yield return found;
            }
        }
    }

    private IEnumerable<Counterfactual> Spreading()
    {
        foreach (var rule in spec.TopologySpreadConstraints.Where(c => c.WhenUnsatisfiable == "DoNotSchedule").ToArray())
        {
            var changed = spec with { TopologySpreadConstraints = spec.TopologySpreadConstraints.Where(c => !ReferenceEquals(c, rule)) };
            foreach (var found in Try(CounterfactualKind.Spreading, $"it need not be spread over {rule.TopologyKey} (maxSkew {rule.MaxSkew})", changed))
            {
                yield return found;
            }
        }
    }

    private IEnumerable<Counterfactual> HostPorts()
    {
        if (spec.Containers.Exists(c => c.Ports.Exists(p => p.HostPort is > 0)))
        {
            var changed = spec with { Containers = spec.Containers.Select(c => c with { Ports = c.Ports.Select(p => p with { HostPort = null }).ToValueList() }).ToValueList() };
            foreach (var found in Try(CounterfactualKind.HostPort, "it did not take ports of the node itself", changed))
            {
                yield return found;
            }
        }
    }

    private IEnumerable<Counterfactual> Uncordoned()
    {
        foreach (var info in explainer.Cache.Nodes.Where(n => n.Node!.Spec.Unschedulable).ToList())
        {
            var node = info.Node!;
            var open = node with
            {
                Spec = node.Spec with { Unschedulable = false, Taints = node.Spec.Taints.Where(t => t.Key != "node.kubernetes.io/unschedulable") },
            };
            explainer.Cache.Set(open);
            var fits = explainer.Fits(pod, explainer.Cache.Find(info.Name)!);
            explainer.Cache.Set(node);
            if (fits)
            {
                yield return new Counterfactual(CounterfactualKind.Uncordon, $"{node.Metadata.Name} were uncordoned", [node.Metadata.Name!]);
            }
        }
    }

    /// <summary>With its own importance where that is enough, else with the least that would be.</summary>
    private IEnumerable<Counterfactual> Preemption()
    {
        if (explainer.Cycle.Explain(explainer.Cache.InfoOf(pod)) is not { } error)
        {
            yield break;
        }

        if (spec.PreemptionPolicy != "Never" && Best(spec.Priority ?? 0, error) is { } now)
        {
            yield return new Counterfactual(CounterfactualKind.Preemption, $"{Victims(now)} were preempted", [now.Node.Name]);
            yield break;
        }

        var above = explainer.Cache.Nodes.SelectMany(n => n.Pods).Select(p => p.Priority).Where(p => p >= (spec.Priority ?? 0)).Distinct().Order();
        foreach (var priority in above)
        {
            if (priority < int.MaxValue && Best(priority + 1, error) is { } choice)
            {
                yield return new Counterfactual(CounterfactualKind.Priority, $"its priority were above {priority} and {Victims(choice)} were preempted", [choice.Node.Name]);
                yield break;
            }
        }
    }

    private VictimChoice? Best(int priority, FitError error)
    {
        var (choices, _) = explainer.Preempting(pod with { Spec = spec with { Priority = priority } }, error);
        return choices.Count == 0 ? null : VictimChoice.Best(choices);
    }

    private static string Victims(VictimChoice choice)
    {
        var names = string.Join(", ", choice.Victims.Take(3).Select(v => v.Key.ToString())) + (choice.Victims.Count > 3 ? ", …" : "");
        var highest = choice.Victims[0].Priority;
        var budgets = choice.Violations == 0 ? "" : $", {choice.Violations} of them against a disruption budget";
        return $"{choice.Victims.Count} pod{(choice.Victims.Count == 1 ? "" : "s")} of priority {highest} or lower ({names}{budgets})";
    }

    private IEnumerable<Counterfactual> Try(CounterfactualKind kind, string words, PodSpec changed)
    {
        var nodes = Where(changed);
        if (nodes.Count > 0)
        {
            yield return new Counterfactual(kind, words, nodes);
        }
    }

    private IReadOnlyList<string> Where(PodSpec changed) => explainer.Fitting(pod with { Spec = changed });

    /// <summary>The largest amount for the container that asks for most, by halving; null when even none does not help, or nothing needs to change.</summary>
    private (int Container, long Value)? Largest(PodSpec original, string resource)
    {
        var container = Greediest(original, resource);
        if (container < 0 || FitsWith(original, resource, Asked(original.Containers[container], resource)) || !FitsWith(original, resource, 0))
        {
            return null;
        }

        long fits = 0, fails = Asked(original.Containers[container], resource);
        while (fails - fits > 1)
        {
            var middle = fits + ((fails - fits) / 2);
            if (FitsWith(original, resource, middle))
            {
                fits = middle;
            }
            else
            {
                fails = middle;
            }
        }

        return fits == 0 ? null : (container, fits);
    }

    private bool FitsWith(PodSpec original, string resource, long value) => explainer.FitsSomewhere(pod with { Spec = With(original, resource, value) });

    private static PodSpec With(PodSpec original, string resource, long value)
    {
        var container = Greediest(original, resource);
        if (container < 0)
        {
            return original;
        }

        var changed = original.Containers[container];
        changed = changed with { Resources = changed.Resources with { Requests = changed.Resources.Requests.With(resource, QuantityOf(resource, value)) } };
        return original with { Containers = original.Containers.SetItem(container, changed) };
    }

    private static int Greediest(PodSpec original, string resource)
    {
        var (best, most) = (-1, 0L);
        for (var i = 0; i < original.Containers.Count; i++)
        {
            if (Asked(original.Containers[i], resource) is var asked && asked > most)
            {
                (best, most) = (i, asked);
            }
        }

        return best;
    }

    private static long Asked(Container container, string resource) =>
        container.Resources.Requests[resource] is not { } amount ? 0 : resource == "cpu" ? amount.MilliValue : amount.Value;

    private static Quantity QuantityOf(string resource, long value) => resource == "cpu" ? Quantity.FromMilli(value) : Quantity.FromBytes(value);

    private static string Word(string resource) => resource == "cpu" ? "CPU" : resource;

    private static string Text(string resource, long value) => QuantityOf(resource, value).ToString();

    private static string Pods(PodAffinityTerm term) => $"({SelectorReading.Text(SelectorReading.Of(term.LabelSelector))})";
}

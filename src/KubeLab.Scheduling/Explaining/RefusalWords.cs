using System.Globalization;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Scheduling.Explaining;

/// <summary>A filter's reason in plain words, with the numbers.</summary>
internal static class RefusalWords
{
    public static string Of(string plugin, string reason, PodInfo pod, NodeInfo node) => plugin switch
    {
        "NodeResourcesFit" => Resources(reason, pod, node),
        "TaintToleration" => Taint(pod, node) ?? reason,
        "NodeUnschedulable" => "is cordoned",
        "NodeAffinity" => Labels(pod.Demand.Spec, node.Node!) ?? reason,
        "NodePorts" => Port(pod, node) ?? reason,
        "PodTopologySpread" when reason.Contains("missing", StringComparison.Ordinal) => Missing(pod, node),
        "PodTopologySpread" => "would hold too many pods of this kind for a spreading rule of the pod",
        "InterPodAffinity" when reason.Contains("didn't match pod affinity", StringComparison.Ordinal) => "has none of the neighbours the pod wants",
        "InterPodAffinity" when reason.Contains("existing", StringComparison.Ordinal) => "is near a pod that refuses such neighbours",
        "InterPodAffinity" => "is near a pod that this pod refuses",
        "VolumeBinding" when reason.Contains("node affinity", StringComparison.Ordinal) => "cannot reach a volume of the pod",
        "VolumeZone" => "is not in the zone of a volume of the pod",
        _ => reason,
    };

    /// <summary>CPU in cores, memory in GiB, the rest as it is counted.</summary>
    public static string Amount(string resource, long amount) => resource switch
    {
        "cpu" => $"{Number(amount / 1000.0)} CPU",
        "memory" or "ephemeral-storage" when amount >= 1L << 30 => $"{Number(amount / (double)(1L << 30))} GiB",
        "memory" or "ephemeral-storage" => $"{Number(amount / (double)(1L << 20))} MiB",
        _ => $"{amount} {resource}",
    };

    private static string Resources(string reason, PodInfo pod, NodeInfo node)
    {
        if (reason == "Too many pods")
        {
            return $"runs {node.Requested.Pods} pods and may run {node.Allocatable.Pods}";
        }

        var resource = reason["Insufficient ".Length..];
        var (wants, has, taken) = (pod.Demand.Requests.Of(resource), node.Allocatable.Of(resource), node.Requested.Of(resource));
        if (resource is not ("cpu" or "memory" or "ephemeral-storage"))
        {
            return $"pod wants {Amount(resource, wants)}, {Math.Max(0, has - taken)} free of {has}";
        }

        // The unit is said once where both numbers share it.
        var free = Math.Max(0, has - taken);
        var (wantsText, freeText, hasText) = (Amount(resource, wants), Amount(resource, free), Amount(resource, has));
        var unit = hasText[(hasText.IndexOf(' ') + 1)..];
        return $"pod wants {wantsText}, {(freeText.EndsWith(unit, StringComparison.Ordinal) ? freeText[..freeText.IndexOf(' ')] : freeText)} free of {hasText[..hasText.IndexOf(' ')]}"
            + (wantsText.EndsWith(unit, StringComparison.Ordinal) ? "" : $" {unit}");
    }

    private static string? Taint(PodInfo pod, NodeInfo node) => TaintToleration.FirstUntolerated(pod.Demand.Spec.Tolerations, node.Node!) is { } taint
        ? $"has the taint {TaintText(taint)}, which the pod does not tolerate"
        : null;

    public static string TaintText(Taint taint) => $"{taint.Key}{(string.IsNullOrEmpty(taint.Value) ? "" : $"={taint.Value}")}:{taint.Effect}";

    private static string? Labels(PodSpec spec, Node node)
    {
        var wrong = new List<string>();
        foreach (var (key, value) in spec.NodeSelector)
        {
            if (node.Metadata.Labels[key] is not { } has)
            {
                wrong.Add($"has no label {key} (pod wants {value})");
            }
            else if (has != value)
            {
                wrong.Add($"has {key}={has} (pod wants {value})");
            }
        }

        if (spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is { } required && !Plugins.NodeAffinity.Matches(default, required, node))
        {
            var count = required.NodeSelectorTerms.Count;
            wrong.Add(count == 1 ? "does not satisfy the pod's required node affinity" : $"satisfies none of the {count} terms of the pod's required node affinity");
        }

        return wrong.Count == 0 ? null : string.Join(" and ", wrong);
    }

    private static string? Port(PodInfo pod, NodeInfo node)
    {
        foreach (var other in node.Pods)
        {
            foreach (var theirs in other.Demand.HostPorts)
            {
                foreach (var ours in pod.Demand.HostPorts)
                {
                    if (NodePorts.Collide(ours, theirs))
                    {
                        return $"its port {ours.HostPort}/{ours.Protocol ?? "TCP"} is taken by {other.Key}";
                    }
                }
            }
        }

        return null;
    }

    private static string Missing(PodInfo pod, NodeInfo node)
    {
        var keys = pod.Demand.Spec.TopologySpreadConstraints.Where(c => c.WhenUnsatisfiable == "DoNotSchedule" && !node.Node!.Metadata.Labels.ContainsKey(c.TopologyKey))
            .Select(c => c.TopologyKey).Distinct();
        return $"has no label {string.Join(", ", keys)}, by which the pod is spread";
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

using KubeLab.Api.Core;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>How a daemon pod is tied to its node: by a demand on the node's name, which the scheduler then honours like any other.</summary>
/// <remarks>Upstream: ReplaceDaemonSetPodNodeNameNodeAffinity and GetTargetNodeName in pkg/controller/daemon/util.</remarks>
public static class DaemonAffinity
{
    private const string NodeName = "metadata.name";

    /// <summary>The affinity with the one node in place of other demands; those have been looked at when the node was chosen.</summary>
    public static Affinity For(Affinity? affinity, string node)
    {
        var required = new NodeSelector
        {
            NodeSelectorTerms = [new NodeSelectorTerm { MatchFields = [new NodeSelectorRequirement { Key = NodeName, Operator = "In", Values = [node] }] }],
        };
        affinity ??= new Affinity();
        return affinity with { NodeAffinity = (affinity.NodeAffinity ?? new()) with { RequiredDuringSchedulingIgnoredDuringExecution = required } };
    }

    /// <summary>The node that a pod is on or is meant for; null when it is tied to none.</summary>
    public static string? NodeOf(Pod pod)
    {
        if (pod.Spec.NodeName is { Length: > 0 } bound)
        {
            return bound;
        }

        foreach (var term in pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? default)
        {
            foreach (var line in term.MatchFields)
            {
                if (line.Key == NodeName && line.Operator == "In")
                {
                    return line.Values.Count == 1 ? line.Values[0] : null;
                }
            }
        }

        return null;
    }
}

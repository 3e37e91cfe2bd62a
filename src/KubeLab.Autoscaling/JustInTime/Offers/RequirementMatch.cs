using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Autoscaling.JustInTime.Model;

namespace KubeLab.Autoscaling.JustInTime.Offers;

/// <summary>Whether labels satisfy what pools, claims and pods require of them.</summary>
internal static class RequirementMatch
{
    /// <summary>Whether all requirements about labels that the provider knows hold; others become labels of the node.</summary>
    public static bool Matches(IEnumerable<NodeRequirement> requirements, StringMap labels) =>
        requirements.Where(r => labels.ContainsKey(r.Key)).All(r => Holds(r, labels));

    /// <summary>Whether one requirement holds.</summary>
    public static bool Holds(NodeRequirement requirement, StringMap labels) =>
        NodeSelectorMatch.Matches(new NodeSelectorTerm { MatchExpressions = [requirement.ToSelector()] }, labels, "");

    /// <summary>Whether a node with these labels is what the pod's selector and required affinity ask for.</summary>
    public static bool Matches(PodSpec pod, StringMap labels, string node)
    {
        foreach (var (key, value) in pod.NodeSelector)
        {
            if (labels[key] != value)
            {
                return false;
            }
        }

        return pod.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required || NodeSelectorMatch.Matches(required, labels, node);
    }

    /// <summary>The labels that requirements give a node beside the provider's: those of which one value is certain, or the first of several.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OwnLabels(IEnumerable<NodeRequirement> requirements, StringMap known) =>
        requirements.Where(r => !known.ContainsKey(r.Key) && r is { Operator: "In", Values.Length: > 0 }).Select(r => new KeyValuePair<string, string>(r.Key, r.Values![0]));
}

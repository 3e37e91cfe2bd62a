using KubeLab.Api.Core;

namespace KubeLab.Api.Selecting;

/// <summary>Decides whether a node satisfies the node selectors of pods and volumes; allocates nothing.</summary>
/// <remarks>Upstream: k8s.io/component-helpers/scheduling/corev1/nodeaffinity. A line that validation would refuse matches
/// nothing.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity">Node affinity</seealso>
public static class NodeSelectorMatch
{
    /// <summary>Whether any term holds for the node; a selector without terms matches nothing.</summary>
    public static bool Matches(NodeSelector selector, StringMap labels, string nodeName)
    {
        ArgumentNullException.ThrowIfNull(selector);
        foreach (var term in selector.NodeSelectorTerms)
        {
            if (Matches(term, labels, nodeName))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all lines of the term hold for the node; an empty term matches nothing.</summary>
    public static bool Matches(NodeSelectorTerm term, StringMap labels, string nodeName)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (term.MatchExpressions.IsEmpty && term.MatchFields.IsEmpty)
        {
            return false;
        }

        foreach (var line in term.MatchExpressions)
        {
            if (!MatchesLabel(line, labels))
            {
                return false;
            }
        }

        foreach (var line in term.MatchFields)
        {
            if (!MatchesField(line, nodeName))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchesLabel(NodeSelectorRequirement line, StringMap labels)
    {
        var found = labels.TryGetValue(line.Key, out var value);
        return line.Operator switch
        {
            "In" => found && Contains(line.Values, value),
            "NotIn" => !line.Values.IsEmpty && (!found || !Contains(line.Values, value)),
            "Exists" => found && line.Values.IsEmpty,
            "DoesNotExist" => !found && line.Values.IsEmpty,
            "Gt" => found && TryCompare(value, line.Values, out var order) && order > 0,
            "Lt" => found && TryCompare(value, line.Values, out var order) && order < 0,
            _ => false,
        };
    }

    /// <summary>The only field is the node's name, and it takes one value.</summary>
    private static bool MatchesField(NodeSelectorRequirement line, string nodeName) =>
        line.Key == "metadata.name" && line.Values.Count == 1 && line.Operator switch
        {
            "In" => line.Values[0] == nodeName,
            "NotIn" => line.Values[0] != nodeName,
            _ => false,
        };

    private static bool TryCompare(string value, ValueList<string> bounds, out int order)
    {
        order = 0;
        if (bounds.Count != 1 || !Requirement.TryInteger(value, out var number) || !Requirement.TryInteger(bounds[0], out var bound))
        {
            return false;
        }

        order = number.CompareTo(bound);
        return true;
    }

    private static bool Contains(ValueList<string> values, string value)
    {
        foreach (var candidate in values)
        {
            if (candidate == value)
            {
                return true;
            }
        }

        return false;
    }
}

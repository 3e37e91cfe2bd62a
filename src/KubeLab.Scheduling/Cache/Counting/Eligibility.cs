using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Scheduling.Cache.Counting;

/// <summary>Which nodes count for a spreading rule: those with all its labels that the pod could use, as far as the rule honours that.</summary>
/// <param name="NodeSelector">The labels the pod demands, where node affinity is honoured.</param>
/// <param name="Required">The affinity the pod demands, where that is honoured.</param>
/// <param name="HonourTaints">Whether nodes with taints that the pod does not tolerate are left out.</param>
/// <param name="Tolerations">The taints the pod tolerates.</param>
/// <param name="Keys">Labels that a node must have.</param>
internal sealed record Eligibility(StringMap NodeSelector, NodeSelector? Required, bool HonourTaints, ValueList<Toleration> Tolerations, ValueList<string> Keys)
{
    public bool Includes(Node node)
    {
        foreach (var key in Keys)
        {
            if (!node.Metadata.Labels.ContainsKey(key))
            {
                return false;
            }
        }

        return Plugins.NodeAffinity.Matches(NodeSelector, Required, node) && !(HonourTaints && TaintToleration.FirstUntolerated(Tolerations, node) is not null);
    }
}

/// <summary>The nodes that an <see cref="Counting.Eligibility"/> includes, by place.</summary>
internal sealed class EligibleNodes(Eligibility rule)
{
    private bool[] included = [];

    public bool this[int place] => place < included.Length && included[place];

    public bool Set(int place, Node? node)
    {
        if (place >= included.Length)
        {
            Array.Resize(ref included, Math.Max(place + 1, included.Length * 2));
        }

        var before = included[place];
        included[place] = node is not null && rule.Includes(node);
        return included[place] != before;
    }
}

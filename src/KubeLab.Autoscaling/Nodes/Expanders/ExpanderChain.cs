using KubeLab.Autoscaling.Nodes.ScaleUp;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Nodes.Expanders;

/// <summary>Expanders in a row: each chooses among what the one before left, and chance decides among what is left in the end.</summary>
/// <remarks>Upstream: expander/factory/chain.go.</remarks>
public sealed class ExpanderChain(IReadOnlyList<IExpander> expanders, Randomness chance)
{
    /// <summary>The option that is taken; null when there is none.</summary>
    public ExpansionOption? Best(IReadOnlyList<ExpansionOption> options)
    {
        var left = options;
        foreach (var expander in expanders)
        {
            if (left.Count <= 1)
            {
                break;
            }

            left = expander.Best(left) is { Count: > 0 } best ? best : left;
        }

        return left.Count == 0 ? null : left.Count == 1 ? left[0] : left[chance.NextInt(left.Count)];
    }
}

using KubeLab.Autoscaling.Nodes.ScaleUp;

namespace KubeLab.Autoscaling.Nodes.Expanders;

/// <summary>Chooses among groups that could grow.</summary>
/// <remarks>Upstream: expander.Filter.</remarks>
public interface IExpander
{
    /// <summary>Called with at least one option; returns the best of them, several when they are equal. None leaves the choice to chance among all.</summary>
    IReadOnlyList<ExpansionOption> Best(IReadOnlyList<ExpansionOption> options);
}

namespace KubeLab.Autoscaling.Simulating;

/// <summary>Why a pod does not fit a node.</summary>
/// <param name="Plugin">The filter that refused, for example <c>NodeResourcesFit</c>.</param>
/// <param name="Reasons">What it said, for example <c>Insufficient cpu</c>.</param>
public sealed record Misfit(string Plugin, IReadOnlyList<string> Reasons)
{
    /// <summary>The reasons in one line.</summary>
    public string Text => string.Join(", ", Reasons);
}

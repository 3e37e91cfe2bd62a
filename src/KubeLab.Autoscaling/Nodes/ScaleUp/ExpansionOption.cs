using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.Provider;

namespace KubeLab.Autoscaling.Nodes.ScaleUp;

/// <summary>A group that could grow, by how much, and which pods that would help.</summary>
/// <param name="Group">The group.</param>
/// <param name="Template">What each new node would be.</param>
/// <param name="NodeCount">How many new nodes.</param>
/// <param name="Pods">The pods that would run on them.</param>
/// <remarks>Upstream: expander.Option.</remarks>
public sealed record ExpansionOption(INodeGroup Group, NodeTemplate Template, int NodeCount, IReadOnlyList<Pod> Pods)
{
    /// <summary>Groups that could take a part of the new nodes.</summary>
    public IReadOnlyList<INodeGroup> SimilarGroups { get; init; } = [];
}

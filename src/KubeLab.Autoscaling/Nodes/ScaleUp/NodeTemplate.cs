using System.Globalization;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Nodes.ScaleUp;

/// <summary>What a new node of a group would be: the node, and the pods that every such node has.</summary>
/// <param name="Node">The node.</param>
/// <param name="Pods">Daemon and static pods.</param>
public sealed record NodeTemplate(Node Node, IReadOnlyList<Pod> Pods)
{
    private const string Hostname = "kubernetes.io/hostname";

    /// <summary>The same under a name of its own, so that several can stand side by side.</summary>
    public NodeTemplate Named(string name)
    {
        var labels = Node.Metadata.Labels.With(Hostname, name);
        return new NodeTemplate(
            Node with { Metadata = Node.Metadata with { Name = name, Labels = labels, Uid = name } },
            [.. Pods.Select((p, i) => p with { Metadata = p.Metadata with { Name = string.Create(CultureInfo.InvariantCulture, $"{p.Metadata.Name}-{name}-{i}"), Uid = null }, Spec = p.Spec with { NodeName = name } })]);
    }
}

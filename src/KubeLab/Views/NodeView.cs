using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Views;

/// <summary>A node as a learner asks about it.</summary>
public sealed class NodeView : IView
{
    private readonly IKubernetesApi api;

    internal NodeView(IKubernetesApi api, string name)
    {
        this.api = api;
        Name = name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether it exists.</summary>
    public bool Exists => Object is not null;

    /// <summary>The object itself, or null.</summary>
    public Node? Object => api.Find<Node>("", Name);

    /// <summary>Whether its kubelet says that it can run pods, and was heard lately.</summary>
    public bool IsReady => Object is { } node && IsReadyNode(node);

    /// <summary>Whether it is cordoned.</summary>
    public bool IsCordoned => Object?.Spec.Unschedulable ?? false;

    /// <inheritdoc/>
    public override string ToString() => Object switch
    {
        null => $"there is no node \"{Name}\"",
        { } node when node.Status.Conditions.Find(c => c.Type == "Ready") is { } ready => $"node {Name}: Ready is {ready.Status} ({ready.Message})",
        _ => $"node {Name} has not reported yet",
    };

    internal static bool IsReadyNode(Node node) => node.Status.Conditions.Find(c => c.Type == "Ready")?.Status == "True";

    string? IView.WhyNot() => ToString();
}

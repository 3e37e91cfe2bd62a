using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Nodes.Provider;

/// <summary>Machines that are alike and whose number can be changed.</summary>
/// <remarks>Upstream: cloudprovider.NodeGroup.</remarks>
public interface INodeGroup
{
    /// <summary>Its name, unique among the groups.</summary>
    string Id { get; }

    /// <summary>The fewest machines.</summary>
    int MinSize { get; }

    /// <summary>The most machines.</summary>
    int MaxSize { get; }

    /// <summary>How many machines the provider was asked for; those that still come count, those that go do not.</summary>
    int TargetSize { get; }

    /// <summary>Its machines, those that still come and those that could not be made included.</summary>
    IReadOnlyList<Instance> Instances { get; }

    /// <summary>Asks for <paramref name="delta"/> more machines; they come later.</summary>
    /// <exception cref="CloudRefusalException">The provider refuses, for example for want of quota; nothing was changed.</exception>
    void IncreaseSize(int delta);

    /// <summary>Deletes machines, and lowers the target by as many.</summary>
    /// <param name="instances">The <see cref="Instance.Id"/>s of the machines.</param>
    /// <exception cref="CloudRefusalException">The provider refuses; nothing was changed.</exception>
    void DeleteInstances(IReadOnlyList<string> instances);

    /// <summary>Lowers the target by <paramref name="delta"/> without deleting a machine that exists: an order that was not filled is taken back.</summary>
    /// <exception cref="CloudRefusalException">So many orders are not open.</exception>
    void DecreaseTarget(int delta);

    /// <summary>A node as the next machine would be, for a group that has none to look at.</summary>
    /// <param name="name">The name it is to have.</param>
    Node TemplateNode(string name);
}

namespace KubeLab.Api.Verbs;

/// <summary>Somebody who asks kubelets from time to time what is used, and answers from what it was told last.</summary>
/// <seealso href="https://github.com/kubernetes-sigs/metrics-server">metrics-server</seealso>
public interface IResourceMetrics
{
    /// <summary>What a pod used; null when it is not known, as shortly after its start.</summary>
    PodMeasure? Pod(ObjectKey pod);

    /// <summary>What a node used; null when it is not known.</summary>
    NodeMeasure? Node(string node);
}

/// <summary>What a node used over a time.</summary>
/// <param name="At">The end of that time.</param>
/// <param name="Window">Its length.</param>
/// <param name="CpuNanocores">CPU in billionths of a core, the mean.</param>
/// <param name="MemoryBytes">Memory in bytes, at the end.</param>
public readonly record struct NodeMeasure(DateTimeOffset At, TimeSpan Window, long CpuNanocores, long MemoryBytes);

/// <summary>What a pod used over a time.</summary>
/// <param name="At">The end of that time.</param>
/// <param name="Window">Its length.</param>
/// <param name="Containers">By container.</param>
public readonly record struct PodMeasure(DateTimeOffset At, TimeSpan Window, IReadOnlyList<ContainerMeasure> Containers);

/// <summary>What a container used over a time.</summary>
/// <param name="Name">The container.</param>
/// <param name="CpuNanocores">CPU in billionths of a core, the mean.</param>
/// <param name="MemoryBytes">Memory in bytes, at the end.</param>
public readonly record struct ContainerMeasure(string Name, long CpuNanocores, long MemoryBytes);

namespace KubeLab.Autoscaling.Nodes.State;

/// <summary>The nodes of a group, or of the cluster, by how they are.</summary>
/// <remarks>Upstream: clusterstate.Readiness.</remarks>
public sealed class Readiness
{
    /// <summary>Those that take pods.</summary>
    public List<string> Ready { get; } = [];

    /// <summary>Those that started once and are not ready any more.</summary>
    public List<string> Unready { get; } = [];

    /// <summary>Those whose machine is gone.</summary>
    public List<string> Deleted { get; } = [];

    /// <summary>Those that are not ready yet.</summary>
    public List<string> NotStarted { get; } = [];

    /// <summary>All of the above.</summary>
    public List<string> Registered { get; } = [];

    /// <summary>Machines without a node that should have one by now.</summary>
    public List<string> LongUnregistered { get; } = [];

    /// <summary>Machines without a node yet.</summary>
    public List<string> Unregistered { get; } = [];
}

namespace KubeLab.Nodes.Traffic;

/// <summary>From where requests go, and to where.</summary>
/// <param name="To">The service.</param>
public sealed record RequestAim(ServiceName To)
{
    /// <summary>The node on which the clients run; null for all that run pods, or for outside.</summary>
    public string? FromNode { get; init; }

    /// <summary>Whether the clients are outside of the cluster and come in by the service's load balancer or node port.</summary>
    public bool FromOutside { get; init; }

    /// <summary>How long a client waits for an answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

using KubeLab.Api;

namespace KubeLab.Nodes.Proxy;

/// <summary>Where a port of a service may lead: an address with a port, and what the slices say of it.</summary>
/// <param name="Address">The address, usually a pod's.</param>
/// <param name="Port">The port there.</param>
public sealed record ServiceEndpoint(string Address, int Port)
{
    /// <summary>Its node, or null when the slice does not say.</summary>
    public string? Node { get; init; }

    /// <summary>The pod, or null when the slice does not say.</summary>
    public ObjectKey? Pod { get; init; }

    /// <summary>Whether it takes new connections.</summary>
    public bool IsReady { get; init; } = true;

    /// <summary>Whether it answers, be it on its way out or not.</summary>
    public bool IsServing { get; init; } = true;

    /// <summary>Whether it is on its way out.</summary>
    public bool IsTerminating { get; init; }

    /// <summary>The zones whose nodes are to use it; empty when nobody said.</summary>
    public ValueList<string> ForZones { get; init; }
}

using KubeLab.Nodes.Containers;

namespace KubeLab.Nodes.Traffic;

/// <summary>What becomes of a connection to an address and a port.</summary>
/// <param name="Listener">Who takes it; null when nobody does.</param>
/// <param name="IsSilent">Whether nobody even refuses it, so that the client waits in vain.</param>
/// <param name="ListensIn">How long until somebody will take it, as far as is known.</param>
internal readonly record struct Delivery(ContainerRun? Listener, bool IsSilent = false, TimeSpan? ListensIn = null)
{
    /// <summary>Nobody answers: no machine, or no pod, has the address.</summary>
    public static Delivery Silent => new(null, IsSilent: true);
}

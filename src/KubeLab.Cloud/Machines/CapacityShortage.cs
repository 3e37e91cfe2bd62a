namespace KubeLab.Cloud.Machines;

/// <summary>Machines that a provider has not got for a time.</summary>
/// <param name="Machines">A machine type, for example <c>n2-standard-8</c>, or a family, <c>n2</c>; null for all.</param>
/// <param name="Zone">Where; null for every zone.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; null for good.</param>
/// <param name="SpotOnly">Whether only Spot machines lack, the first to lack as a rule.</param>
public sealed record CapacityShortage(string? Machines, string? Zone, DateTimeOffset From, DateTimeOffset? Until = null, bool SpotOnly = false)
{
    /// <summary>Whether a machine of this type cannot be had there at that time.</summary>
    public bool Concerns(MachineType type, string zone, bool spot, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(type);
        return (Machines is null || Machines == type.Name || Machines == type.Family)
            && (Zone is null || Zone == zone)
            && (spot || !SpotOnly)
            && at >= From
            && (Until is null || at < Until);
    }
}

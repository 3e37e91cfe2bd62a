namespace KubeLab.Nodes.Serving;

/// <summary>What a process can serve with the CPU that it may have.</summary>
/// <param name="PerSecond">Requests per second.</param>
/// <param name="CpuSeconds">How long one request's CPU work takes when nobody else is served; with less than a core it is stretched.</param>
/// <param name="Servers">How many requests are worked on in parallel where it is narrowest: cores, or workers.</param>
public readonly record struct ServingCapacity(double PerSecond, double CpuSeconds, double Servers)
{
    // A process that gets nothing at all still gets a little: the kernel gives everybody a turn.
    private const double CoresMin = 0.001;

    /// <summary>Of a process that may use <paramref name="cores"/> for its requests.</summary>
    public static ServingCapacity Of(RequestProfile profile, double cores)
    {
        ArgumentNullException.ThrowIfNull(profile);
        cores = Math.Max(cores, CoresMin);
        var cpu = profile.CpuSeconds / Math.Min(cores, 1);
        var byCpu = profile.CpuSeconds > 0 ? cores / profile.CpuSeconds : double.PositiveInfinity;
        var byWorkers = profile.Workers / (cpu + profile.BaseSeconds);
        return byCpu <= byWorkers ? new ServingCapacity(byCpu, cpu, Math.Max(cores, 1)) : new ServingCapacity(byWorkers, cpu, profile.Workers);
    }
}

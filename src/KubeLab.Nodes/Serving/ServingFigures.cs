namespace KubeLab.Nodes.Serving;

/// <summary>How a process serves at an instant.</summary>
/// <param name="Rate">Requests that come per second.</param>
/// <param name="Capacity">What it can serve.</param>
/// <param name="ServedPerSecond">Requests that are answered per second.</param>
/// <param name="RefusedPerSecond">Requests that find the queue full, per second.</param>
/// <param name="InFlight">Requests that are worked on or wait.</param>
/// <param name="Response">How long the answer to a request takes that comes now.</param>
public readonly record struct ServingFigures(
    double Rate, ServingCapacity Capacity, double ServedPerSecond, double RefusedPerSecond, double InFlight, ResponseTime Response)
{
    /// <summary>What share of the requests is refused, from 0 to 1.</summary>
    public double RefusedShare => Rate > 0 ? RefusedPerSecond / Rate : 0;

    /// <summary>Of a process to which <paramref name="rate"/> requests come per second while <paramref name="waiting"/> wait.</summary>
    /// <param name="profile">What a request takes.</param>
    /// <param name="capacity">What the process can serve.</param>
    /// <param name="rate">Requests per second.</param>
    /// <param name="waiting">The backlog that grew while more came than could be served.</param>
    public static ServingFigures Of(RequestProfile profile, ServingCapacity capacity, double rate, double waiting)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var isBehind = waiting > 0 || rate > capacity.PerSecond;
        var served = isBehind ? capacity.PerSecond : rate;
        var refused = waiting >= profile.Queue ? Math.Max(rate - capacity.PerSecond, 0) : 0;

        // Nobody waits longer than a full queue takes.
        var full = profile.Queue / capacity.PerSecond;
        var queued = Math.Min(waiting, profile.Queue) / capacity.PerSecond;
        var chance = Math.Min(WaitingTime.Mean(rate, capacity), Math.Max(full - queued, 0));
        var atWork = Math.Min(served * (profile.BaseSeconds + capacity.CpuSeconds + chance), profile.Workers + profile.Queue - Math.Min(waiting, profile.Queue));
        var response = new ResponseTime(profile.BaseSeconds + queued, capacity.CpuSeconds + chance, profile.BaseSeconds + full, capacity.CpuSeconds);
        return new ServingFigures(rate, capacity, served, refused, atWork + waiting, response);
    }

    /// <summary>CPU that the requests want, in cores, if nothing restrained them: all that the workers can use while something waits.</summary>
    public static double CoresWanted(RequestProfile profile, double rate, double waiting)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return (waiting > 0 ? profile.RateMax : Math.Min(rate, profile.RateMax)) * profile.CpuSeconds;
    }
}

using KubeLab.Delays;

namespace KubeLab.Simulated;

/// <content>Where the time went between a load step and served load.</content>
public sealed partial class SimulatedCluster
{
    /// <inheritdoc/>
    public override DelayLens Delays(RequestLoad load, DateTimeOffset? since = null, TimeSpan? p95 = null)
    {
        ArgumentNullException.ThrowIfNull(load);
        return new DelayFinder(Api, recorder.Scaling, metrics.FirstScrape, options.Metrics)
            .Find(load, since, p95?.TotalMilliseconds ?? double.PositiveInfinity);
    }
}

using KubeLab.Api.Metrics;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How what pods use is told: it can only be read.</summary>
public sealed class PodMetricsStrategy : KindStrategy<PodMetrics>
{
    /// <inheritdoc/>
    public override bool IsStored => false;
}

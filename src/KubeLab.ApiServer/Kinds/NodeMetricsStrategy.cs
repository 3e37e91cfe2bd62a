using KubeLab.Api.Metrics;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How what nodes use is told: it can only be read.</summary>
public sealed class NodeMetricsStrategy : KindStrategy<NodeMetrics>
{
    /// <inheritdoc/>
    public override bool IsStored => false;
}

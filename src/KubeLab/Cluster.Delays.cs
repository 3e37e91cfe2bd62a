using KubeLab.Delays;

namespace KubeLab;

/// <content>Where the time went.</content>
public abstract partial class Cluster
{
    /// <summary>Which control loop spent each second between the instant at which a load was no longer served and the one at which it was again.</summary>
    /// <param name="load">The clients.</param>
    /// <param name="since">From where on to look for the shortage; where the load rises most when null.</param>
    /// <param name="p95">Also answers that take longer than this, at the 95th percentile, count as not served; any time is good enough when null.</param>
    /// <exception cref="InvalidOperationException">All was served, or still is not.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual DelayLens Delays(RequestLoad load, DateTimeOffset? since = null, TimeSpan? p95 = null) =>
        throw OnlySimulated("explaining delays", "compare the times in kubectl get events and in the conditions of pods and nodes");
}

using KubeLab.Etcd;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Registry;

/// <summary>Leases for objects that expire: objects of one minute share one, so that a thousand events cost one timer.</summary>
/// <remarks>Upstream: the lease manager of apiserver/pkg/storage/etcd3. An object lives at least as long as asked, at most a minute longer.</remarks>
internal sealed class EventLeases(IEtcd etcd, VirtualClock clock)
{
    private static readonly TimeSpan Reuse = TimeSpan.FromMinutes(1);
    private readonly Dictionary<TimeSpan, (long Lease, DateTimeOffset Granted)> newest = [];

    /// <summary>A lease that lasts <paramref name="timeToLive"/> at least.</summary>
    public long For(TimeSpan timeToLive)
    {
        if (newest.TryGetValue(timeToLive, out var known) && clock.Now - known.Granted < Reuse)
        {
            return known.Lease;
        }

        var lease = etcd.GrantLease(timeToLive + Reuse);
        newest[timeToLive] = (lease, clock.Now);
        return lease;
    }
}

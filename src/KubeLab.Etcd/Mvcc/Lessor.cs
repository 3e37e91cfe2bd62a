using KubeLab.Simulation;

namespace KubeLab.Etcd.Mvcc;

/// <summary>Leases on the virtual clock: keys attached to one go when it is not renewed in time.</summary>
/// <remarks>Upstream: etcd's server/lease.</remarks>
internal sealed class Lessor(VirtualClock clock, MvccStore store)
{
    private readonly Dictionary<long, Lease> leases = [];
    private long last;

    public long Grant(TimeSpan timeToLive)
    {
        var lease = new Lease(++last, timeToLive);
        leases.Add(lease.Id, lease);
        Schedule(lease);
        return lease.Id;
    }

    public void KeepAlive(long id)
    {
        Schedule(Find(id));
    }

    public void Revoke(long id)
    {
        var lease = Find(id);
        lease.Expiry?.Cancel();
        leases.Remove(id);
        foreach (var entry in lease.Keys.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            entry.Lease = 0;
            store.Delete(entry);
        }
    }

    /// <summary>No lease ends while the member is down.</summary>
    public void Stop()
    {
        foreach (var lease in leases.Values)
        {
            lease.Expiry?.Cancel();
        }
    }

    /// <summary>Every lease begins anew, because nobody could renew one meanwhile.</summary>
    public void Start()
    {
        foreach (var lease in leases.Values)
        {
            Schedule(lease);
        }
    }

    public void RequireExists(long id)
    {
        if (id != 0)
        {
            Find(id);
        }
    }

    /// <summary>A key lives by the lease of its last write only.</summary>
    public void Attach(KeyEntry entry, long id)
    {
        if (entry.Lease == id)
        {
            return;
        }

        if (entry.Lease != 0 && leases.TryGetValue(entry.Lease, out var old))
        {
            old.Detach(entry);
        }

        entry.Lease = id;
        if (id != 0)
        {
            Find(id).Attach(entry);
        }
    }

    private void Schedule(Lease lease)
    {
        lease.Expiry?.Cancel();
        lease.Expiry = clock.After(lease.TimeToLive, () => Revoke(lease.Id));
    }

    private Lease Find(long id) => leases.GetValueOrDefault(id) ?? throw new EtcdException(EtcdError.LeaseNotFound);

    private sealed class Lease(long id, TimeSpan timeToLive)
    {
        public long Id { get; } = id;

        public TimeSpan TimeToLive { get; } = timeToLive;

        public List<KeyEntry> Keys { get; } = [];

        public Scheduled? Expiry { get; set; }

        public void Attach(KeyEntry entry)
        {
            entry.PlaceInLease = Keys.Count;
            Keys.Add(entry);
        }

        /// <summary>The last one takes the place that becomes free, so that leaving costs the same however many there are.</summary>
        public void Detach(KeyEntry entry)
        {
            var last = Keys[^1];
            Keys[entry.PlaceInLease] = last;
            last.PlaceInLease = entry.PlaceInLease;
            Keys.RemoveAt(Keys.Count - 1);
        }
    }
}

using KubeLab.Simulation;

namespace KubeLab.Etcd.Mvcc;

/// <summary>Leases: keys attached to one go when it is revoked. Which there are all members know alike; when one is over is the leader's business.</summary>
/// <remarks>Upstream: etcd's server/lease.</remarks>
internal sealed class Lessor
{
    private readonly SortedDictionary<long, Lease> leases = [];
    private VirtualClock? clock;
    private Action<long>? expired;

    /// <summary>The leases, and the keys that live by each.</summary>
    public IEnumerable<(long Id, TimeSpan TimeToLive, IReadOnlyList<KeyEntry> Keys)> All => leases.Values.Select(l => (l.Id, l.TimeToLive, (IReadOnlyList<KeyEntry>)l.Keys));

    public bool Exists(long id) => leases.ContainsKey(id);

    public void Grant(long id, TimeSpan timeToLive)
    {
        var lease = new Lease(id, timeToLive);
        leases.Add(id, lease);
        Schedule(lease, TimeSpan.Zero);
    }

    /// <summary>Ends a lease, and gives the keys that lived by it, in order.</summary>
    public IReadOnlyList<KeyEntry> Revoke(long id)
    {
        var lease = leases[id];
        lease.Expiry?.Cancel();
        leases.Remove(id);
        foreach (var entry in lease.Keys)
        {
            entry.Lease = 0;
        }

        return [.. lease.Keys.OrderBy(e => e.Key, StringComparer.Ordinal)];
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
            leases[id].Attach(entry);
        }
    }

    /// <summary>This member leads from now on: every lease begins anew, because nobody knows when it was renewed last.</summary>
    /// <param name="on">The clock that leases run on.</param>
    /// <param name="extension">How much longer each lasts this once.</param>
    /// <param name="onExpired">Called when a lease has not been renewed in time; it is to be revoked, and until then goes on.</param>
    public void Promote(VirtualClock on, TimeSpan extension, Action<long> onExpired)
    {
        (clock, expired) = (on, onExpired);
        foreach (var lease in leases.Values)
        {
            Schedule(lease, extension);
        }
    }

    /// <summary>This member does not lead any more, or is down: it is not for it to say when a lease is over.</summary>
    public void Demote()
    {
        clock = null;
        foreach (var lease in leases.Values)
        {
            lease.Expiry?.Cancel();
        }
    }

    /// <summary>Lets a lease last for its whole time from now on.</summary>
    /// <exception cref="EtcdException">There is no such lease.</exception>
    public void Renew(long id) => Schedule(leases.GetValueOrDefault(id) ?? throw new EtcdException(EtcdError.LeaseNotFound), TimeSpan.Zero);

    /// <summary>Looks again after <paramref name="pause"/> whether a lease that is over is gone.</summary>
    public void Retry(long id, TimeSpan pause)
    {
        if (leases.TryGetValue(id, out var lease) && clock is not null)
        {
            lease.Expiry = clock.After(pause, () => expired!(id));
        }
    }

    public void Clear()
    {
        Demote();
        leases.Clear();
    }

    private void Schedule(Lease lease, TimeSpan extension)
    {
        lease.Expiry?.Cancel();
        lease.Expiry = clock?.After(lease.TimeToLive + extension, () => expired!(lease.Id));
    }

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

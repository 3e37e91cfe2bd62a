using KubeLab.Etcd.Mvcc;

namespace KubeLab.Etcd;

/// <summary>The store behind the API servers: an ordered map from keys to objects that remembers its versions.</summary>
/// <remarks>
/// A write is proposed, committed by a majority of the members, and then visible; it has happened when the call returns. Every call may fail with an
/// <see cref="EtcdException"/> when the members have lost their majority or their leader. One revision number counts all writes; each is +1.
/// </remarks>
/// <seealso href="https://etcd.io/docs/latest/learning/api/">etcd API</seealso>
public interface IEtcd
{
    /// <summary>The newest committed revision; 1 while nothing has been written.</summary>
    long Revision { get; }

    /// <summary>The revision up to which history has been forgotten; 0 at first.</summary>
    long CompactedRevision { get; }

    /// <summary>The newest version at <paramref name="key"/>, or null when there is none.</summary>
    /// <exception cref="EtcdException">No majority.</exception>
    KeyValue? Get(string key);

    /// <summary>The versions in [<paramref name="start"/>, <paramref name="end"/>) in order of their keys.</summary>
    /// <param name="start">The first key.</param>
    /// <param name="end">The key behind the last; see <see cref="KeyRange.PrefixEnd"/>.</param>
    /// <param name="limit">At most how many; 0 is all.</param>
    /// <param name="atRevision">As of which revision; 0 is the newest.</param>
    /// <param name="countAll">Whether to count what lies behind the limit, which costs a walk over all of it.</param>
    /// <param name="serializable">Whether what this member has applied is good enough, so that nobody else is asked; it may be old.</param>
    /// <exception cref="EtcdException">No majority; the revision is compacted or in the future.</exception>
    RangeResult Range(string start, string end, int limit = 0, long atRevision = 0, bool countAll = false, bool serializable = false);

    /// <summary>Makes sure that whatever follows this member's changes has been told of every write that was acknowledged before.</summary>
    /// <exception cref="EtcdException">No majority.</exception>
    void CatchUp();

    /// <summary>Writes one key if it is still as expected.</summary>
    /// <exception cref="EtcdException">No majority, or the lease does not exist.</exception>
    TxnResult Commit(in Txn txn);

    /// <summary>Tells <paramref name="watcher"/> of every change under <paramref name="prefix"/> after <paramref name="afterRevision"/>, in order, each once.</summary>
    /// <param name="prefix">Ends with a slash.</param>
    /// <param name="afterRevision">Changes that happened already after it are told within this call; later ones when they are committed.</param>
    /// <param name="watcher">Must not write to the store while it is told.</param>
    /// <returns>Dispose it to end the watch.</returns>
    /// <exception cref="EtcdException">The revision is compacted.</exception>
    IDisposable Watch(string prefix, long afterRevision, IEtcdWatcher watcher);

    /// <summary>Forgets every version that a newer one had replaced at <paramref name="revision"/>.</summary>
    /// <exception cref="EtcdException">The revision is compacted already, or in the future.</exception>
    void Compact(long revision);

    /// <summary>Makes a lease: keys written with it go when it is not renewed for <paramref name="timeToLive"/>.</summary>
    /// <returns>Its number, never 0.</returns>
    long GrantLease(TimeSpan timeToLive);

    /// <summary>Renews a lease.</summary>
    /// <exception cref="EtcdException">There is no such lease.</exception>
    void KeepAlive(long lease);

    /// <summary>Ends a lease now; its keys are deleted.</summary>
    /// <exception cref="EtcdException">There is no such lease.</exception>
    void RevokeLease(long lease);
}

/// <summary>Where changes of the store go.</summary>
public interface IEtcdWatcher
{
    /// <summary>Called for each change as it is committed; <see cref="KeyValue.Previous"/> is the version before it.</summary>
    void OnChange(KeyValue change);
}

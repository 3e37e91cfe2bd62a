using KubeLab.Simulation;

namespace KubeLab.Etcd.Mvcc;

/// <summary>Every change since the last compaction, by its revision; each revision is one change, so finding one is an index.</summary>
internal sealed class RevisionLog
{
    private KeyValue[] ring = new KeyValue[1024];
    private int head;
    private long first;

    /// <summary>Begins behind <paramref name="revision"/>.</summary>
    public RevisionLog(long revision) => first = revision + 1;

    public int Count { get; private set; }

    public KeyValue this[long revision] => ring[(head + (int)(revision - first)) & (ring.Length - 1)];

    public void Append(KeyValue change)
    {
        Invariant.Holds(change.ModRevision == first + Count, "each revision is one change, so the log has no gaps");
        if (Count == ring.Length)
        {
            Grow();
        }

        ring[(head + Count) & (ring.Length - 1)] = change;
        Count++;
    }

    /// <summary>Takes the oldest change out when it is not younger than <paramref name="revision"/>.</summary>
    public bool TryTakeUpTo(long revision, out KeyValue change)
    {
        if (Count == 0 || first > revision)
        {
            change = null!;
            return false;
        }

        change = ring[head];
        ring[head] = null!;
        head = (head + 1) & (ring.Length - 1);
        first++;
        Count--;
        return true;
    }

    private void Grow()
    {
        var larger = new KeyValue[ring.Length * 2];
        Array.Copy(ring, head, larger, 0, ring.Length - head);
        Array.Copy(ring, 0, larger, ring.Length - head, head);
        (ring, head) = (larger, 0);
    }
}

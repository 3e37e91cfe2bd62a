namespace KubeLab.Etcd.Raft;

/// <summary>Messages with entries that are under way to one follower, by the last place each carries.</summary>
internal sealed class InflightWindow(int max)
{
    private readonly Queue<long> lastIndexes = [];

    public int Count => lastIndexes.Count;

    public bool IsFull => lastIndexes.Count >= max;

    public void Add(long lastIndex) => lastIndexes.Enqueue(lastIndex);

    /// <summary>What the follower has up to <paramref name="index"/> is no longer under way.</summary>
    public void FreeUpTo(long index)
    {
        while (lastIndexes.TryPeek(out var first) && first <= index)
        {
            lastIndexes.Dequeue();
        }
    }

    public void Clear() => lastIndexes.Clear();
}

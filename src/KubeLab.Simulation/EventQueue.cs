namespace KubeLab.Simulation;

/// <summary>Events ordered by (due, sequence): a heap for the future and a plain queue for this very instant, where most of them land.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Scheduled, (long Due, long Sequence)> heap = new();

    public int Count => heap.Count;

    public long PeekDue => heap.Peek().DueTicks;

    public Scheduled Add(long dueTicks, long sequence, Action action)
    {
        var scheduled = new Scheduled(dueTicks, sequence, action);
        heap.Enqueue(scheduled, (dueTicks, sequence));
        return scheduled;
    }

    /// <summary>Takes the next live event due at or before <paramref name="endTicks"/>.</summary>
    public bool TryTake(long endTicks, out long due, out Action action)
    {
        while (heap.TryPeek(out var next, out var order) && order.Due <= endTicks)
        {
            heap.Dequeue();
            if (next.Take() is { } live)
            {
                due = order.Due;
                action = live;
                return true;
            }
        }

        due = 0;
        action = static () => { };
        return false;
    }
}

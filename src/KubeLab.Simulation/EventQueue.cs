namespace KubeLab.Simulation;

/// <summary>Events ordered by (due, sequence): a heap for the future and a plain queue for this very instant, where most of them land.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Scheduled, (long Due, long Rank)> heap = new();

    public int Count => heap.Count;

    public long PeekDue => heap.Peek().DueTicks;

    public Scheduled Add(long dueTicks, long rank, Action action)
    {
        var scheduled = new Scheduled(dueTicks, rank, action);
        heap.Enqueue(scheduled, (dueTicks, rank));
        return scheduled;
    }

    /// <summary>Takes the next live event due before <paramref name="endTicks"/>, or at it with no higher a rank than <paramref name="endRank"/>.</summary>
    public bool TryTake(long endTicks, long endRank, out long due, out long rank, out Action action)
    {
        while (heap.TryPeek(out var next, out var order) && (order.Due < endTicks || (order.Due == endTicks && order.Rank <= endRank)))
        {
            heap.Dequeue();
            if (next.Take() is { } live)
            {
                (due, rank, action) = (order.Due, order.Rank, live);
                return true;
            }
        }

        (due, rank) = (0, 0);
        action = static () => { };
        return false;
    }
}

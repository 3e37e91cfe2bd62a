namespace KubeLab.Nodes.Serving;

/// <summary>A queue as a fluid: what comes in faster than it goes out fills it, and what does not fit is refused.</summary>
/// <remarks>Nothing is lost on the way: what arrives is served, refused, or waits longer than before (<c>arrived = served + refused + change of waiting</c>).</remarks>
/// <param name="Served">Requests that were served within the span.</param>
/// <param name="Refused">Requests that found the queue full.</param>
/// <param name="Waiting">Requests that wait at the end of it.</param>
public readonly record struct Backlog(double Served, double Refused, double Waiting)
{
    /// <summary>What happens within <paramref name="seconds"/> of steady rates.</summary>
    /// <param name="waiting">Requests that wait at the beginning.</param>
    /// <param name="rate">Requests that come per second.</param>
    /// <param name="capacity">Requests that can be served per second.</param>
    /// <param name="limit">Requests that may wait.</param>
    /// <param name="seconds">How long.</param>
    public static Backlog After(double waiting, double rate, double capacity, double limit, double seconds)
    {
        var excess = rate - capacity;
        if (excess >= 0)
        {
            var end = Math.Min(waiting + (excess * seconds), Math.Max(limit, waiting));
            return new Backlog(capacity * seconds, Math.Max((excess * seconds) - (end - waiting), 0), end);
        }

        // What waits is served first; once nothing does, what comes is served at once.
        var left = Math.Max(waiting + (excess * seconds), 0);
        return new Backlog((rate * seconds) + waiting - left, 0, left);
    }

    /// <summary>How many seconds until the queue is full or empty; null when it stays as it is.</summary>
    public static double? UntilChange(double waiting, double rate, double capacity, double limit)
    {
        var excess = rate - capacity;
        return excess > 0 && waiting < limit ? (limit - waiting) / excess
            : excess < 0 && waiting > 0 ? waiting / -excess
            : null;
    }
}

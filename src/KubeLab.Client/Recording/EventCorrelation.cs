namespace KubeLab.Client.Recording;

/// <summary>
/// Keeps one reporter from flooding one object with events: many that differ only in their message become one, and a steady stream is
/// thinned out.
/// </summary>
/// <remarks>Upstream: EventAggregator and EventSourceObjectSpamFilter in client-go/tools/record/events_cache.go.</remarks>
internal sealed class EventCorrelation(int remembered)
{
    /// <summary>From so many different messages on, within <see cref="Interval"/>, the next ones are combined.</summary>
    public const int SimilarMax = 10;

    /// <summary>How many events in a row an object may get.</summary>
    public const int Burst = 25;

    /// <summary>After how long a group of similar events is forgotten.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>After how long an object may get one more.</summary>
    public static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);

    private readonly Recent<ulong, (int Messages, int LastSecond)> groups = new(remembered);
    private readonly Recent<ulong, (float Tokens, int FilledSecond)> budgets = new(remembered);

    /// <summary>Whether an event is to be combined with the similar ones before it.</summary>
    /// <param name="about">Identity of the object.</param>
    /// <param name="type">Normal or Warning.</param>
    /// <param name="reason">The reason, which similar events share.</param>
    /// <param name="isNew">Whether its message has not been seen before.</param>
    /// <param name="now">The present.</param>
    public bool IsCombined(string about, string type, string reason, bool isNew, DateTimeOffset now)
    {
        var key = Fingerprint.Of(about, type, reason);
        var known = groups.TryGet(key, out var group) && SecondOf(now) - group.LastSecond <= Interval.TotalSeconds;
        var messages = (known ? group.Messages : 0) + (isNew || !known ? 1 : 0);

        // The count stays just below the limit, so that a message that repeats goes on being counted by itself.
        groups.Set(key, (Math.Min(messages, SimilarMax - 1), SecondOf(now)));
        return messages >= SimilarMax;
    }

    /// <summary>Whether the object may get one more event now.</summary>
    public bool Admits(string about, DateTimeOffset now)
    {
        var key = Fingerprint.Of(about);
        var tokens = (float)Burst;
        if (budgets.TryGet(key, out var budget))
        {
            tokens = Math.Min(Burst, budget.Tokens + ((float)((SecondOf(now) - budget.FilledSecond) / Refill.TotalSeconds)));
        }

        var admitted = tokens >= 1;
        budgets.Set(key, (admitted ? tokens - 1 : tokens, SecondOf(now)));
        return admitted;
    }

    /// <summary>Seconds since 2000: half the size of an instant, and fine enough for minutes.</summary>
    private static int SecondOf(DateTimeOffset now) => (int)(now.ToUnixTimeSeconds() - 946_684_800);
}

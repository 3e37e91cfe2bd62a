using System.Diagnostics;
using System.Threading.Channels;

namespace KubeLab.Http.Serving;

/// <summary>The events of one watch on their way from the clock's thread to a socket.</summary>
/// <remarks>
/// What a watch begins with is as long as a list would be; only what comes later is bounded. When more waits, all of it is dropped at once, whether or not the
/// reader ever reads on: what it missed it has to list again.
/// </remarks>
internal sealed class WatchQueue(int laterMax, TimeSpan limit)
{
    private static readonly TimeSpan BookmarkPeriodMin = TimeSpan.FromSeconds(1);

    // The clock's thread empties what the socket's has not taken, so there may be two readers.
    private readonly Channel<WatchLine> lines = Channel.CreateUnbounded<WatchLine>(new() { SingleWriter = true });
    private volatile bool isOverrun;
    private int allowed = int.MaxValue;
    private int waiting;
    private long bookmarkedAt;

    /// <summary>Whether the reader was too slow; nothing waits for it any more.</summary>
    public bool IsOverrun => isOverrun;

    /// <summary>How long it lasts, in the wall's time, when its client does not say.</summary>
    public TimeSpan Limit => limit;

    /// <summary>The socket's end.</summary>
    public ChannelReader<WatchLine> Reader => lines.Reader;

    /// <summary>How many lines are kept.</summary>
    public int Kept => lines.Reader.Count;

    /// <summary>From now on the bound holds.</summary>
    public void Bound() => allowed = laterMax + Volatile.Read(ref waiting);

    /// <summary>The clock's end: hands a line over; false when the reader is too slow, and then the queue has ended.</summary>
    public bool Write(WatchLine line)
    {
        if (Interlocked.Increment(ref waiting) <= allowed)
        {
            return lines.Writer.TryWrite(line);
        }

        isOverrun = true;
        lines.Writer.TryComplete();
        while (lines.Reader.TryRead(out _))
        {
        }

        return false;
    }

    /// <summary>The clock's end: whether a bookmark would be of use to the reader, who otherwise gets a later one.</summary>
    /// <remarks>At full speed the cluster's minutes, each with a bookmark, pass faster than they could be sent, and nobody is to be cut off for those.</remarks>
    public bool TakesBookmark()
    {
        var now = Stopwatch.GetTimestamp();
        if (Volatile.Read(ref waiting) > 0 || (bookmarkedAt != 0 && Stopwatch.GetElapsedTime(bookmarkedAt, now) < BookmarkPeriodMin))
        {
            return false;
        }

        bookmarkedAt = now;
        return true;
    }

    /// <summary>The socket has sent a line.</summary>
    public void Sent() => Interlocked.Decrement(ref waiting);

    /// <summary>No more lines come.</summary>
    public void Complete() => lines.Writer.TryComplete();
}

/// <summary>One line of a watch.</summary>
/// <param name="Json">Writes the event, with the cluster's instants.</param>
/// <param name="VirtualNow">The cluster's time when it was told.</param>
internal readonly record struct WatchLine(Func<ReadOnlyMemory<byte>> Json, DateTimeOffset VirtualNow);

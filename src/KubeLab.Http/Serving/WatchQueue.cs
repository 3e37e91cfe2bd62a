using System.Threading.Channels;

namespace KubeLab.Http.Serving;

/// <summary>The events of one watch on their way from the clock's thread to a socket.</summary>
/// <remarks>What a watch begins with is as long as a list would be; only what comes later is bounded.</remarks>
internal sealed class WatchQueue(int laterMax)
{
    private readonly Channel<WatchLine> lines = Channel.CreateUnbounded<WatchLine>(new() { SingleReader = true, SingleWriter = true });
    private int allowed = int.MaxValue;
    private int waiting;

    /// <summary>Whether the reader was too slow.</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>The socket's end.</summary>
    public ChannelReader<WatchLine> Reader => lines.Reader;

    /// <summary>From now on the bound holds.</summary>
    public void Bound() => allowed = laterMax + Volatile.Read(ref waiting);

    /// <summary>The clock's end: hands a line over; false when the reader is too slow, and then the queue has ended.</summary>
    public bool Write(WatchLine line)
    {
        if (Interlocked.Increment(ref waiting) > allowed)
        {
            IsOverrun = true;
            lines.Writer.TryComplete();
            return false;
        }

        return lines.Writer.TryWrite(line);
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

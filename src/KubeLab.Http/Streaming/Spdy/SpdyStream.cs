using System.Threading.Channels;

namespace KubeLab.Http.Streaming.Spdy;

/// <summary>One stream of a connection.</summary>
internal sealed class SpdyStream(SpdyConnection connection, int id, IReadOnlyDictionary<string, string> headers)
{
    private const int PiecesMax = 64;
    private readonly Channel<ReadOnlyMemory<byte>> pieces = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(PiecesMax) { SingleWriter = true });

    /// <summary>The stream's number.</summary>
    public int Id => id;

    /// <summary>What the client said of it.</summary>
    public IReadOnlyDictionary<string, string> Headers => headers;

    /// <summary>What the client sends, until it has no more.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> Reader => pieces.Reader;

    /// <summary>Sends to the client.</summary>
    public Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation) => data.IsEmpty ? Task.CompletedTask : connection.WriteAsync(id, data, isLast: false, cancellation);

    /// <summary>Sends what is left and says that nothing more comes.</summary>
    public Task EndAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation) => connection.WriteAsync(id, data, isLast: true, cancellation);

    /// <summary>Neither side has more to say.</summary>
    public void Forget()
    {
        Close();
        connection.Forget(id);
    }

    // When nobody reads, the whole connection waits: that is what bounds it.
    internal async Task OnDataAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        try
        {
            await pieces.Writer.WriteAsync(data, cancellation);
        }
        catch (ChannelClosedException)
        {
            // It was reset, or nobody reads it any more.
        }
    }

    internal void Close() => pieces.Writer.TryComplete();
}

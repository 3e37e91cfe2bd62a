using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace KubeLab.Http.Streaming.Spdy;

/// <summary>The server's end of a SPDY/3.1 connection: the client opens streams, both sides send on them.</summary>
/// <remarks>
/// As far as kubectl speaks it: no flow control beyond the connection's own, no pushed streams, no credentials.
/// The frames: https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/
/// </remarks>
/// <param name="transport">What carries the frames.</param>
internal sealed class SpdyConnection(Stream transport) : IAsyncDisposable
{
    private const int FrameBytesMax = 1 << 20;
    private const int DataBytesMax = 32 << 10;
    private const int StreamsMax = 1000;
    private readonly ConcurrentDictionary<int, SpdyStream> streams = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly HeaderReader headerReader = new();
    private readonly HeaderWriter headerWriter = new();
    private int lastStream;

    private enum Frame
    {
        Open = 1,
        Reply = 2,
        Reset = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7,
        Headers = 8,
    }

    /// <summary>Reads frames until the client leaves; <paramref name="onStream"/> is called with each new stream and must not wait for its data.</summary>
    /// <exception cref="InvalidDataException">The client does not speak SPDY.</exception>
    public async Task ReadAsync(Action<SpdyStream> onStream, CancellationToken cancellation)
    {
        var head = new byte[8];
        try
        {
            while (await ReadFullyAsync(head, cancellation))
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) & 0xFFFFFF;
                if (length > FrameBytesMax)
                {
                    throw new InvalidDataException($"a frame of {length} bytes is too long");
                }

                var body = new byte[length];
                if (!await ReadFullyAsync(body, cancellation))
                {
                    return;
                }

                if ((head[0] & 128) == 0)
                {
                    await OnDataAsync(BinaryPrimitives.ReadInt32BigEndian(head), body, isLast: (head[4] & 1) != 0, cancellation);
                }
                else if (!await OnControlAsync((Frame)BinaryPrimitives.ReadInt16BigEndian(head.AsSpan(2)), head[4], body, onStream, cancellation))
                {
                    return;
                }
            }
        }
        finally
        {
            foreach (var stream in streams.Values)
            {
                stream.Close();
            }
        }
    }

    /// <summary>Says that nothing more comes.</summary>
    public Task GoAwayAsync(CancellationToken cancellation)
    {
        var body = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(body, lastStream);
        return ControlAsync(Frame.GoAway, 0, body, cancellation);
    }

    internal async Task WriteAsync(int stream, ReadOnlyMemory<byte> data, bool isLast, CancellationToken cancellation)
    {
        do
        {
            var piece = data[..Math.Min(data.Length, DataBytesMax)];
            data = data[piece.Length..];
            var frame = new byte[8 + piece.Length];
            BinaryPrimitives.WriteInt32BigEndian(frame, stream);
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), piece.Length | (isLast && data.IsEmpty ? 1 << 24 : 0));
            piece.CopyTo(frame.AsMemory(8));
            await WriteAsync(frame, cancellation);
        }
        while (!data.IsEmpty);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        headerReader.Dispose();
        await transport.DisposeAsync();
    }

    private async Task<bool> OnControlAsync(Frame frame, byte flags, byte[] body, Action<SpdyStream> onStream, CancellationToken cancellation)
    {
        switch (frame)
        {
            case Frame.Open when body.Length >= 10:
                await OnOpenAsync(BinaryPrimitives.ReadInt32BigEndian(body) & int.MaxValue, headerReader.Read(body.AsSpan(10)), isLast: (flags & 1) != 0, onStream, cancellation);
                return true;
            case Frame.Headers when body.Length >= 4:
                headerReader.Read(body.AsSpan(4));
                return true;
            case Frame.Reset when body.Length >= 4:
                if (streams.TryRemove(BinaryPrimitives.ReadInt32BigEndian(body) & int.MaxValue, out var stream))
                {
                    stream.Close();
                }

                return true;
            case Frame.Ping when body.Length == 4:
                await ControlAsync(Frame.Ping, 0, body, cancellation);
                return true;
            case Frame.GoAway:
                return false;
            default:
                return true;
        }
    }

    private async Task OnOpenAsync(int id, Dictionary<string, string> headers, bool isLast, Action<SpdyStream> onStream, CancellationToken cancellation)
    {
        if (streams.Count >= StreamsMax)
        {
            throw new InvalidDataException($"more than {StreamsMax} streams are open");
        }

        lastStream = id;
        var stream = new SpdyStream(this, id, headers);
        streams[id] = stream;
        if (isLast)
        {
            stream.Close();
        }

        // The reply's headers are told under the lock: their order is that of the one compressed stream.
        var reply = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(reply, id);
        await writing.WaitAsync(cancellation);
        try
        {
            await SendAsync(Control(Frame.Reply, 0, [.. reply, .. headerWriter.Write([])]), cancellation);
        }
        finally
        {
            writing.Release();
        }

        onStream(stream);
    }

    private async Task OnDataAsync(int id, byte[] data, bool isLast, CancellationToken cancellation)
    {
        if (!streams.TryGetValue(id, out var stream))
        {
            return;
        }

        if (data.Length > 0)
        {
            await stream.OnDataAsync(data, cancellation);
        }

        if (isLast)
        {
            stream.Close();
        }
    }

    /// <summary>Forgets a stream on which neither side has more to say.</summary>
    internal void Forget(int id) => streams.TryRemove(id, out _);

    private Task ControlAsync(Frame frame, byte flags, byte[] body, CancellationToken cancellation) => WriteAsync(Control(frame, flags, body), cancellation);

    private static byte[] Control(Frame frame, byte flags, byte[] body)
    {
        var bytes = new byte[8 + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, 0x8003);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)frame);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), body.Length | (flags << 24));
        body.CopyTo(bytes.AsSpan(8));
        return bytes;
    }

    private async Task WriteAsync(byte[] frame, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            await SendAsync(frame, cancellation);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task SendAsync(byte[] frame, CancellationToken cancellation)
    {
        await transport.WriteAsync(frame, cancellation);
        await transport.FlushAsync(cancellation);
    }

    private async Task<bool> ReadFullyAsync(Memory<byte> buffer, CancellationToken cancellation) =>
        await transport.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) == buffer.Length;
}

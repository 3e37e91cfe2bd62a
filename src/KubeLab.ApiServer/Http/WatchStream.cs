using System.Threading.Channels;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>The body of a watch or a followed log as a stream: read in turn it waits for the clock, pushed it needs no waiting.</summary>
internal sealed class WatchStream : Stream, IPushedStream
{
    private readonly IPushedBody body;
    private readonly Channel<ReadOnlyMemory<byte>> lines = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private ReadOnlyMemory<byte> rest;
    private bool isRead;

    public WatchStream(IPushedBody body) => this.body = body;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void ReadBy(Action<ReadOnlyMemory<byte>> onData, Action onEnd) => body.ReadBy(onData, onEnd);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        BeginReading();
        while (rest.IsEmpty)
        {
            if (!await lines.Reader.WaitToReadAsync(cancellationToken) || !lines.Reader.TryRead(out rest))
            {
                return 0;
            }
        }

        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        BeginReading();
        if (rest.IsEmpty && !lines.Reader.TryRead(out rest))
        {
            return body.IsEnded
                ? 0
                : throw new InvalidOperationException("the watch has nothing to tell yet: let the clock run, or read it asynchronously");
        }

        return Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        body.Dispose();
        lines.Writer.TryComplete();
        base.Dispose(disposing);
    }

    private void BeginReading()
    {
        if (!isRead)
        {
            isRead = true;
            body.ReadBy(line => lines.Writer.TryWrite(line), () => lines.Writer.TryComplete());
        }
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, rest.Length);
        rest.Span[..count].CopyTo(buffer);
        rest = rest[count..];
        return count;
    }
}

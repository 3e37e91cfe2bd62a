using System.Threading.Channels;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Http.Serving;

namespace KubeLab.Http.Streaming;

/// <summary>What a container writes, on its way from the clock's thread to a socket; when too much waits, the container is asked to pause.</summary>
internal sealed class StreamQueue(ClusterDoor door, ContainerStream stream) : IContainerReader, IAsyncDisposable
{
    private const int WaitingBytesMax = 256 << 10;
    private readonly Channel<OutputPiece> pieces = Channel.CreateUnbounded<OutputPiece>(new() { SingleReader = true, SingleWriter = true });
    private int waitingBytes;
    private int isPaused;

    /// <summary>The socket's end.</summary>
    public ChannelReader<OutputPiece> Reader => pieces.Reader;

    /// <summary>How it ended, once <see cref="Reader"/> has completed.</summary>
    public Status? Result { get; private set; }

    /// <summary>How much waits for the socket, in bytes.</summary>
    public int WaitingBytes => Volatile.Read(ref waitingBytes);

    /// <summary>Begins.</summary>
    public void Start() => door.Do(() => stream.ReadBy(this));

    /// <inheritdoc/>
    public bool OnOutput(bool isError, ReadOnlyMemory<byte> data)
    {
        pieces.Writer.TryWrite(new(isError, data, door.Now));
        if (Interlocked.Add(ref waitingBytes, data.Length) < WaitingBytesMax)
        {
            return true;
        }

        // The socket may have caught up in between; then nobody else would ask for more.
        Volatile.Write(ref isPaused, 1);
        return WaitingBytes < WaitingBytesMax / 2 && Interlocked.Exchange(ref isPaused, 0) == 1;
    }

    /// <inheritdoc/>
    public void OnEnd(Status result)
    {
        Result = result;
        pieces.Writer.TryComplete();
    }

    /// <summary>The socket has sent a piece.</summary>
    public void Sent(in OutputPiece piece)
    {
        if (Interlocked.Add(ref waitingBytes, -piece.Data.Length) < WaitingBytesMax / 2 && Interlocked.Exchange(ref isPaused, 0) == 1)
        {
            door.Do(stream.Resume);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        door.Do(stream.Dispose);
        pieces.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A piece of output.</summary>
/// <param name="IsError">Whether it is a complaint.</param>
/// <param name="Data">The bytes.</param>
/// <param name="VirtualNow">The cluster's time when it was told.</param>
internal readonly record struct OutputPiece(bool IsError, ReadOnlyMemory<byte> Data, DateTimeOffset VirtualNow);

using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>The lines of one watch: kept until a reader comes, then handed over as they are written.</summary>
/// <remarks>
/// It belongs to the clock's thread; a transport that reads on another thread passes the bytes on through a queue of its own.
/// </remarks>
public sealed class WatchBody : IPushedStream, IDisposable
{
    private readonly List<ReadOnlyMemory<byte>> waiting = [];
    private Action<ReadOnlyMemory<byte>>? onData;
    private Action? onEnd;
    private IDisposable? watch;

    /// <summary>Whether no more lines will come.</summary>
    public bool IsEnded { get; private set; }

    /// <inheritdoc/>
    public void ReadBy(Action<ReadOnlyMemory<byte>> onData, Action onEnd)
    {
        this.onData = onData;
        this.onEnd = onEnd;
        waiting.ForEach(onData);
        waiting.Clear();
        if (IsEnded)
        {
            onEnd();
        }
    }

    /// <summary>Ends the watch at the server: the reader has gone.</summary>
    public void Dispose()
    {
        IsEnded = true;
        watch?.Dispose();
    }

    internal void Begin(IDisposable handle) => watch = handle;

    internal void Write(ReadOnlyMemory<byte> line)
    {
        if (onData is null)
        {
            waiting.Add(line);
        }
        else
        {
            onData(line);
        }
    }

    internal void End()
    {
        if (!IsEnded)
        {
            IsEnded = true;
            onEnd?.Invoke();
        }
    }
}

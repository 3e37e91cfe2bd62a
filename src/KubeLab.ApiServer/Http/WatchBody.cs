using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>A body that is pushed while the clock runs.</summary>
public interface IPushedBody : IPushedStream, IDisposable
{
    /// <summary>Whether no more will come.</summary>
    bool IsEnded { get; }
}

/// <summary>The lines of one watch: kept until a reader comes, then handed over as they are written.</summary>
/// <remarks>
/// It belongs to the clock's thread; a transport that reads on another thread passes the bytes on through a queue of its own.
/// </remarks>
public sealed class WatchBody : IPushedBody
{
    private readonly List<Func<ReadOnlyMemory<byte>>> waiting = [];
    private Action<Func<ReadOnlyMemory<byte>>>? onLine;
    private Action? onEnd;
    private Func<bool>? takesBookmark;
    private IDisposable? watch;

    /// <summary>Whether no more lines will come.</summary>
    public bool IsEnded { get; private set; }

    /// <inheritdoc/>
    public void ReadBy(Action<ReadOnlyMemory<byte>> onData, Action onEnd) => ReadLaterBy(line => onData(line()), onEnd);

    /// <summary>Hands over lines that are not written yet; whoever takes one has it written, on any thread, so that many watches do not cost the clock's time.</summary>
    /// <param name="onLine">Called on the clock's thread with each line; what it is given may be called once, whenever and wherever.</param>
    /// <param name="onEnd">Called when no more lines come.</param>
    /// <param name="takesBookmark">Asked before each bookmark whether it would be of use; null takes them all.</param>
    public void ReadLaterBy(Action<Func<ReadOnlyMemory<byte>>> onLine, Action onEnd, Func<bool>? takesBookmark = null)
    {
        this.onLine = onLine;
        this.takesBookmark = takesBookmark;
        this.onEnd = onEnd;
        waiting.ForEach(onLine);
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

    internal bool TakesBookmark => takesBookmark?.Invoke() ?? true;

    internal void Begin(IDisposable handle) => watch = handle;

    internal void Write(Func<ReadOnlyMemory<byte>> line)
    {
        if (onLine is null)
        {
            waiting.Add(line);
        }
        else
        {
            onLine(line);
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

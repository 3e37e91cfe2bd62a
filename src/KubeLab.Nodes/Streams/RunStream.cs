using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs.Shell;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Streams;

/// <summary>Hears of a container's process while it runs.</summary>
internal interface IRunWatcher
{
    /// <summary>The process has ended; it is told last of all.</summary>
    void OnEnded(int exitCode);

    /// <summary>Something from outside has changed its future.</summary>
    void OnChanged();
}

/// <summary>What all streams between a client and a running container have in common: they are pumped when something is due and the reader has room.</summary>
internal abstract class RunStream(ContainerRun container, IPodHost host) : ContainerStream, IRunWatcher
{
    protected const int PieceLetters = 32 << 10;
    private static readonly TimeSpan Never = TimeSpan.FromDays(36500);
    private IContainerReader? reader;

    /// <summary>Called when it is over, for whatever reason.</summary>
    public Action<RunStream>? OnOver { get; set; }

    protected ContainerRun Container => container;

    protected bool IsFull { get; private set; }

    protected bool IsOver { get; private set; }

    /// <summary>Whether it can go on only when somebody else does something.</summary>
    protected bool IsIdle { get; set; }

    /// <inheritdoc/>
    public override bool WaitsForTime => Timer is not null;

    private Scheduled? Timer { get; set; }

    /// <inheritdoc/>
    public override void ReadBy(IContainerReader reader)
    {
        this.reader = reader;
        container.Watch(this);
        Pump();
    }

    /// <inheritdoc/>
    public override void Resume()
    {
        IsFull = false;
        if (Timer is null && !IsIdle && !IsOver)
        {
            Pump();
        }
    }

    /// <inheritdoc/>
    public abstract void OnEnded(int exitCode);

    /// <inheritdoc/>
    public virtual void OnChanged()
    {
    }

    /// <summary>The node cannot be reached any more.</summary>
    public void Break() => End(ProcessEnd.Failure("error reading from error stream: read tcp: connection reset by peer"));

    /// <summary>Hands over what is due, and arranges for the next time.</summary>
    protected abstract void Pump();

    /// <summary>Pumps at once, or when the reader has room.</summary>
    protected void PumpNow()
    {
        Timer?.Cancel();
        Timer = null;
        IsIdle = false;
        if (!IsFull && !IsOver)
        {
            Pump();
        }
    }

    /// <summary>Does something later in this instant, outside of the simulation's own events.</summary>
    protected void Later(Action act) => host.Clock.AfterForOnlooker(act);

    protected void PumpAfter(TimeSpan wait)
    {
        Timer?.Cancel();
        IsIdle = wait > Never;
        Timer = IsIdle ? null : host.Clock.After(wait, PumpNow);
    }

    protected void Send(bool isError, string text)
    {
        if (text.Length > 0 && !IsOver && reader?.OnOutput(isError, ByteText.Encode(text)) == false)
        {
            IsFull = true;
        }
    }

    protected void End(Status result)
    {
        if (!IsOver)
        {
            Close();
            reader?.OnEnd(result);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!IsOver)
        {
            Close();
        }
    }

    private void Close()
    {
        IsOver = true;
        Timer?.Cancel();
        container.Unwatch(this);
        OnOver?.Invoke(this);
    }
}

/// <summary>One that is over before it begins.</summary>
internal sealed class EndedStream(Status result, bool isRefused = false) : ContainerStream
{
    /// <inheritdoc/>
    public override Status? Refusal => isRefused ? result : null;

    /// <inheritdoc/>
    public override void ReadBy(IContainerReader reader) => reader.OnEnd(result);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}

using System.Text;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs;

namespace KubeLab.Nodes.Streams;

/// <summary>Follows what a container's process writes until it ends, as far as the reader keeps up; nothing is kept meanwhile, for it can be told again.</summary>
internal class OutputFollower : RunStream
{
    private readonly Func<TimeSpan, LogTeller> tell;
    private readonly Func<LogStep, string> format;
    private readonly TimeSpan from;
    private LogTeller teller;
    private LogStep? next;
    private TimeSpan? ended;
    private long told;
    private long skip;
    private bool isPast;
    private bool hasChanged;

    /// <summary>Follows from now on.</summary>
    /// <param name="container">The container, whose process is alive.</param>
    /// <param name="host">Its node.</param>
    /// <param name="tell">Begins to tell, at an instant of the process.</param>
    /// <param name="format">How a piece looks.</param>
    public OutputFollower(ContainerRun container, IPodHost host, Func<TimeSpan, LogTeller> tell, Func<LogStep, string> format)
        : base(container, host)
    {
        (this.tell, this.format) = (tell, format);
        from = container.Elapsed;
        teller = tell(from);
    }

    /// <inheritdoc/>
    public override void OnEnded(int exitCode)
    {
        // Who looks on acts in an event of his own, so that the cluster goes the same way without him.
        ended = Container.Elapsed;
        Later(PumpNow);
    }

    /// <inheritdoc/>
    public override void OnChanged()
    {
        hasChanged = true;
        Later(Refresh);
    }

    /// <summary>Tells what follows from what has come from outside.</summary>
    protected void Refresh()
    {
        if (!hasChanged || IsOver)
        {
            return;
        }

        // The same pieces come first again; what follows them may be other ones now.
        hasChanged = false;
        teller = tell(Container.Elapsed);
        (next, skip) = (null, told);
        PumpNow();
    }

    /// <summary>What comes before; called until it returns null.</summary>
    protected virtual string? Earlier() => null;

    /// <inheritdoc/>
    protected override void Pump()
    {
        while (!IsFull && !IsOver && Earlier() is { } piece)
        {
            Write(piece);
        }

        var now = ended ?? Container.Elapsed;
        var text = new StringBuilder();
        while (!IsFull && !IsOver)
        {
            next ??= teller.Next();
            if (next.Value.At > now)
            {
                isPast = true;
                break;
            }

            Take(next.Value, text);
            next = null;
            if (text.Length > PieceLetters)
            {
                Write(text.ToString());
                text.Clear();
            }
        }

        Write(text.ToString());
        if (IsFull || IsOver)
        {
            return;
        }

        if (ended is not null)
        {
            End(ProcessEnd.Success);
            return;
        }

        PumpAfter(next!.Value.At == TimeSpan.MaxValue ? TimeSpan.MaxValue : next.Value.At - now);
    }

    /// <summary>Hands a text over.</summary>
    protected virtual void Write(string text) => Send(isError: false, text);

    private void Take(LogStep step, StringBuilder text)
    {
        if (step.Text is null)
        {
            return;
        }

        if (skip > 0)
        {
            skip--;
            return;
        }

        told++;
        if (isPast || step.At > from)
        {
            text.Append(format(step));
        }
    }
}

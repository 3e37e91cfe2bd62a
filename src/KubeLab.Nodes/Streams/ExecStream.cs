using System.Text;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Programs.Shell;

namespace KubeLab.Nodes.Streams;

/// <summary><c>kubectl exec</c>: a command beside the container's program, step by step in the cluster's time.</summary>
/// <remarks>
/// The millisecond that an ordinary command takes is not waited for: so a command without a sleep is answered at any speed, also while the clock is paused.
/// What goes on and on is made to wait for its time after a thousand steps.
/// </remarks>
internal sealed class ExecStream : RunStream
{
    private const int ExitOnKill = 137;
    private const int ExitOnInterrupt = 130;
    private const int StepsAtOnce = 1000;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(2);

    private readonly CommandRun command;
    private readonly InputText input = new();
    private readonly LineDiscipline? terminal;
    private readonly StringBuilder pending = new();
    private bool isPendingError;

    public ExecStream(ContainerRun container, IPodHost host, CommandRun command, bool hasTerminal)
        : base(container, host)
    {
        this.command = command;
        command.OnText = hasTerminal ? (text, _) => Collect(LineDiscipline.Shown(text), isError: false) : Collect;
        terminal = hasTerminal ? new LineDiscipline(Echo, Hand, Interrupt, CloseInput) : null;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlyMemory<byte> input)
    {
        if (IsOver)
        {
            return;
        }

        var text = this.input.Take(input.Span);
        if (terminal is not null)
        {
            terminal.Type(text);
        }
        else
        {
            Hand(text);
        }
    }

    /// <inheritdoc/>
    public override void CloseInput()
    {
        if (!IsOver)
        {
            Hand(input.Finish());
            command.EndInput();
            Wake();
        }
    }

    /// <inheritdoc/>
    public override void OnEnded(int exitCode) => End(ProcessEnd.Exit(ExitOnKill));

    /// <inheritdoc/>
    protected override void Pump()
    {
        var passed = TimeSpan.Zero;
        for (var i = 1; !IsFull && !IsOver; i++)
        {
            var step = command.Next();
            if (command is ShellCommandRun shell && shell.TakeEdits() is { Count: > 0 } edits)
            {
                Container.Note(edits);
            }

            if (step.ExitCode is { } code)
            {
                Flush();
                End(ProcessEnd.Exit(code));
                return;
            }

            if (step.Waits)
            {
                IsIdle = true;
                break;
            }

            if (step.Took > Short)
            {
                PumpAfter(step.Took);
                break;
            }

            passed += step.Took;
            if (i == StepsAtOnce)
            {
                PumpAfter(passed);
                break;
            }
        }

        Flush();
    }

    private void Collect(string text, bool isError)
    {
        if (isError != isPendingError || pending.Length > PieceLetters)
        {
            Flush();
            isPendingError = isError;
        }

        pending.Append(text);
    }

    private void Flush()
    {
        Send(isPendingError, pending.ToString());
        pending.Clear();
    }

    private void Echo(string text)
    {
        Collect(LineDiscipline.Shown(text), isError: false);
        Flush();
    }

    private void Hand(string text)
    {
        if (text.Length > 0)
        {
            command.Input(text);
            Wake();
        }
    }

    private void Wake()
    {
        if (IsIdle)
        {
            PumpNow();
        }
    }

    private void Interrupt()
    {
        if (command.Interrupt())
        {
            PumpNow();
        }
        else
        {
            End(ProcessEnd.Exit(ExitOnInterrupt));
        }
    }
}

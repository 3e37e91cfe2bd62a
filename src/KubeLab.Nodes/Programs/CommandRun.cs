namespace KubeLab.Nodes.Programs;

/// <summary>A command that runs in a container beside its program, as <c>kubectl exec</c> starts one: done step by step, so that its time can pass.</summary>
public abstract class CommandRun
{
    /// <summary>Receives what it writes: the text, and whether it is a complaint.</summary>
    public Action<string, bool>? OnText { get; set; }

    /// <summary>Does what comes next.</summary>
    public abstract CommandStep Next();

    /// <summary>Something for its standard input.</summary>
    public virtual void Input(string text)
    {
    }

    /// <summary>Its standard input ends.</summary>
    public virtual void EndInput()
    {
    }

    /// <summary>Somebody pressed Ctrl+C in its terminal; false when that ends it.</summary>
    public virtual bool Interrupt() => false;

    /// <summary>Writes.</summary>
    protected void Tell(string text, bool isError)
    {
        if (text.Length > 0)
        {
            OnText?.Invoke(text, isError);
        }
    }
}

/// <summary>What a step of a command came to.</summary>
/// <param name="Took">How long it takes until the next one.</param>
/// <param name="ExitCode">How it ended; null when it goes on.</param>
/// <param name="Waits">Whether it goes on only when input comes.</param>
public readonly record struct CommandStep(TimeSpan Took, int? ExitCode, bool Waits)
{
    /// <summary>It has ended.</summary>
    public static CommandStep Ended(int exitCode) => new(default, exitCode, false);

    /// <summary>It goes on after a while; never, when that is the greatest time span.</summary>
    public static CommandStep After(TimeSpan took) => new(took, null, false);

    /// <summary>It goes on when input comes.</summary>
    public static CommandStep ForInput => new(default, null, true);
}

/// <summary>A command whose end is known at its start, for programs written in C# that only override <see cref="ProgramRun.Exec"/>.</summary>
internal sealed class ForeknownCommand(ExecResult result) : CommandRun
{
    private bool hasWritten;

    public override CommandStep Next()
    {
        if (hasWritten)
        {
            return CommandStep.Ended(result.ExitCode);
        }

        hasWritten = true;
        Tell(result.Output, isError: false);
        return CommandStep.After(result.Took);
    }
}

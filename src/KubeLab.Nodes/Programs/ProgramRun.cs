using KubeLab.Api.Verbs;
using KubeLab.Nodes.Programs.Shell;
using KubeLab.Nodes.Serving;

namespace KubeLab.Nodes.Programs;

/// <summary>One process: when it ends, what it uses, what it answers, what it writes. All times count from its start.</summary>
public abstract class ProgramRun
{
    /// <summary>The ports it listens on; two containers of a pod cannot have the same.</summary>
    public virtual IReadOnlyList<int> Ports => [];

    /// <summary>When it begins to listen.</summary>
    public virtual TimeSpan ListensAfter => TimeSpan.Zero;

    /// <summary>The exit code after the stop signal.</summary>
    public virtual int StopExitCode => 0;

    /// <summary>Tells how it ends, or when to ask again. Asked at the start and then at each instant it named.</summary>
    public abstract Foresight Foresee();

    /// <summary>What it would use at an instant if nothing restrained it.</summary>
    public abstract ResourceUse UseAt(TimeSpan at);

    /// <summary>The next instant after <paramref name="at"/> at which what it would use changes by a step; null when it knows of none.</summary>
    public virtual TimeSpan? NextUse(TimeSpan at) => null;

    /// <summary>
    /// The most CPU that it may want from <paramref name="from"/> on, as far as it can tell until it next asks to be looked at, in thousandths of a core. A node whose programs want no more
    /// than it has together divides nothing, so one whose use rises later says so here.
    /// </summary>
    public virtual long CpuPeak(TimeSpan from) => UseAt(from).CpuMillis;

    /// <summary>The most memory that it may use between two instants, as far as it can tell until it next asks to be looked at; more time never means less.</summary>
    public virtual long MemoryPeak(TimeSpan from, TimeSpan until) => Math.Max(UseAt(from).MemoryBytes, UseAt(until).MemoryBytes);

    /// <summary>
    /// From <paramref name="at"/> on it gets this share of the CPU that it wants, its limit applied: less than 1 when others compete for it. A program whose work takes longer then returns
    /// true, when its own future is another one now.
    /// </summary>
    public virtual bool Restrain(TimeSpan at, double share) => false;

    /// <summary>When its memory first exceeds <paramref name="bytes"/>; null when it never does, as far as it can tell.</summary>
    public virtual TimeSpan? ExceedsMemory(long bytes) => null;

    /// <summary>How long it takes to end after the stop signal; null when it ignores the signal.</summary>
    public virtual TimeSpan? StopsWithin(TimeSpan at) => TimeSpan.Zero;

    /// <summary>What one request takes it, for traffic that is counted per second. Asked once, when the first request comes.</summary>
    public virtual RequestProfile Serves(ProgramContext context) => RequestProfile.Usual;

    /// <summary>The status it answers to a web request, once it listens.</summary>
    public virtual int HttpStatus(string path, TimeSpan at) => 200;

    /// <summary>Runs a command beside it, as <c>kubectl exec</c> and probes do.</summary>
    public virtual ExecResult Exec(IReadOnlyList<string> command, TimeSpan at) => new(0, "");

    /// <summary>Starts a command beside it whose steps take their time; the same as <see cref="Exec"/> unless overridden.</summary>
    /// <param name="command">The executable and its arguments.</param>
    /// <param name="context">The container.</param>
    /// <param name="at">When.</param>
    /// <param name="options">Whether it has input and a terminal.</param>
    /// <exception cref="ExecutableNotFoundException">The image has no such command.</exception>
    public virtual CommandRun Start(IReadOnlyList<string> command, ProgramContext context, TimeSpan at, CommandOptions options) =>
        new ForeknownCommand(Exec(command, at));

    /// <summary>What it answers to a web request once it listens; null when it hears none.</summary>
    public virtual WebAnswer? Answer(WebQuestion question, ProgramContext context, TimeSpan at)
    {
        var code = HttpStatus(question.Path, at);
        return new(code, "text/plain; charset=utf-8", $"{code}\n");
    }

    /// <summary>Tells what it writes from its start, line by line, beyond <paramref name="now"/> too.</summary>
    public virtual LogTeller TellLog(TimeSpan now) => new PolledLog(this, now);

    /// <summary>The same as it is written, for a terminal: a prompt is told without waiting for the end of its line.</summary>
    internal virtual LogTeller TellOutput(TimeSpan now) => new LinesAsOutput(TellLog(now));

    /// <summary>The same when asked at another instant, by a process that has been told to keep step with others.</summary>
    internal virtual Foresight Foresee(TimeSpan now) => Foresee();

    /// <summary>Other containers see some of its files: it keeps step with them from now on, and tells what it changes when it changes it.</summary>
    internal virtual void ShareFiles(Action<FileEdit> changed)
    {
    }

    /// <summary>A command beside it has changed files; true when its own future may be another one now.</summary>
    internal virtual bool Note(TimeSpan at, IReadOnlyList<FileEdit> edits) => false;

    /// <summary>Something came for its standard input, or null for its end; true when its own future may be another one now.</summary>
    internal virtual bool Receive(TimeSpan at, string? input) => false;

    /// <summary>The next instant after <paramref name="at"/> at which an answer to a probe may differ; null when none ever will.</summary>
    public virtual TimeSpan? NextChange(TimeSpan at) => at < ListensAfter ? ListensAfter : null;

    /// <summary>What it has written until <paramref name="until"/>, oldest first.</summary>
    public abstract IEnumerable<LogLine> Log(TimeSpan until);

    /// <summary>What it wrote to its termination message file; null when nothing.</summary>
    public virtual string? TerminationMessage => null;
}

/// <summary>What a process knows of its own end.</summary>
/// <param name="At">When it ends, or when to ask again; null when it never ends by itself.</param>
/// <param name="ExitCode">The exit code; null when it does not end at that instant.</param>
public readonly record struct Foresight(TimeSpan? At, int? ExitCode)
{
    /// <summary>It runs until somebody stops it.</summary>
    public static Foresight Never => default;

    /// <summary>It ends.</summary>
    public static Foresight Ends(TimeSpan at, int exitCode) => new(at, exitCode);

    /// <summary>It cannot tell yet.</summary>
    public static Foresight AskAgain(TimeSpan at) => new(at, null);
}

/// <summary>What a process uses.</summary>
/// <param name="CpuMillis">CPU in thousandths of a core.</param>
/// <param name="MemoryBytes">Memory in bytes.</param>
public readonly record struct ResourceUse(long CpuMillis, long MemoryBytes);

/// <summary>One line of a log.</summary>
/// <param name="At">When, from the start of the process.</param>
/// <param name="Text">What.</param>
public readonly record struct LogLine(TimeSpan At, string Text);

/// <summary>What a command beside a program has.</summary>
/// <param name="HasInput">Whether something may come for its standard input.</param>
/// <param name="HasTerminal">Whether it has a terminal, and so prompts.</param>
public readonly record struct CommandOptions(bool HasInput, bool HasTerminal);

/// <summary>How a command in a container ended.</summary>
/// <param name="ExitCode">0 is success.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Took">How long it ran.</param>
public readonly record struct ExecResult(int ExitCode, string Output, TimeSpan Took = default);

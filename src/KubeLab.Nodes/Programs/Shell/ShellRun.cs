namespace KubeLab.Nodes.Programs.Shell;

/// <summary>
/// A container that runs a shell or one of its commands. The script runs ahead of the clock a thousand commands at a time; its log is not kept but told
/// again when somebody reads it, which the script's determinism allows.
/// </summary>
internal sealed class ShellRun : ProgramRun
{
    private const int StepsAhead = 1000;
    private const int LinesKept = 20_000;

    private readonly Func<(ShellProcess Process, Node Script)> begin;
    private readonly ShellProcess lead;
    private readonly IEnumerator<TimeSpan> steps;
    private bool over;

    private ShellRun(Func<(ShellProcess Process, Node Script)> begin)
    {
        this.begin = begin;
        (lead, var script) = begin();
        steps = lead.Run(script).GetEnumerator();
    }

    /// <inheritdoc/>
    public override int StopExitCode => 0;

    /// <inheritdoc/>
    public override string? TerminationMessage => lead.Files.GetValueOrDefault("/dev/termination-log");

    /// <summary>A shell without a terminal or a script: it ends at once, well.</summary>
    public static ShellRun Nothing(ProgramContext context) => Of(context, new Sequence([]), new HashSet<string>());

    /// <summary>Runs <paramref name="words"/>: <c>sh -c "…"</c> or a single command.</summary>
    public static ShellRun Start(IReadOnlyList<string> words, ProgramContext context, IReadOnlySet<string> tools)
    {
        try
        {
            return Of(context, Read(words), tools);
        }
        catch (ShellSyntaxException refusal)
        {
            return Of(context, Failure(refusal.Message), tools);
        }
    }

    /// <summary>Runs a command in a container whose files are not modelled.</summary>
    public static ExecResult ExecIn(IReadOnlyList<string> command, IReadOnlySet<string> tools) =>
        Exec(new ShellProcess(DateTimeOffset.UnixEpoch, new Dictionary<string, string>(), tools), command);

    /// <inheritdoc/>
    public override Foresight Foresee()
    {
        for (var i = 0; i < StepsAhead && !over; i++)
        {
            try
            {
                over = !steps.MoveNext();
            }
            catch (ShellSyntaxException refusal)
            {
                lead.Complain($"sh: {refusal.Message}");
                (over, lead.Status) = (true, 2);
            }

            if (lead.Now == TimeSpan.MaxValue)
            {
                return Foresight.Never;
            }
        }

        return over ? Foresight.Ends(lead.Now, lead.Status) : Foresight.AskAgain(lead.Now);
    }

    /// <inheritdoc/>
    public override ResourceUse UseAt(TimeSpan at) => lead.Usage.At(at);

    /// <inheritdoc/>
    public override TimeSpan? ExceedsMemory(long bytes) => lead.Usage.Exceeds(bytes);

    /// <summary>The first process of a container has no default reaction to the stop signal: without a trap it runs on.</summary>
    public override TimeSpan? StopsWithin(TimeSpan at) => Replay(at, null).TermHandler is null ? null : TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public override TimeSpan? NextChange(TimeSpan at) => over && at >= lead.Now ? null : at;

    /// <inheritdoc/>
    public override ExecResult Exec(IReadOnlyList<string> command, TimeSpan at) => Exec(Replay(at, null), command);

    /// <inheritdoc/>
    public override IEnumerable<LogLine> Log(TimeSpan until)
    {
        var lines = new Queue<LogLine>();
        Replay(until, line =>
        {
            if (line.At <= until)
            {
                lines.Enqueue(line);
                if (lines.Count > LinesKept)
                {
                    lines.Dequeue();
                }
            }
        });
        return lines;
    }

    private static ShellRun Of(ProgramContext context, Node script, IReadOnlySet<string> tools)
    {
        var (startedAt, environment) = (context.StartedAt, context.Environment);
        return new ShellRun(() => (new ShellProcess(startedAt, environment, tools), script));
    }

    private static ExecResult Exec(ShellProcess process, IReadOnlyList<string> command)
    {
        if (command.Count == 0)
        {
            return new(0, "");
        }

        var name = command[0][(command[0].LastIndexOf('/') + 1)..];
        if (!ShellCommands.IsShell(name) && !ShellCommands.IsExecutable(name) && !process.Tools.Contains(name))
        {
            throw new ExecutableNotFoundException(command[0]);
        }

        var complaints = new List<string>();
        process.OnLine = line => complaints.Add(line.Text);
        process.Exited = false;
        process.ExitsOnError = false;
        process.Status = 0;
        var start = process.Now;
        try
        {
            var output = process.Capture(Read(command));
            return new(process.Status, output + string.Join('\n', complaints), process.Now - start);
        }
        catch (ShellSyntaxException refusal)
        {
            return new(2, $"sh: {refusal.Message}");
        }
    }

    private static Node Read(IReadOnlyList<string> words)
    {
        if (!ShellCommands.IsShell(words[0]))
        {
            return new SimpleCommand(words, [], Literal: true);
        }

        for (var i = 1; i < words.Count; i++)
        {
            if (!words[i].StartsWith('-'))
            {
                return Failure($"can't open '{words[i]}': No such file or directory");
            }

            if (words[i].EndsWith('c') && i + 1 < words.Count)
            {
                var script = Parser.Parse(words[i + 1]);
                return words[i].Contains('e', StringComparison.Ordinal)
                    ? new Sequence([new SimpleCommand(["set", "-e"], [], Literal: true), script])
                    : script;
            }
        }

        return new Sequence([]);
    }

    private static Sequence Failure(string message) => new(
    [
        new SimpleCommand(["echo", $"sh: {message}"], [], Literal: true),
        new SimpleCommand(["exit", "2"], [], Literal: true),
    ]);

    private ShellProcess Replay(TimeSpan until, Action<LogLine>? onLine)
    {
        var (process, script) = begin();
        process.OnLine = onLine;
        try
        {
            using var again = process.Run(script).GetEnumerator();
            while (process.Now <= until && again.MoveNext())
            {
            }
        }
        catch (ShellSyntaxException refusal)
        {
            process.Complain($"sh: {refusal.Message}");
        }

        return process;
    }
}

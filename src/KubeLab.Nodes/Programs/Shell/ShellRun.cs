namespace KubeLab.Nodes.Programs.Shell;

/// <summary>
/// A container that runs a shell or one of its commands. The script runs ahead of the clock a thousand commands at a time; its log is not kept but told
/// again when somebody reads it, which the script's determinism allows. What comes from outside (input, files that other commands change) is kept with its
/// instant and met again in each telling.
/// </summary>
internal sealed class ShellRun : ProgramRun
{
    private const int StepsAhead = 1000;
    private const int LinesKept = 20_000;

    private readonly ShellWorld world;
    private readonly Node script;
    private readonly List<OutsideEvent> outside = [];
    private ShellReplay lead;
    private Action<FileEdit>? shared;

    private ShellRun(ShellWorld world, Node script)
    {
        (this.world, this.script) = (world, script);
        lead = Replay();
    }

    /// <inheritdoc/>
    public override int StopExitCode => 0;

    /// <inheritdoc/>
    public override string? TerminationMessage => lead.Process.Files.Read("/dev/termination-log");

    /// <summary>A shell without a script: it ends at once and well, unless somebody may type.</summary>
    public static ShellRun Nothing(ProgramContext context) =>
        new(ShellWorld.Of(context, new HashSet<string>(), "sh"), context.Container.Stdin ? new Interactive() : new Sequence([]));

    /// <summary>Runs <paramref name="words"/>: <c>sh -c "…"</c> or a single command.</summary>
    public static ShellRun Start(IReadOnlyList<string> words, ProgramContext context, IReadOnlySet<string> tools)
    {
        var world = ShellWorld.Of(context, tools, string.Join(' ', words));
        try
        {
            return new ShellRun(world, ShellScript.Of(words));
        }
        catch (ShellSyntaxException refusal)
        {
            return new ShellRun(world, ShellScript.Failing(refusal.Message));
        }
    }

    /// <inheritdoc/>
    public override Foresight Foresee()
    {
        for (var i = 0; i < StepsAhead; i++)
        {
            var goesOn = lead.Step(TimeSpan.MaxValue);
            if (lead.Process.Now == TimeSpan.MaxValue)
            {
                return Foresight.Never;
            }

            if (!goesOn)
            {
                break;
            }
        }

        return lead.IsOver ? Foresight.Ends(lead.Process.Now, lead.Process.Status)
            : lead.Process.IsWaiting ? Foresight.Never
            : Foresight.AskAgain(lead.Process.Now);
    }

    /// <inheritdoc/>
    internal override Foresight Foresee(TimeSpan now)
    {
        if (shared is null)
        {
            return Foresee();
        }

        // What others write may be met by the very next command, so none is run before its time.
        for (var i = 0; i < StepsAhead && lead.Process.Now <= now; i++)
        {
            if (!lead.Step(now))
            {
                break;
            }
        }

        return lead.IsOver ? Foresight.Ends(lead.Process.Now, lead.Process.Status)
            : lead.Process.IsWaiting || lead.Process.Now == TimeSpan.MaxValue ? Foresight.Never
            : Foresight.AskAgain(lead.Process.Now);
    }

    /// <inheritdoc/>
    internal override void ShareFiles(Action<FileEdit> changed)
    {
        shared = changed;
        lead.Process.Files.OnEdit = changed;
    }

    /// <inheritdoc/>
    public override ResourceUse UseAt(TimeSpan at) => lead.Process.Usage.At(at);

    /// <inheritdoc/>
    public override TimeSpan? ExceedsMemory(long bytes) => lead.Process.Usage.Exceeds(bytes);

    /// <inheritdoc/>
    public override long CpuPeak(TimeSpan from) => lead.Process.Usage.CpuPeak(from);

    /// <inheritdoc/>
    public override long MemoryPeak(TimeSpan from, TimeSpan until) => lead.Process.Usage.MemoryPeak(from, until);

    /// <inheritdoc/>
    public override TimeSpan? NextUse(TimeSpan at) => lead.Process.Usage.Next(at);

    /// <inheritdoc/>
    public override bool Restrain(TimeSpan at, double share)
    {
        if (lead.IsOver || lead.Process.Now == TimeSpan.MaxValue)
        {
            return false;
        }

        // The thousand commands that it has run ahead at most keep their time: a long script need not be told again from its start each time.
        var from = lead.Process.Now > at ? lead.Process.Now : at;
        Insert(new OutsideEvent(from, null, null, share));
        return true;
    }

    /// <summary>The first process of a container has no default reaction to the stop signal: without a trap it runs on.</summary>
    public override TimeSpan? StopsWithin(TimeSpan at) => Told(at).Process.TermHandler is null ? null : TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public override TimeSpan? NextChange(TimeSpan at) => lead.IsOver && at >= lead.Process.Now ? null : at;

    /// <inheritdoc/>
    public override ExecResult Exec(IReadOnlyList<string> command, TimeSpan at) => ShellScript.Exec(command, WorldAt(at), Told(at).Process.Files);

    /// <inheritdoc/>
    public override CommandRun Start(IReadOnlyList<string> command, ProgramContext context, TimeSpan at, CommandOptions options) =>
        ShellScript.Start(command, WorldAt(at), Told(at).Process.Files, options);

    /// <inheritdoc/>
    public override IEnumerable<LogLine> Log(TimeSpan until)
    {
        var lines = new Queue<LogLine>();
        Told(until, line =>
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

    /// <inheritdoc/>
    public override LogTeller TellLog(TimeSpan now) => new ShellTeller(Replay(), asOutput: false);

    /// <inheritdoc/>
    internal override LogTeller TellOutput(TimeSpan now) => new ShellTeller(Replay(), asOutput: true);

    /// <inheritdoc/>
    internal override bool Note(TimeSpan at, IReadOnlyList<FileEdit> edits) => Meet(new OutsideEvent(at, edits, null));

    /// <inheritdoc/>
    internal override bool Receive(TimeSpan at, string? input) => world.HasInput && Meet(new OutsideEvent(at, null, input));

    private ShellWorld WorldAt(TimeSpan at) => world with { StartedAt = world.StartedAt + at };

    private bool Meet(OutsideEvent change)
    {
        Insert(change);
        if (shared is null)
        {
            // Whoever ran ahead did so without knowing of this.
            lead = Told(change.At);
        }

        return true;
    }

    private void Insert(OutsideEvent change)
    {
        var place = outside.Count;
        while (place > 0 && outside[place - 1].At > change.At)
        {
            place--;
        }

        outside.Insert(place, change);
    }

    private ShellReplay Replay() => new(world, script, outside);

    private ShellReplay Told(TimeSpan until, Action<LogLine>? onLine = null)
    {
        var replay = Replay();
        replay.Process.OnLine = onLine;
        while (replay.Step(until))
        {
        }

        replay.Meet(until);
        return replay;
    }
}

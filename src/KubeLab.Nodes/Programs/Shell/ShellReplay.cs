namespace KubeLab.Nodes.Programs.Shell;

/// <summary>Something from outside that a script meets while it runs.</summary>
/// <param name="At">When, from the start of the process.</param>
/// <param name="Edits">What a command beside it did to files.</param>
/// <param name="Input">What came for its standard input; null with no edits is the input's end.</param>
/// <param name="Speed">The share of the wanted CPU that it gets from then on; null when this is not about CPU.</param>
internal readonly record struct OutsideEvent(TimeSpan At, IReadOnlyList<FileEdit>? Edits, string? Input, double? Speed = null);

/// <summary>One telling of a script from its beginning, with what came from outside at the instants at which it came.</summary>
internal sealed class ShellReplay
{
    private readonly IReadOnlyList<OutsideEvent> outside;
    private readonly IEnumerator<TimeSpan> steps;
    private int next;
    private bool isStarved;

    public ShellReplay(ShellWorld world, Node script, IReadOnlyList<OutsideEvent> outside)
    {
        this.outside = outside;
        Process = new ShellProcess(world) { Stdin = world.HasInput ? new StandardInput() : null };
        steps = Process.Run(script).GetEnumerator();
    }

    /// <summary>The process as far as it has been told.</summary>
    public ShellProcess Process { get; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Runs the next command if it begins at or before <paramref name="until"/>; false when nothing more happens until then.</summary>
    public bool Step(TimeSpan until)
    {
        while (true)
        {
            Meet(Process.Now < until ? Process.Now : until);
            if (IsOver || Process.Now > until)
            {
                return false;
            }

            if (isStarved)
            {
                if (next == outside.Count || outside[next].At > until)
                {
                    return false;
                }

                Process.Now = outside[next].At > Process.Now ? outside[next].At : Process.Now;
                continue;
            }

            Run();
            return true;
        }
    }

    /// <summary>Lets it meet what came until <paramref name="until"/>, whatever it does meanwhile.</summary>
    public void Meet(TimeSpan until)
    {
        for (; next < outside.Count && outside[next].At <= until; next++)
        {
            if (outside[next].Speed is { } speed)
            {
                Process.Speed = speed;
                continue;
            }

            isStarved = false;
            if (outside[next].Edits is { } edits)
            {
                edits.ToList().ForEach(Process.Files.Take);
            }
            else if (outside[next].Input is { } input)
            {
                Process.Stdin?.Append(input);
            }
            else
            {
                Process.Stdin?.End();
            }
        }
    }

    private void Run()
    {
        try
        {
            IsOver = !steps.MoveNext();
        }
        catch (ShellSyntaxException refusal)
        {
            Process.Complain($"sh: {refusal.Message}");
            (IsOver, Process.Status) = (true, 2);
        }

        isStarved = Process.IsWaiting;
    }
}

/// <summary>Tells a script's log, or its output as it is written.</summary>
internal sealed class ShellTeller : LogTeller
{
    private const int StepsAhead = 1000;
    private readonly ShellReplay replay;
    private readonly Queue<LogStep> told = new();

    public ShellTeller(ShellReplay replay, bool asOutput)
    {
        this.replay = replay;
        var process = replay.Process;
        void Tell(string text) => told.Enqueue(new(process.Now, text));
        process.OnLine = asOutput ? null : line => Tell(line.Text);
        process.OnText = asOutput ? (text, _) => Tell(text) : null;
    }

    public override LogStep Next()
    {
        for (var i = 0; i < StepsAhead && told.Count == 0; i++)
        {
            if (!replay.Step(TimeSpan.MaxValue))
            {
                break;
            }
        }

        if (told.TryDequeue(out var step))
        {
            return step;
        }

        return new(replay.IsOver || replay.Process.IsWaiting ? TimeSpan.MaxValue : replay.Process.Now, null);
    }
}

namespace KubeLab.Nodes.Programs;

/// <summary>Tells what a process writes, one piece after the other, also what lies ahead as far as nothing from outside changes it.</summary>
public abstract class LogTeller
{
    /// <summary>The next piece, or when to ask again.</summary>
    public abstract LogStep Next();
}

/// <summary>A piece of a log.</summary>
/// <param name="At">When it is written, or when to ask again: counted from the start of the process; the greatest time span is never.</param>
/// <param name="Text">A line without its end, or null when nothing is known until then.</param>
public readonly record struct LogStep(TimeSpan At, string? Text);

/// <summary>Asks a program for its whole log now and then, for programs that do not foretell theirs.</summary>
internal sealed class PolledLog(ProgramRun run, TimeSpan now) : LogTeller
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Queue<LogLine> fresh = new();
    private TimeSpan asked = now - Pause;
    private int told;

    public override LogStep Next()
    {
        if (!fresh.TryDequeue(out var line))
        {
            asked += Pause;
            foreach (var later in run.Log(asked).Skip(told))
            {
                fresh.Enqueue(later);
                told++;
            }

            if (!fresh.TryDequeue(out line))
            {
                return new(asked, null);
            }
        }

        return new(line.At, line.Text);
    }
}

/// <summary>A log that is over once it has been told.</summary>
internal sealed class ToldLog(IEnumerable<LogLine> lines) : LogTeller
{
    private readonly IEnumerator<LogLine> lines = lines.GetEnumerator();

    public override LogStep Next() => lines.MoveNext() ? new(lines.Current.At, lines.Current.Text) : new(TimeSpan.MaxValue, null);
}

/// <summary>Whole lines as output: each with its end.</summary>
internal sealed class LinesAsOutput(LogTeller lines) : LogTeller
{
    public override LogStep Next()
    {
        var step = lines.Next();
        return step.Text is { } line ? step with { Text = line + "\n" } : step;
    }
}

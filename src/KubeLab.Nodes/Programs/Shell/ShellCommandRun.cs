namespace KubeLab.Nodes.Programs.Shell;

/// <summary>A command or a script that a client runs in a container, beside its program.</summary>
internal sealed class ShellCommandRun : CommandRun
{
    private readonly ShellProcess process;
    private readonly IEnumerator<TimeSpan> steps;

    public ShellCommandRun(ShellProcess process, Node script)
    {
        this.process = process;
        process.OnText = Tell;
        steps = process.Run(script).GetEnumerator();
        process.Files.OnEdit = edits.Add;
    }

    private readonly List<FileEdit> edits = [];

    /// <summary>What it did to files since the last time.</summary>
    public IReadOnlyList<FileEdit> TakeEdits()
    {
        if (edits.Count == 0)
        {
            return [];
        }

        FileEdit[] taken = [.. edits];
        edits.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public override CommandStep Next()
    {
        var before = process.Now;
        try
        {
            if (!steps.MoveNext())
            {
                return CommandStep.Ended(process.Status);
            }
        }
        catch (ShellSyntaxException refusal)
        {
            process.Complain($"sh: {refusal.Message}");
            return CommandStep.Ended(2);
        }

        return process.IsWaiting ? CommandStep.ForInput : CommandStep.After(process.Now == TimeSpan.MaxValue ? TimeSpan.MaxValue : process.Now - before);
    }

    /// <inheritdoc/>
    public override void Input(string text) => process.Stdin?.Append(text);

    /// <inheritdoc/>
    public override void EndInput() => process.Stdin?.End();

    /// <inheritdoc/>
    public override bool Interrupt()
    {
        process.Interrupt();
        return true;
    }
}

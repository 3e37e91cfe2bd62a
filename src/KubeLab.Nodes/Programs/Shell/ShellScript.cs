namespace KubeLab.Nodes.Programs.Shell;

/// <summary>What a command line means to this shell, and how it is run beside a container's program.</summary>
internal static class ShellScript
{
    /// <summary>The script of <c>sh -c "…"</c>, of a shell that reads its input, or of a single command.</summary>
    /// <exception cref="ShellSyntaxException">The text is no script of this shell.</exception>
    public static Node Of(IReadOnlyList<string> words)
    {
        if (!ShellCommands.IsShell(words[0]))
        {
            return new SimpleCommand(words, [], Literal: true);
        }

        for (var i = 1; i < words.Count; i++)
        {
            if (!words[i].StartsWith('-'))
            {
                return Failing($"can't open '{words[i]}': No such file or directory");
            }

            if (words[i].EndsWith('c') && i + 1 < words.Count)
            {
                var script = Parser.Parse(words[i + 1]);
                return words[i].Contains('e', StringComparison.Ordinal)
                    ? new Sequence([new SimpleCommand(["set", "-e"], [], Literal: true), script])
                    : script;
            }
        }

        return new Interactive();
    }

    /// <summary>A script that only says what is wrong.</summary>
    public static Sequence Failing(string message) => new(
    [
        new SimpleCommand(["echo", $"sh: {message}"], [new Redirection(1, "&2", false, false)], Literal: true),
        new SimpleCommand(["exit", "2"], [], Literal: true),
    ]);

    /// <summary>Runs a command to its end at once, as probes do.</summary>
    /// <exception cref="ExecutableNotFoundException">The image has no such command.</exception>
    public static ExecResult Exec(IReadOnlyList<string> command, ShellWorld world, ShellFiles files)
    {
        if (command.Count == 0)
        {
            return new(0, "");
        }

        Require(command[0], world);
        var process = new ShellProcess(world with { HasInput = false, HasTerminal = false }, files);
        var output = new System.Text.StringBuilder();
        process.OnText = (text, _) => output.Append(text);
        try
        {
            output.Append(process.Capture(Of(command)));
            return new(process.Status, output.ToString(), process.Now);
        }
        catch (ShellSyntaxException refusal)
        {
            return new(2, $"sh: {refusal.Message}");
        }
    }

    /// <summary>Starts a command whose steps take their time.</summary>
    /// <exception cref="ExecutableNotFoundException">The image has no such command.</exception>
    public static ShellCommandRun Start(IReadOnlyList<string> command, ShellWorld world, ShellFiles files, CommandOptions options)
    {
        Require(command[0], world);
        var own = world with { HasInput = options.HasInput, HasTerminal = options.HasTerminal };
        var process = new ShellProcess(own, files) { Stdin = options.HasInput ? new StandardInput() : null };
        try
        {
            return new ShellCommandRun(process, Of(command));
        }
        catch (ShellSyntaxException refusal)
        {
            return new ShellCommandRun(process, Failing(refusal.Message));
        }
    }

    private static void Require(string executable, ShellWorld world)
    {
        var name = executable[(executable.LastIndexOf('/') + 1)..];
        if (!ShellCommands.IsShell(name) && !ShellCommands.IsExecutable(name) && !world.Tools.Contains(name))
        {
            throw new ExecutableNotFoundException(executable);
        }
    }
}

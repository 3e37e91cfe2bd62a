namespace KubeLab.Nodes.Programs.Shell;

/// <summary>Commands that look at the container as a whole.</summary>
internal static class ProcessCommands
{
    public static TimeSpan List(ShellProcess process, List<string> words)
    {
        process.Write("PID   USER     TIME  COMMAND\n");
        process.Write($"    1 root      0:00 {process.World.Main}\n");
        process.Write($"    7 root      0:00 {string.Join(' ', words)}\n");
        return ShellCommands.Done(process, 0);
    }

    public static TimeSpan Which(ShellProcess process, List<string> words)
    {
        var status = words.Count > 1 ? 0 : 1;
        foreach (var name in words.Skip(1))
        {
            if (ShellCommands.IsShell(name) || ShellCommands.IsExecutable(name))
            {
                process.Write($"/bin/{name}\n");
            }
            else if (process.Tools.Contains(name))
            {
                process.Write($"/usr/bin/{name}\n");
            }
            else
            {
                status = 1;
            }
        }

        return ShellCommands.Done(process, status);
    }

    /// <summary>The one process that is modelled beside this one is the container's first, and that has no default reaction to signals.</summary>
    public static TimeSpan Kill(ShellProcess process, List<string> words)
    {
        var pid = words.Skip(1).LastOrDefault(w => !w.StartsWith('-'));
        if (pid == "1")
        {
            return ShellCommands.Done(process, 0);
        }

        process.Complain(pid is null ? "sh: you need to specify whom to kill" : $"sh: can't kill pid {pid}: No such process");
        return ShellCommands.Done(process, 1);
    }

    public static TimeSpan SystemName(ShellProcess process, List<string> words)
    {
        var host = process.Variables.GetValueOrDefault("HOSTNAME", "localhost");
        var text = words.Skip(1).FirstOrDefault() switch
        {
            "-a" => $"Linux {host} 6.6.72 #1 SMP x86_64 GNU/Linux",
            "-n" => host,
            "-r" => "6.6.72",
            "-m" => "x86_64",
            _ => "Linux",
        };
        return ShellCommands.Print(process, text);
    }
}

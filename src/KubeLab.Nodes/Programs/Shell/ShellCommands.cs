using System.Globalization;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary>The commands that every image with a shell has. Each returns the time it takes and leaves its exit code behind.</summary>
internal static class ShellCommands
{
    private const long SequenceMax = 1_000_000;

    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "ash", "dash" };

    private static readonly HashSet<string> Builtins = new(StringComparer.Ordinal)
    {
        ":", "exit", "cd", "export", "set", "unset", "trap", "wait", "break", "continue", "eval", "shift", "local", "readonly", "read",
    };

    private static readonly Dictionary<string, Func<ShellProcess, List<string>, TimeSpan>> Commands = new(StringComparer.Ordinal)
    {
        [":"] = (p, _) => Done(p, 0),
        ["true"] = (p, _) => Done(p, 0),
        ["false"] = (p, _) => Done(p, 1),
        ["exit"] = Exit,
        ["echo"] = Echo,
        ["printf"] = Printf,
        ["sleep"] = Sleep,
        ["date"] = DateCommand.Run,
        ["cat"] = FileCommands.Cat,
        ["touch"] = FileCommands.Touch,
        ["rm"] = FileCommands.Remove,
        ["mkdir"] = FileCommands.MakeFolder,
        ["cp"] = FileCommands.Copy,
        ["mv"] = FileCommands.Copy,
        ["tar"] = TarCommand.Run,
        ["sort"] = TextCommands.Sort,
        ["uniq"] = TextCommands.Unique,
        ["read"] = TextCommands.ReadLine,
        ["basename"] = TextCommands.BaseName,
        ["ps"] = ProcessCommands.List,
        ["which"] = ProcessCommands.Which,
        ["kill"] = ProcessCommands.Kill,
        ["chmod"] = (p, _) => Done(p, 0),
        ["ls"] = FileCommands.List,
        ["test"] = TestCommand.Run,
        ["["] = TestCommand.Run,
        ["grep"] = FileCommands.Grep,
        ["wc"] = FileCommands.Count,
        ["tee"] = FileCommands.Tee,
        ["head"] = FileCommands.Head,
        ["tail"] = FileCommands.Tail,
        ["seq"] = Sequence,
        ["hostname"] = (p, words) => Print(p, words.Exists(w => w is "-i" or "-I") ? p.World.PodIP : p.Variables.GetValueOrDefault("HOSTNAME", "localhost")),
        ["whoami"] = (p, _) => Print(p, "root"),
        ["id"] = (p, _) => Print(p, "uid=0(root) gid=0(root) groups=0(root)"),
        ["pwd"] = (p, _) => Print(p, p.Folder),
        ["uname"] = ProcessCommands.SystemName,
        ["nproc"] = (p, _) => Print(p, "1"),
        ["env"] = Environment,
        ["printenv"] = Environment,
        ["cd"] = FileCommands.Change,
        ["set"] = Set,
        ["unset"] = Unset,
        ["export"] = Export,
        ["local"] = Export,
        ["readonly"] = Export,
        ["trap"] = Trap,
        ["wait"] = Wait,
        ["break"] = (p, _) => Leave(p, next: false),
        ["continue"] = (p, _) => Leave(p, next: true),
        ["eval"] = (p, words) => SubShell(p, string.Join(' ', words.Skip(1))),
        ["exec"] = (p, words) => words.Count > 1 ? Last(p, words[1..]) : Done(p, 0),
        ["timeout"] = TimeOut,
        ["stress"] = StressCommand.Run,
        ["stress-ng"] = StressCommand.Run,
    };

    /// <summary>Whether this is a shell by name.</summary>
    public static bool IsShell(string word) => Shells.Contains(word[(word.LastIndexOf('/') + 1)..]);

    /// <summary>Whether an image with a shell has this as a file, so that it can be a container's command.</summary>
    public static bool IsExecutable(string word) => Commands.ContainsKey(word) && !Builtins.Contains(word) && word is not ("stress" or "stress-ng");

    /// <summary>Runs one command.</summary>
    public static TimeSpan Run(ShellProcess process, List<string> words)
    {
        var name = words[0][(words[0].LastIndexOf('/') + 1)..];
        if (IsShell(name))
        {
            return words.Count > 2 && words[1].StartsWith('-') && words[1].EndsWith('c') ? SubShell(process, words[2]) : Done(process, 0);
        }

        var known = Commands.TryGetValue(name, out var command) && (name is not ("stress" or "stress-ng") || process.Tools.Contains(name));
        if (known)
        {
            return command!(process, words);
        }

        if (process.Tools.Contains(name))
        {
            return Done(process, 0, TimeSpan.FromMilliseconds(100));
        }

        process.Complain($"sh: {words[0]}: not found");
        return Done(process, 127);
    }

    /// <summary>Leaves an exit code and says how long it took.</summary>
    public static TimeSpan Done(ShellProcess process, int status, TimeSpan? took = null)
    {
        process.Status = status;
        return took ?? ShellProcess.CommandTime;
    }

    /// <summary>Writes a line.</summary>
    public static TimeSpan Print(ShellProcess process, string line)
    {
        process.Write(line + "\n");
        return Done(process, 0);
    }

    private static TimeSpan Exit(ShellProcess process, List<string> words)
    {
        process.Exited = true;
        return Done(process, words.Count > 1 && int.TryParse(words[1], CultureInfo.InvariantCulture, out var code) ? code & 255 : process.Status);
    }

    private static TimeSpan Echo(ShellProcess process, List<string> words)
    {
        var first = 1;
        bool newline = true, escapes = false;
        while (first < words.Count && words[first] is "-n" or "-e" or "-ne" or "-en")
        {
            newline &= !words[first].Contains('n', StringComparison.Ordinal);
            escapes |= words[first++].Contains('e', StringComparison.Ordinal);
        }

        var text = string.Join(' ', words.Skip(first));
        process.Write((escapes ? Unescape(text) : text) + (newline ? "\n" : ""));
        return Done(process, 0);
    }

    private static TimeSpan Printf(ShellProcess process, List<string> words)
    {
        var next = 2;
        var format = words.Count > 1 ? Unescape(words[1]) : "";
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && i + 1 < format.Length)
            {
                i++;
                text.Append(format[i] == '%' ? "%" : next < words.Count ? words[next++] : "");
            }
            else
            {
                text.Append(format[i]);
            }
        }

        process.Write(text.ToString());
        return Done(process, 0);
    }

    private static string Unescape(string text) =>
        text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    private static TimeSpan Sleep(ShellProcess process, List<string> words)
    {
        var total = TimeSpan.Zero;
        foreach (var word in words.Skip(1))
        {
            if (word == "infinity")
            {
                return Done(process, 0, TimeSpan.MaxValue);
            }

            if (ReadSeconds(word) is not { } seconds)
            {
                process.Complain($"sleep: invalid number '{word}'");
                return Done(process, 1);
            }

            total += TimeSpan.FromSeconds(seconds);
        }

        return Done(process, 0, total + ShellProcess.CommandTime);
    }

    /// <summary>Reads <c>5</c>, <c>0.5</c>, <c>2m</c> or <c>1h</c>; null when it is none.</summary>
    internal static double? ReadSeconds(string word)
    {
        var unit = word.Length > 0 ? word[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 } : 0;
        var digits = unit > 0 ? word[..^1] : word;
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number * Math.Max(unit, 1) : null;
    }

    private static TimeSpan Sequence(ShellProcess process, List<string> words)
    {
        var numbers = words.Skip(1).Select(w => long.TryParse(w, CultureInfo.InvariantCulture, out var n) ? n : 0).ToList();
        var (from, step, to) = numbers.Count switch
        {
            0 => (1, 1, 0),
            1 => (1, 1, numbers[0]),
            2 => (numbers[0], 1, numbers[1]),
            _ => (numbers[0], numbers[1] == 0 ? 1 : numbers[1], numbers[2]),
        };
        if ((to - from) / step > SequenceMax)
        {
            process.Complain($"seq: this lab counts to {SequenceMax} at most");
            return Done(process, 1);
        }

        for (var i = from; step > 0 ? i <= to : i >= to; i += step)
        {
            process.Write(i.ToString(CultureInfo.InvariantCulture) + "\n");
        }

        return Done(process, 0);
    }

    private static TimeSpan Environment(ShellProcess process, List<string> words)
    {
        if (words.Count > 1)
        {
            return process.Variables.TryGetValue(words[1], out var value) ? Print(process, value) : Done(process, 1);
        }

        foreach (var (name, value) in process.Variables.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            process.Write($"{name}={value}\n");
        }

        return Done(process, 0);
    }

    private static TimeSpan Set(ShellProcess process, List<string> words)
    {
        process.ExitsOnError |= words.Count > 1 && words[1].StartsWith('-') && words[1].Contains('e', StringComparison.Ordinal);
        return Done(process, 0);
    }

    private static TimeSpan Unset(ShellProcess process, List<string> words)
    {
        words.Skip(1).ToList().ForEach(w => process.Variables.Remove(w));
        return Done(process, 0);
    }

    private static TimeSpan Export(ShellProcess process, List<string> words)
    {
        foreach (var word in words.Skip(1).Where(WordExpansion.IsAssignment))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            process.Variables[word[..equals]] = word[(equals + 1)..];
        }

        return Done(process, 0);
    }

    private static TimeSpan Trap(ShellProcess process, List<string> words)
    {
        if (words.Skip(2).Any(w => w is "TERM" or "SIGTERM" or "15"))
        {
            process.TermHandler = words[1];
        }

        return Done(process, 0);
    }

    private static TimeSpan Wait(ShellProcess process, List<string> words) =>
        Done(process, 0, process.BackgroundEnd > process.Now ? process.BackgroundEnd - process.Now : ShellProcess.CommandTime);

    private static TimeSpan Leave(ShellProcess process, bool next)
    {
        process.LeaveLoop(next);
        return Done(process, 0);
    }

    private static TimeSpan Last(ShellProcess process, List<string> words)
    {
        var took = Run(process, words);
        process.Exited = true;
        return took;
    }

    private static TimeSpan TimeOut(ShellProcess process, List<string> words)
    {
        if (words.Count < 3 || ReadSeconds(words[1]) is not { } seconds)
        {
            return Done(process, 125);
        }

        var took = Run(process, words[2..]);
        return took > TimeSpan.FromSeconds(seconds) ? Done(process, 124, TimeSpan.FromSeconds(seconds)) : took;
    }

    // A shell inside the shell: its time passes, its variables are its own.
    private static TimeSpan SubShell(ShellProcess process, string script)
    {
        var (start, folder) = (process.Now, process.Folder);
        try
        {
            process.Write(process.Capture(Parser.Parse(script)));
        }
        catch (ShellSyntaxException refusal)
        {
            process.Complain($"sh: {refusal.Message}");
            return Done(process, 2);
        }

        process.Exited = false;
        process.Folder = folder;
        var took = process.Now - start;
        process.Now = start;
        return Done(process, process.Status, took > TimeSpan.Zero ? took : ShellProcess.CommandTime);
    }
}

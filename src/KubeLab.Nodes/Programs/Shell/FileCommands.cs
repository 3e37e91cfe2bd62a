using System.Globalization;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary>Commands on a container's own few files and on what is piped in.</summary>
internal static class FileCommands
{
    public static TimeSpan Cat(ShellProcess process, List<string> words)
    {
        var status = 0;
        foreach (var name in words.Skip(1).Where(w => w == "-" || !w.StartsWith('-')).DefaultIfEmpty("-"))
        {
            if (Read(process, name) is { } text)
            {
                process.Write(text);
            }
            else if (process.Files.IsFolder(process.PathOf(name)))
            {
                process.Complain("cat: read error: Is a directory");
                status = 1;
            }
            else
            {
                process.Complain($"cat: can't open '{name}': No such file or directory");
                status = 1;
            }
        }

        return ShellCommands.Done(process, status);
    }

    public static TimeSpan Touch(ShellProcess process, List<string> words)
    {
        foreach (var name in Names(words))
        {
            var path = process.PathOf(name);
            if (!process.Files.Exists(path))
            {
                process.Files.Write(path, "");
            }
        }

        return ShellCommands.Done(process, 0);
    }

    public static TimeSpan Remove(ShellProcess process, List<string> words)
    {
        var status = 0;
        foreach (var name in Names(words))
        {
            if (!process.Files.Remove(process.PathOf(name)) && !words.Exists(w => w.StartsWith('-') && w.Contains('f', StringComparison.Ordinal)))
            {
                process.Complain($"rm: can't remove '{name}': No such file or directory");
                status = 1;
            }
        }

        return ShellCommands.Done(process, status);
    }

    public static TimeSpan MakeFolder(ShellProcess process, List<string> words)
    {
        foreach (var path in Names(words).Select(process.PathOf))
        {
            process.Files.MakeFolder(path);
        }

        return ShellCommands.Done(process, 0);
    }

    public static TimeSpan Change(ShellProcess process, List<string> words)
    {
        var path = process.PathOf(words.Count > 1 ? words[1] : "/root");
        if (!process.Files.IsFolder(path))
        {
            process.Complain($"sh: cd: can't cd to {words[1]}: No such file or directory");
            return ShellCommands.Done(process, 2);
        }

        process.Folder = path;
        return ShellCommands.Done(process, 0);
    }

    /// <summary><c>cp</c> and <c>mv</c> of files.</summary>
    public static TimeSpan Copy(ShellProcess process, List<string> words)
    {
        var names = Names(words).ToList();
        if (names.Count < 2)
        {
            process.Complain($"{words[0]}: missing file operand");
            return ShellCommands.Done(process, 1);
        }

        var (status, into) = (0, process.PathOf(names[^1]));
        foreach (var name in names[..^1])
        {
            var from = process.PathOf(name);
            if (process.Files.Read(from) is not { } content)
            {
                process.Complain($"{words[0]}: can't stat '{name}': No such file or directory");
                status = 1;
                continue;
            }

            process.Files.Write(process.Files.IsFolder(into) ? $"{into.TrimEnd('/')}/{from[(from.LastIndexOf('/') + 1)..]}" : into, content);
            if (words[0] == "mv")
            {
                process.Files.Remove(from);
            }
        }

        return ShellCommands.Done(process, status);
    }

    public static TimeSpan List(ShellProcess process, List<string> words)
    {
        var (names, status) = (Names(words).DefaultIfEmpty(".").ToList(), 0);
        var isLong = words.Exists(w => w.StartsWith('-') && w.Contains('l', StringComparison.Ordinal));
        foreach (var name in names)
        {
            var path = process.PathOf(name);
            if (process.Files.Exists(path))
            {
                Show(process, path, name, isLong);
            }
            else if (process.Files.IsFolder(path))
            {
                process.Write(names.Count > 1 ? $"{name}:\n" : "");
                foreach (var entry in process.Files.Names(path))
                {
                    Show(process, $"{path.TrimEnd('/')}/{entry}", entry, isLong);
                }
            }
            else
            {
                process.Complain($"ls: {name}: No such file or directory");
                status = 1;
            }
        }

        return ShellCommands.Done(process, status);
    }

    private static void Show(ShellProcess process, string path, string name, bool isLong)
    {
        var content = process.Files.Read(path);
        var date = process.World.StartedAt.ToString("MMM dd HH:mm", CultureInfo.InvariantCulture);
        var size = content is null ? 4096 : ByteText.Encode(content).Length;
        process.Write(isLong ? $"{(content is null ? "drwxr-xr-x" : "-rw-r--r--")}    1 root     root     {size,9} {date} {name}\n" : $"{name}\n");
    }

    public static TimeSpan Grep(ShellProcess process, List<string> words)
    {
        var names = Names(words).ToList();
        if (names.Count == 0)
        {
            return ShellCommands.Done(process, 2);
        }

        var quiet = words.Contains("-q");
        var text = names.Count > 1 ? Read(process, names[1]) ?? "" : process.Input;
        var found = Lines(text).Where(l => l.Contains(names[0], StringComparison.Ordinal)).ToList();
        if (!quiet)
        {
            found.ForEach(l => process.Write(l + "\n"));
        }

        return ShellCommands.Done(process, found.Count > 0 ? 0 : 1);
    }

    public static TimeSpan Count(ShellProcess process, List<string> words)
    {
        var text = Names(words).FirstOrDefault() is { } name ? Read(process, name) ?? "" : process.Input;
        var count = words.Contains("-c") ? ByteText.Encode(text).Length : words.Contains("-w")
            ? text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Length
            : Lines(text).Length;
        process.Write(count.ToString(CultureInfo.InvariantCulture) + "\n");
        return ShellCommands.Done(process, 0);
    }

    public static TimeSpan Tee(ShellProcess process, List<string> words)
    {
        foreach (var name in Names(words))
        {
            var path = process.PathOf(name);
            process.Files.Write(path, words.Contains("-a") ? process.Files.Read(path) + process.Input : process.Input);
        }

        process.Write(process.Input);
        return ShellCommands.Done(process, 0);
    }

    public static TimeSpan Head(ShellProcess process, List<string> words) => Some(process, words, (lines, n) => lines.Take(n));

    public static TimeSpan Tail(ShellProcess process, List<string> words)
    {
        if (words.Contains("/dev/zero"))
        {
            return Swallow(process);
        }

        var follows = words.Exists(w => w is "-f" or "-F");
        var took = Some(process, words, (lines, n) => lines.TakeLast(n));
        return follows ? TimeSpan.MaxValue : took;
    }

    // Reading an endless line keeps all of it in memory: the usual way to provoke the out-of-memory killer.
    private static TimeSpan Swallow(ShellProcess process)
    {
        var memory = 64L << 20;
        for (var i = 0; i < 12; i++, memory *= 2)
        {
            process.Usage.Set(process.Now + TimeSpan.FromSeconds(0.1 * (i + 1)), new ResourceUse(1000, memory));
        }

        return ShellCommands.Done(process, 1, TimeSpan.MaxValue);
    }

    private static TimeSpan Some(ShellProcess process, List<string> words, Func<IEnumerable<string>, int, IEnumerable<string>> choose)
    {
        var number = 10;
        string? file = null;
        for (var i = 1; i < words.Count; i++)
        {
            if (words[i] == "-n" && i + 1 < words.Count)
            {
                number = int.TryParse(words[++i], CultureInfo.InvariantCulture, out var n) ? n : number;
            }
            else if (words[i].StartsWith('-'))
            {
                number = int.TryParse(words[i].AsSpan(1), CultureInfo.InvariantCulture, out var n) ? n : number;
            }
            else
            {
                file = words[i];
            }
        }

        var text = file is null ? process.Input : Read(process, file) ?? "";
        foreach (var line in choose(Lines(text), number))
        {
            process.Write(line + "\n");
        }

        return ShellCommands.Done(process, 0);
    }

    private static IEnumerable<string> Names(List<string> words) => words.Skip(1).Where(w => !w.StartsWith('-'));

    private static string[] Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static string? Read(ShellProcess process, string name) => name == "-" ? process.Input : process.Files.Read(process.PathOf(name));
}

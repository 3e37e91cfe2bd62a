namespace KubeLab.Nodes.Programs.Shell;

/// <summary>Commands on lines of text.</summary>
internal static class TextCommands
{
    public static TimeSpan Sort(ShellProcess process, List<string> words)
    {
        bool Has(char letter) => words.Exists(w => w.Length > 1 && w[0] == '-' && w.Contains(letter, StringComparison.Ordinal));
        IEnumerable<string> lines = Lines(process, words).Order(StringComparer.Ordinal);
        lines = Has('n') ? lines.OrderBy(Number) : lines;
        lines = Has('u') ? lines.Distinct() : lines;
        return WriteAll(process, Has('r') ? lines.Reverse() : lines);
    }

    public static TimeSpan Unique(ShellProcess process, List<string> words)
    {
        var groups = new List<(string Line, int Count)>();
        foreach (var line in Lines(process, words))
        {
            if (groups.Count > 0 && groups[^1].Line == line)
            {
                groups[^1] = (line, groups[^1].Count + 1);
            }
            else
            {
                groups.Add((line, 1));
            }
        }

        return WriteAll(process, groups.Select(g => words.Contains("-c") ? $"{g.Count,7} {g.Line}" : g.Line));
    }

    /// <summary><c>read</c>: a line of input into variables, the last takes the rest.</summary>
    public static TimeSpan ReadLine(ShellProcess process, List<string> words)
    {
        var names = words.Skip(1).Where(w => !w.StartsWith('-')).DefaultIfEmpty("REPLY").ToList();
        if (process.TakeLine() is not { } line)
        {
            names.ForEach(n => process.Variables[n] = "");
            return ShellCommands.Done(process, 1);
        }

        var values = line.Trim(' ', '\t').Split([' ', '\t'], names.Count, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < names.Count; i++)
        {
            process.Variables[names[i]] = i < values.Length ? values[i].Trim(' ', '\t') : "";
        }

        return ShellCommands.Done(process, 0);
    }

    public static TimeSpan BaseName(ShellProcess process, List<string> words)
    {
        var name = words.Count > 1 ? words[1].TrimEnd('/') : "";
        return ShellCommands.Print(process, name[(name.LastIndexOf('/') + 1)..]);
    }

    private static string[] Lines(ShellProcess process, List<string> words)
    {
        var text = words.Skip(1).FirstOrDefault(w => !w.StartsWith('-')) is { } name ? process.Files.Read(process.PathOf(name)) ?? "" : process.Input;
        return text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
    }

    private static TimeSpan WriteAll(ShellProcess process, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            process.Write(line + "\n");
        }

        return ShellCommands.Done(process, 0);
    }

    private static double Number(string line)
    {
        var digits = new string([.. line.TrimStart().TakeWhile(c => char.IsAsciiDigit(c) || c is '-' or '.')]);
        return double.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}

using System.Globalization;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary><c>test</c> and <c>[</c>.</summary>
internal static class TestCommand
{
    public static TimeSpan Run(ShellProcess process, List<string> words)
    {
        var arguments = words[0] == "[" && words[^1] == "]" ? words[1..^1] : words[1..];
        return ShellCommands.Done(process, Holds(process, arguments) ? 0 : 1);
    }

    private static bool Holds(ShellProcess process, List<string> words) => words switch
    {
        [] => false,
        ["!", .. var rest] => !Holds(process, rest),
        [var text] => text.Length > 0,
        ["-n", var text] => text.Length > 0,
        ["-z", var text] => text.Length == 0,
        ["-f" or "-e" or "-r" or "-s", var file] => process.Files.ContainsKey(file),
        ["-d", var folder] => folder is "/" or "/tmp" or "/etc" || process.Files.Keys.Any(f => f.StartsWith(folder + "/", StringComparison.Ordinal)),
        [var left, "=" or "==", var right] => left == right,
        [var left, "!=", var right] => left != right,
        [var left, var op, var right] => Compare(Number(left), op, Number(right)),
        _ => false,
    };

    private static bool Compare(long left, string op, long right) => op switch
    {
        "-eq" => left == right,
        "-ne" => left != right,
        "-lt" => left < right,
        "-le" => left <= right,
        "-gt" => left > right,
        "-ge" => left >= right,
        _ => false,
    };

    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

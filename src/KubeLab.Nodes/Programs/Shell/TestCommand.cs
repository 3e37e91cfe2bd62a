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
        ["-f" or "-r", var file] => process.Files.Exists(process.PathOf(file)),
        ["-e", var path] => process.Files.Exists(process.PathOf(path)) || process.Files.IsFolder(process.PathOf(path)),
        ["-s", var file] => process.Files.Read(process.PathOf(file)) is { Length: > 0 },
        ["-d", var folder] => process.Files.IsFolder(process.PathOf(folder)),
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

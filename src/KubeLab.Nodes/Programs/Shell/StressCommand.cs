using System.Globalization;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary><c>stress</c>: burns CPU and holds memory, as its arguments say.</summary>
internal static class StressCommand
{
    private static readonly TimeSpan TouchTime = TimeSpan.FromSeconds(0.3);

    public static TimeSpan Run(ShellProcess process, List<string> words)
    {
        var cpu = Count(words, "--cpu", "-c");
        var workers = Count(words, "--vm", "-m");
        var bytes = Bytes(Value(words, "--vm-bytes") ?? "256M");
        var timeout = ShellCommands.ReadSeconds(Value(words, "--timeout", "-t") ?? "") is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        var holds = Value(words, "--vm-hang") is not null || words.Contains("--vm-keep");
        process.Write($"stress: info: [1] dispatching hogs: {cpu} cpu, 0 io, {workers} vm, 0 hdd\n");
        if (cpu + workers == 0)
        {
            return ShellCommands.Done(process, 1);
        }

        // Workers that do not hang touch their memory again and again, which keeps a core busy.
        var millis = ((long)cpu + (holds ? 0 : workers)) * 1000;
        process.Usage.Set(process.Now, new ResourceUse(Math.Max(millis, 1), 1 << 20));
        process.Usage.Set(process.Now + TouchTime, new ResourceUse(Math.Max(millis, 1), (1 << 20) + (bytes * workers)));
        if (timeout < TimeSpan.MaxValue)
        {
            process.Usage.Set(process.Now + timeout, new ResourceUse(1, 1 << 20));
        }

        return ShellCommands.Done(process, 0, timeout);
    }

    private static int Count(List<string> words, string name, string letter) =>
        int.TryParse(Value(words, name, letter), CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static string? Value(List<string> words, string name, string? letter = null)
    {
        var at = words.FindIndex(w => w == name || w == letter);
        return at >= 0 && at + 1 < words.Count ? words[at + 1] : words.Find(w => w.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
    }

    // The tool counts in powers of two.
    private static long Bytes(string text)
    {
        var shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        var digits = text.TrimEnd('K', 'k', 'M', 'm', 'G', 'g', 'B', 'b');
        return long.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number << shift : 0;
    }
}

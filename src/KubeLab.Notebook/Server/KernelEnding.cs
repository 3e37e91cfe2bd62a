using System.Globalization;

namespace KubeLab.Notebook.Server;

/// <summary>How a kernel's process ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and more is a signal on Unix.</param>
/// <param name="Errors">What the runtime wrote as it died.</param>
internal sealed record KernelEnding(int ExitCode, string Errors)
{
    private const int FromSignal = 128;
    private const int SignalKill = 9;

    /// <summary>What happened, for a learner.</summary>
    public string Explain() => this switch
    {
        _ when Errors.Contains("Stack overflow", StringComparison.Ordinal) => "the stack overflowed: a method calls itself without end" + Frame(),
        _ when Errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) => "the memory was used up",
        _ when UnhandledException() is { } thrown => $"an exception on a thread of its own was not caught: {thrown}",
        { ExitCode: FromSignal + SignalKill } => "it was killed from outside; when memory is short the operating system does that",
        { ExitCode: > FromSignal and < FromSignal + 64 } => string.Create(CultureInfo.InvariantCulture, $"it crashed with signal {ExitCode - FromSignal}"),
        { ExitCode: >= 0 and <= FromSignal } => string.Create(CultureInfo.InvariantCulture, $"the code ended the whole process with exit code {ExitCode} (Environment.Exit)"),
        _ => string.Create(CultureInfo.InvariantCulture, $"the process ended with exit code {ExitCode}"),
    };

    private string? UnhandledException()
    {
        const string Mark = "Unhandled exception. ";
        var at = Errors.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? null : Errors[(at + Mark.Length)..].Split('\n')[0].Trim();
    }

    /// <summary>The first method in a cell that the runtime names; cells' classes are called <c>Submission#N</c>.</summary>
    private string Frame()
    {
        var line = Errors.Split('\n').FirstOrDefault(l => l.Contains("Submission#", StringComparison.Ordinal));
        var from = line?.IndexOf("Submission#", StringComparison.Ordinal) ?? -1;
        if (from < 0)
        {
            return "";
        }

        var method = line![from..].Split('(')[0];
        var name = method[(method.LastIndexOf('.') + 1)..].Trim();
        return name.Length > 0 && !name.Contains('<', StringComparison.Ordinal) ? $" ({name})" : "";
    }
}

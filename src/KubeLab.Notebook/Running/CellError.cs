using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using KubeLab.Notebook.Notebooks;
using Microsoft.CodeAnalysis;

namespace KubeLab.Notebook.Running;

/// <summary>Says where in a cell something went wrong, with the lines around it; frames of the framework are left out.</summary>
internal static class CellError
{
    private const int LinesAround = 2;
    private const int MaxDiagnostics = 5;
    private const int MaxWidth = 120;

    /// <summary>The name under which a cell's code is compiled, so that stack frames lead back to it.</summary>
    public static string FileOf(int cell) => string.Create(CultureInfo.InvariantCulture, $"cell-{cell}.csx");

    public static ErrorOutput FromDiagnostics(int cell, string code, IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => d.Location.SourceSpan.Start).ToList();
        var lines = new List<string>();
        foreach (var error in errors.Take(MaxDiagnostics))
        {
            var span = error.Location.GetLineSpan().Span;
            var line = span.Start.Line + 1;
            lines.Add($"Cell {cell}, line {line}: {error.Id}: {Message(error)}");
            lines.AddRange(Marked(code, line, span.Start.Character, span.End.Line == span.Start.Line ? span.End.Character : int.MaxValue));
        }

        if (errors.Count > MaxDiagnostics)
        {
            lines.Add($"… and {errors.Count - MaxDiagnostics} more errors");
        }

        var first = errors[0];
        return new ErrorOutput(first.Id, Message(first), first.Location.GetLineSpan().StartLinePosition.Line + 1, [.. lines]);
    }

    /// <param name="cell">The cell that ran.</param>
    /// <param name="codes">The code of all cells so far: an error may come from a method of an earlier cell.</param>
    /// <param name="thrown">What was thrown.</param>
    public static ErrorOutput FromException(int cell, IReadOnlyDictionary<int, string> codes, Exception thrown)
    {
        var error = Unwrap(thrown);
        var places = Places(error).ToList();
        var name = error.GetType().FullName ?? error.GetType().Name;
        var (inCell, line) = places.Count > 0 ? places[0] : (cell, 0);
        var where = line > 0 ? $"Cell {inCell}, line {line}" : $"Cell {cell}";
        var lines = new List<string> { $"{where}: {error.GetType().Name}: {error.Message}" };
        if (line > 0 && codes.TryGetValue(inCell, out var code))
        {
            lines.AddRange(Marked(code, line));
        }

        lines.AddRange(places.Skip(1).Select(place => $"   called from cell {place.Cell}, line {place.Line}"));
        for (var inner = error.InnerException; inner is not null; inner = inner.InnerException)
        {
            lines.Add($"   caused by {inner.GetType().Name}: {inner.Message}");
        }

        // A front end marks the line of the cell that was run, also when the error came from an earlier cell's method.
        var ownLine = places.FirstOrDefault(place => place.Cell == cell).Line;
        return new ErrorOutput(name, error.Message, ownLine, [.. lines]);
    }

    public static ErrorOutput FromTimeLimit(int cell, TimeSpan limit, bool hasStopped)
    {
        var seconds = limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        var message = $"the cell ran longer than its time limit of {seconds} s and was stopped";
        var hint = hasStopped
            ? "A loop may never end, or the work is large: give a higher limit with --time-limit."
            : "It waits for something that does not come and could not be interrupted: its thread is left behind.";
        return new ErrorOutput("TimeLimit", message, 0, [$"Cell {cell}: {message}", $"   {hint}"]);
    }

    public static ErrorOutput FromInterrupt(int cell, bool hasStopped)
    {
        const string Message = "the cell was interrupted";
        string[] rest = hasStopped
            ? ["   Variables keep what they had."]
            : ["   A part of it could not be stopped and goes on in the background, unseen: restart the kernel to end it."];
        return new ErrorOutput("Interrupted", Message, 0, [$"Cell {cell}: {Message}", .. rest]);
    }

    public static ErrorOutput At(int cell, string code, int line, string name, string message) =>
        new(name, message, line, [$"Cell {cell}, line {line}: {message}", .. Marked(code, line)]);

    private static string Message(Diagnostic error)
    {
        var text = error.GetMessage(CultureInfo.InvariantCulture);
        return ScriptHints.For(error.Id) is { } hint ? $"{text}. {hint}" : text;
    }

    private static Exception Unwrap(Exception error) => error switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        _ => error,
    };

    private static IEnumerable<(int Cell, int Line)> Places(Exception error)
    {
        foreach (var frame in new StackTrace(error, fNeedFileInfo: true).GetFrames())
        {
            var file = Path.GetFileName(frame.GetFileName());
            if (file is not null && file.StartsWith("cell-", StringComparison.Ordinal) && file.EndsWith(".csx", StringComparison.Ordinal)
                && int.TryParse(file["cell-".Length..^".csx".Length], NumberStyles.None, CultureInfo.InvariantCulture, out var cell)
                && frame.GetFileLineNumber() > 0)
            {
                yield return (cell, frame.GetFileLineNumber());
            }
        }
    }

    private static IEnumerable<string> Marked(string code, int line, int from = -1, int to = -1)
    {
        var lines = code.Split('\n');
        var width = (line + LinesAround).ToString(CultureInfo.InvariantCulture).Length;
        var start = from > MaxWidth - 20 ? from - (MaxWidth / 2) : 0;
        for (var i = Math.Max(1, line - LinesAround); i <= Math.Min(lines.Length, line + LinesAround); i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture).PadLeft(width);
            var text = Cut(lines[i - 1].TrimEnd('\r'), i == line ? start : 0);
            yield return $"{(i == line ? " > " : "   ")}{number} | {text}".TrimEnd();
            if (i == line && from >= 0)
            {
                var column = from - start;
                var end = Math.Clamp(to == int.MaxValue ? to : to - start, column + 1, Math.Max(column + 1, text.Length));
                yield return $"   {new string(' ', width)} | {new string(' ', column)}{new string('^', end - column)}";
            }
        }
    }

    /// <summary>A part of a long line, with dots where something was left out.</summary>
    private static string Cut(string text, int start)
    {
        var part = start == 0 || start >= text.Length ? text : "…" + text[(start + 1)..];
        return part.Length > MaxWidth ? part[..(MaxWidth - 1)] + "…" : part;
    }
}

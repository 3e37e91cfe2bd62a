namespace KubeLab.Cli;

/// <summary>How a lesson is run, with full paths.</summary>
/// <param name="Html">Where the report goes.</param>
/// <param name="Notebook">Where the executed notebook goes, or null.</param>
/// <param name="TimeLimit">How long one cell may run.</param>
/// <param name="IncludeSolutions">Whether the solutions of the exercises run too.</param>
internal sealed record LessonRunOptions(string Html, string? Notebook, TimeSpan TimeLimit, bool IncludeSolutions);

namespace KubeLab.Notebook.Episodes;

/// <summary>Something to mend in an episode.</summary>
/// <param name="File">The file as it was given to the parser.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
public sealed record EpisodeProblem(string File, int Line, string Message)
{
    /// <summary>The form that editors turn into a link: <c>file:line: message</c>.</summary>
    public override string ToString() => $"{File}:{Line}: {Message}";
}

namespace KubeLab.Api.Yaml;

/// <summary>A text is not YAML, or not YAML that can be JSON. The message is the one that kubectl prints after the file's name.</summary>
public sealed class YamlSyntaxException : FormatException
{
    internal YamlSyntaxException(string problem, string? source, long line, long column)
        : base($"error converting YAML to JSON: yaml: {(line > 0 ? $"line {line}: " : "")}{problem}")
    {
        Problem = problem;
        FileName = source;
        Line = (int)line;
        Column = (int)column;
    }

    internal YamlSyntaxException(string problem, string? source, long line, long column, string message)
        : base(message)
    {
        Problem = problem;
        FileName = source;
        Line = (int)line;
        Column = (int)column;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>The name of the file, when one was given.</summary>
    public string? FileName { get; }

    /// <summary>The line of the whole text, from 1; 0 when the trouble has no place.</summary>
    public int Line { get; }

    /// <summary>The column, from 1.</summary>
    public int Column { get; }
}

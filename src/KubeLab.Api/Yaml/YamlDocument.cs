using System.Text.Json.Nodes;

namespace KubeLab.Api.Yaml;

/// <summary>One document of a YAML text, and where its parts stand.</summary>
public sealed class YamlDocument
{
    private readonly YamlPosition position;

    internal YamlDocument(JsonNode root, string? source, YamlPosition position)
    {
        Root = root;
        Source = source;
        this.position = position;
    }

    /// <summary>The document as JSON.</summary>
    public JsonNode Root { get; }

    /// <summary>The name of the file, when one was given.</summary>
    public string? Source { get; }

    /// <summary>The line of the whole text, from 1, in which the document starts.</summary>
    public int Line => position.Line;

    /// <summary>
    /// The line of the whole text, from 1, of a field such as <c>spec.containers[0].image</c> or
    /// <c>metadata.labels[example.com/app]</c>; of its
    /// nearest parent when the field is not there.
    /// </summary>
    public int LineOf(string path) => PositionOf(path).Line;

    /// <summary>The same with the column, from 1.</summary>
    public (int Line, int Column) PositionOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var at = position;
        foreach (var step in Steps(path))
        {
            if (at.Find(step) is not { } next)
            {
                break;
            }

            at = next;
        }

        return (at.Line, at.Column);
    }

    /// <summary>Splits a path at its dots and brackets.</summary>
    private static IEnumerable<string> Steps(string path)
    {
        var at = 0;
        while (at < path.Length)
        {
            if (path[at] == '.')
            {
                at++;
                continue;
            }

            var bracket = path[at] == '[';
            var start = bracket ? at + 1 : at;
            var end = bracket ? path.IndexOf(']', start) : path.AsSpan(start).IndexOfAny('.', '[') + start;
            end = end < start ? path.Length : end;
            yield return path[start..end].Trim('"', '\'');
            at = bracket ? end + 1 : end;
        }
    }
}

/// <summary>Where a part of a document stands, from 1, and where its own parts do.</summary>
internal sealed class YamlPosition(long line, long column)
{
    private Dictionary<string, YamlPosition>? parts;

    public int Line { get; } = (int)line;

    public int Column { get; } = (int)column;

    public void Add(string step, YamlPosition part) => (parts ??= new(StringComparer.Ordinal))[step] = part;

    public YamlPosition? Find(string step) => parts?.GetValueOrDefault(step);

    /// <summary>The same parts, standing elsewhere: a key stands before its value.</summary>
    public YamlPosition At(long keyLine, long keyColumn) => new(keyLine, keyColumn) { parts = parts };
}

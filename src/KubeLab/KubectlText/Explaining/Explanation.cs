using System.Text;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Explaining;

/// <summary>Writes what a schema says about a kind or a field.</summary>
internal sealed class Explanation(Schemas schemas, bool isRecursive)
{
    private const int Width = 76;

    // Of a field that is only listed; the one that is asked for shows all.
    private const int ValuesShown = 4;

    private readonly StringBuilder text = new();

    /// <exception cref="Failure">There is no such field.</exception>
    public string Of(Json root, string[] path)
    {
        var schema = root;
        foreach (var name in path)
        {
            schema = schemas.Inner(schema)["properties"][name];
            if (!schema.Exists)
            {
                throw Failure.Error($"field \"{path[^1]}\" does not exist");
            }
        }

        if (path.Length > 0)
        {
            var values = Values(schema).ToList();
            text.Append($"FIELD: {path[^1]} <{Schemas.TypeOf(schema)}>\n").Append(values.Count == 0 ? "\n" : $"ENUM:\n    {string.Join("\n    ", values)}\n").Append('\n');
        }

        text.Append("DESCRIPTION:\n");
        text.Append(Descriptions(schema) ? "    \n" : "    <empty>\n");
        var inner = schemas.Inner(schema);
        if (inner["properties"].Count > 0)
        {
            text.Append("FIELDS:\n");
            Fields(inner, 1, []);
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Writes what the schema says of itself and of what it refers to; tells whether that is anything.</summary>
    private bool Descriptions(Json schema)
    {
        var isAny = false;
        for (var at = schema; at.Exists;)
        {
            Paragraph(at["description"].Text, 4);
            isAny |= at["description"].Text.Length > 0;
            at = at["items"].Exists ? at["items"]
                : at["additionalProperties"].Node is System.Text.Json.Nodes.JsonObject ? at["additionalProperties"]
                : schemas.Referred(at);
        }

        return isAny;
    }

    private void Fields(Json schema, int level, HashSet<string> known)
    {
        var required = schema["required"].Items.Select(name => name.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, field) in schema["properties"].Fields)
        {
            text.Append(' ', 2 * level).Append($"{name}\t<{Schemas.TypeOf(field)}>").Append(required.Contains(name) ? " -required-" : "").Append('\n');
            var values = Values(field).ToList();
            if (values.Count > 0)
            {
                text.Append(' ', 2 * level).Append($"enum: {string.Join(", ", values.Take(ValuesShown))}{(values.Count > ValuesShown ? ", ...." : "")}\n");
            }

            if (!isRecursive)
            {
                Paragraph(field["description"].Text is { Length: > 0 } own ? own : "<no description>", 4);
                text.Append('\n');
                continue;
            }

            // What holds itself is not gone into a second time.
            var inner = schemas.Inner(field);
            var type = Schemas.TypeOf(field).TrimStart('[', ']');
            if (inner["properties"].Count > 0 && !known.Contains(type))
            {
                Fields(inner, level + 1, [.. known, type]);
            }
        }
    }

    private static IEnumerable<string> Values(Json schema) => schema["enum"].Items.Select(value => value.Text is { Length: > 0 } text ? text : "\"\"");

    private void Paragraph(string words, int indent)
    {
        if (words.Length == 0)
        {
            return;
        }

        foreach (var line in words.Split('\n').SelectMany(Wrap))
        {
            text.Append(' ', indent).Append(line).Append('\n');
        }
    }

    private static IEnumerable<string> Wrap(string line)
    {
        var current = new StringBuilder();
        foreach (var word in line.Split(' '))
        {
            if (current.Length > 0 && current.Length + 1 + word.Length > Width)
            {
                yield return current.ToString();
                current.Clear();
            }

            current.Append(current.Length > 0 ? " " : "").Append(word);
        }

        yield return current.ToString();
    }
}

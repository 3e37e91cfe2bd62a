using System.Text.Json.Nodes;
using KubeLab.KubectlText.Paths;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Printing;

/// <summary>Columns that the user names: <c>-o custom-columns=NAME:.metadata.name,…</c>.</summary>
internal sealed class CustomColumns
{
    private readonly List<(string Header, JsonPath Path)> columns;

    private CustomColumns(List<(string Header, JsonPath Path)> columns) => this.columns = columns;

    /// <summary>Reads the columns.</summary>
    /// <exception cref="Failure">They cannot be read.</exception>
    public static CustomColumns Parse(string spec)
    {
        if (spec.Length == 0)
        {
            throw Failure.Error("custom-columns format specified but no custom columns given");
        }

        var columns = new List<(string, JsonPath)>();
        foreach (var part in spec.Split(','))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                throw Failure.Error($"unexpected custom-columns spec: {part}, expected <header>:<json-path-expr>");
            }

            columns.Add((part[..colon], JsonPath.Relaxed(part[(colon + 1)..])));
        }

        return new(columns);
    }

    /// <summary>A line for each of the objects, below the names of the columns.</summary>
    public string Print(IEnumerable<JsonNode?> objects, bool noHeaders)
    {
        var writer = TabWriter.ForTables();
        if (!noHeaders)
        {
            writer.Write(string.Join('\t', columns.Select(column => column.Header)) + "\n");
        }

        foreach (var item in objects)
        {
            writer.Write(string.Join('\t', columns.Select(column => Cell(column.Path.Find(item)))) + "\n");
        }

        return writer.Take();
    }

    private static string Cell(List<JsonNode?> values) => values.Count == 0
        ? "<none>"
        : string.Join(',', values.Select(value => Escaping.Of(value is null ? "<none>" : GoText(value))));

    /// <summary>Maps and lists as Go prints them, <c>map[a:b]</c> and <c>[a b]</c>.</summary>
    private static string GoText(JsonNode? value) => value switch
    {
        null => "<nil>",
        JsonObject => $"map[{string.Join(' ', new Json(value).Fields.Select(field => $"{field.Key}:{GoText(field.Value.Node)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(GoText))}]",
        _ => new Json(value).Text,
    };
}

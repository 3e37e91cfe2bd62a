using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Notebook.Server;

/// <summary>
/// Notebooks between disk and API without loss: files hold texts as lists of lines and keys in alphabetical order, the API holds them joined.
/// </summary>
/// <seealso href="https://nbformat.readthedocs.io/en/latest/format_description.html">The notebook file format</seealso>
internal static class NotebookJson
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonDocumentOptions EachKeyOnce = new() { AllowDuplicateProperties = false };

    /// <exception cref="FormatException">The bytes are no notebook of format 4.</exception>
    public static JsonObject FromFile(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var notebook = Checked(JsonNode.Parse(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes, documentOptions: EachKeyOnce));
            Texts(notebook, Joined);
            return notebook;
        }
        catch (JsonException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    /// <exception cref="FormatException">It is no notebook of format 4.</exception>
    public static byte[] ToFile(JsonNode? content)
    {
        var notebook = Checked(content);
        Texts(notebook, Lines);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
        {
            WriteSorted(writer, notebook);
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static JsonObject Checked(JsonNode? node) =>
        node is not JsonObject notebook ? throw new FormatException("a JSON object is expected")
        : notebook["cells"] is not JsonArray ? throw new FormatException("cells: a list is required")
        : notebook["nbformat"] is not JsonValue format || !format.TryGetValue(out int version) || version != 4
            ? throw new FormatException("nbformat: only version 4 is supported")
            : notebook;

    private static void Texts(JsonObject notebook, Func<JsonNode?, JsonNode?> change)
    {
        foreach (var cell in notebook["cells"]!.AsArray().OfType<JsonObject>())
        {
            Change(cell, "source", change);
            foreach (var attachment in (cell["attachments"] as JsonObject ?? []).Select(a => a.Value).OfType<JsonObject>())
            {
                ChangeData(attachment, change);
            }

            foreach (var output in (cell["outputs"] as JsonArray ?? []).OfType<JsonObject>())
            {
                Change(output, "text", change);
                ChangeData(output["data"] as JsonObject ?? [], change);
            }
        }
    }

    private static void ChangeData(JsonObject data, Func<JsonNode?, JsonNode?> change)
    {
        foreach (var type in data.Select(entry => entry.Key).Where(key => !key.EndsWith("json", StringComparison.Ordinal)).ToList())
        {
            Change(data, type, change);
        }
    }

    private static void Change(JsonObject parent, string key, Func<JsonNode?, JsonNode?> change)
    {
        if (parent.TryGetPropertyValue(key, out var value))
        {
            parent[key] = change(value);
        }
    }

    private static JsonNode? Joined(JsonNode? value) =>
        value is JsonArray lines ? JsonValue.Create(string.Concat(lines.Select(line => line?.ToString()))) : value?.DeepClone();

    private static JsonNode? Lines(JsonNode? value)
    {
        if (value is not JsonValue || value.GetValueKind() != JsonValueKind.String)
        {
            return value?.DeepClone();
        }

        var lines = new JsonArray();
        var rest = value.ToString().AsSpan();
        while (rest.Length > 0)
        {
            var end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..(end + 1)];
            lines.Add(JsonValue.Create(line.ToString()));
            rest = rest[line.Length..];
        }

        return lines;
    }

    private static void WriteSorted(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                writer.WriteStartObject();
                foreach (var (key, value) in item.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(key);
                    WriteSorted(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var value in list)
                {
                    WriteSorted(writer, value);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace KubeLab.Notebook.Notebooks;

/// <summary>Reads the JSON of nbformat 4; cells of older minor versions, which have no ids, get one by position.</summary>
internal static class NotebookReader
{
    public static NotebookDocument Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("cells", out var cells) || Number(root, "nbformat") != 4)
            {
                throw new FormatException("this is no notebook of format 4: it has no 'cells' or another 'nbformat'");
            }

            return new NotebookDocument
            {
                Cells = [.. cells.EnumerateArray().Select(ReadCell)],
                Metadata = Object(root, "metadata"),
            };
        }
        catch (JsonException error)
        {
            throw new FormatException($"the notebook is not valid JSON: {error.Message}", error);
        }
    }

    private static NotebookCell ReadCell(JsonElement cell, int index)
    {
        var id = Text(cell, "id") is { Length: > 0 } given ? given : string.Create(CultureInfo.InvariantCulture, $"cell-{index + 1}");
        var metadata = Object(cell, "metadata");
        var source = Text(cell, "source");
        return Text(cell, "cell_type") switch
        {
            "code" => new CodeCell
            {
                Id = id,
                Source = source,
                Metadata = metadata,
                ExecutionCount = Number(cell, "execution_count"),
                Outputs = cell.TryGetProperty("outputs", out var outputs)
                    ? [.. outputs.EnumerateArray().Select(ReadOutput).OfType<CellOutput>()]
                    : [],
            },
            "raw" => new RawCell { Id = id, Source = source, Metadata = metadata },
            _ => new MarkdownCell { Id = id, Source = source, Metadata = metadata },
        };
    }

    private static CellOutput? ReadOutput(JsonElement output) => Text(output, "output_type") switch
    {
        "stream" => new StreamOutput(Text(output, "name"), Text(output, "text")),
        "display_data" => new DisplayOutput(ReadBundle(output)),
        "execute_result" => new ResultOutput(Number(output, "execution_count") ?? 0, ReadBundle(output)),
        "error" => new ErrorOutput(Text(output, "ename"), Text(output, "evalue"), 0, Lines(output, "traceback")),
        _ => null,
    };

    private static MimeBundle ReadBundle(JsonElement output) =>
        output.TryGetProperty("data", out var data)
            ? new MimeBundle([.. data.EnumerateObject().Select(entry => new MimeEntry(entry.Name, MimeText(entry)))])
            : new MimeBundle([]);

    private static string MimeText(JsonProperty entry) =>
        new MimeEntry(entry.Name, "").IsJson ? entry.Value.GetRawText() : Joined(entry.Value);

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? Joined(value) : "";

    private static string Joined(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? string.Concat(value.EnumerateArray().Select(line => line.ToString())) : value.ToString();

    private static ImmutableArray<string> Lines(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(line => line.ToString())]
            : [];

    private static int? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;

    private static JsonElement Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value.Clone() : CellMetadata.Empty;
}

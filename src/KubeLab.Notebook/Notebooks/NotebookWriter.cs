using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeLab.Notebook.Notebooks;

/// <summary>Writes the JSON of nbformat 4.5, keys in alphabetical order as Jupyter does.</summary>
internal static class NotebookWriter
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(NotebookDocument notebook)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            json.WriteStartObject();
            json.WriteStartArray("cells");
            foreach (var cell in notebook.Cells)
            {
                WriteCell(json, cell);
            }

            json.WriteEndArray();
            json.WritePropertyName("metadata");
            notebook.Metadata.WriteTo(json);
            json.WriteNumber("nbformat", 4);
            json.WriteNumber("nbformat_minor", 5);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteCell(Utf8JsonWriter json, NotebookCell cell)
    {
        json.WriteStartObject();
        json.WriteString("cell_type", cell switch { CodeCell => "code", RawCell => "raw", _ => "markdown" });
        if (cell is CodeCell { ExecutionCount: { } count })
        {
            json.WriteNumber("execution_count", count);
        }
        else if (cell is CodeCell)
        {
            json.WriteNull("execution_count");
        }

        json.WriteString("id", cell.Id);
        json.WritePropertyName("metadata");
        cell.Metadata.WriteTo(json);
        if (cell is CodeCell code)
        {
            json.WriteStartArray("outputs");
            foreach (var output in code.Outputs)
            {
                WriteOutput(json, output);
            }

            json.WriteEndArray();
        }

        WriteLines(json, "source", cell.Source);
        json.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter json, CellOutput output)
    {
        json.WriteStartObject();
        switch (output)
        {
            case StreamOutput stream:
                json.WriteString("name", stream.Name);
                json.WriteString("output_type", "stream");
                WriteLines(json, "text", stream.Text);
                break;
            case DisplayOutput display:
                WriteBundle(json, display.Data);
                json.WriteString("output_type", "display_data");
                break;
            case ResultOutput result:
                WriteBundle(json, result.Data);
                json.WriteNumber("execution_count", result.ExecutionCount);
                json.WriteString("output_type", "execute_result");
                break;
            case ErrorOutput error:
                json.WriteString("ename", error.Name);
                json.WriteString("evalue", error.Message);
                json.WriteString("output_type", "error");
                json.WriteStartArray("traceback");
                foreach (var line in error.Traceback)
                {
                    json.WriteStringValue(line);
                }

                json.WriteEndArray();
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteBundle(Utf8JsonWriter json, MimeBundle bundle)
    {
        json.WriteStartObject("data");
        foreach (var entry in bundle.Entries.OrderBy(entry => entry.MimeType, StringComparer.Ordinal))
        {
            if (entry.IsJson)
            {
                json.WritePropertyName(entry.MimeType);
                json.WriteRawValue(entry.Text);
            }
            else
            {
                WriteLines(json, entry.MimeType, entry.Text);
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("metadata");
        json.WriteEndObject();
    }

    /// <summary>A text as a list of lines that keep their line breaks: the form with readable differences.</summary>
    private static void WriteLines(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartArray(name);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            json.WriteStringValue(text.AsSpan(start, next - start));
            start = next;
        }

        json.WriteEndArray();
    }
}

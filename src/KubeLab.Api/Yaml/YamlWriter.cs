using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Api.Yaml;

/// <summary>
/// Prints JSON as block YAML: keys sorted, two spaces of indentation, lists not indented under their key, texts quoted only where
/// they would
/// be read as something else, long lines folded after 80 columns.
/// </summary>
internal sealed class YamlWriter
{
    private const int Step = 2;

    /// <summary>Longer keys are written as <c>? key</c>, as YAML demands.</summary>
    private const int LongestSimpleKey = 128;

    private readonly YamlOutput output = new();

    public string Write(JsonNode? node)
    {
        WriteNode(node, indent: 0, isRoot: true);
        return output.Finish();
    }

    /// <param name="node">What to write; the cursor stands behind a key, a dash, or at the start.</param>
    /// <param name="indent">The column of the collection that the node belongs to.</param>
    /// <param name="isRoot">Whether the node belongs to no collection.</param>
    private void WriteNode(JsonNode? node, int indent, bool isRoot)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                WriteMap(map, isRoot ? 0 : indent + Step, inline: isRoot);
                break;
            case JsonArray { Count: > 0 } list:
                WriteList(list, indent, inline: isRoot);
                break;
            case JsonObject:
                output.Word("{}");
                break;
            case JsonArray:
                output.Word("[]");
                break;
            default:
                WriteScalar(node, indent + Step);
                break;
        }
    }

    /// <param name="map">The map.</param>
    /// <param name="indent">The column of its keys.</param>
    /// <param name="inline">Whether the first key goes where the cursor is, as behind a dash.</param>
    private void WriteMap(JsonObject map, int indent, bool inline)
    {
        foreach (var (key, value) in map.OrderBy(field => field.Key, YamlKeyOrder.Instance))
        {
            if (!inline)
            {
                output.Line(indent);
            }

            inline = false;
            WriteKey(key, indent);
            if (value is JsonArray { Count: > 0 } list)
            {
                WriteList(list, indent, inline: false);
            }
            else
            {
                WriteNode(value, indent, isRoot: false);
            }
        }
    }

    private void WriteList(JsonArray list, int indent, bool inline)
    {
        foreach (var element in list)
        {
            if (!inline)
            {
                output.Line(indent);
            }

            inline = false;
            output.Word("-");
            switch (element)
            {
                case JsonObject { Count: > 0 } map:
                    WriteMap(map, indent + Step, inline: true);
                    break;
                case JsonArray { Count: > 0 } nested:
                    WriteList(nested, indent + Step, inline: true);
                    break;
                default:
                    WriteNode(element, indent, isRoot: false);
                    break;
            }
        }
    }

    private void WriteKey(string key, int indent)
    {
        var style = YamlStyle.Of(key);
        if (style.IsMultiline || System.Text.Encoding.UTF8.GetByteCount(key) > LongestSimpleKey)
        {
            output.Word("?");
            style.Write(output, key, indent + Step, isKey: false);
            output.Line(indent);
            output.Word(":");
            return;
        }

        style.Write(output, key, indent + Step, isKey: true);
        output.Append(':');
    }

    private void WriteScalar(JsonNode? node, int indent)
    {
        switch (node?.GetValueKind())
        {
            case null or JsonValueKind.Null:
                output.Word("null");
                break;
            case JsonValueKind.True:
                output.Word("true");
                break;
            case JsonValueKind.False:
                output.Word("false");
                break;
            case JsonValueKind.Number:
                output.Word(Number(node.ToJsonString()));
                break;
            default:
                var text = node.GetValue<string>();
                YamlStyle.Of(text).Write(output, text, indent, isKey: false);
                break;
        }
    }

    private static string Number(string json)
    {
        var value = YamlValue.Resolve(json);

        // A number that is beyond what YAML's readers can hold is a text to them, and has no other form than its own.
        return value.Kind == YamlKind.Float ? GoFloat.Shortest(value.Float) : value.Number ?? json;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Api;

/// <summary>Prints JSON as upstream does: the fields of an object in order of their names, and &lt;, &gt; and &amp; escaped.</summary>
public static class GoJsonText
{
    /// <summary>In one line without spaces.</summary>
    public static string Compact(JsonNode? node, bool isSorted = true)
    {
        var text = new StringBuilder();
        Write(text, node, indent: null, depth: 0, isSorted);
        return text.ToString();
    }

    /// <summary>With four spaces of indentation, as <c>-o json</c> prints, with a line feed at the end.</summary>
    /// <param name="node">What to print.</param>
    /// <param name="isSorted">Whether fields are put in order of their names; objects that kubectl made itself keep their own order.</param>
    public static string Indented(JsonNode? node, bool isSorted = true)
    {
        var text = new StringBuilder();
        Write(text, node, indent: "    ", depth: 0, isSorted);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, string? indent, int depth, bool isSorted)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject map:
                var fields = isSorted ? map.OrderBy(field => field.Key, StringComparer.Ordinal) : map.AsEnumerable();
                WriteAll(text, '{', '}', fields, indent, depth, field =>
                {
                    WriteText(text, field.Key);
                    text.Append(indent is null ? ":" : ": ");
                    Write(text, field.Value, indent, depth + 1, isSorted);
                });
                break;
            case JsonArray list:
                WriteAll(text, '[', ']', list, indent, depth, element => Write(text, element, indent, depth + 1, isSorted));
                break;
            case var value when value.GetValueKind() == JsonValueKind.String:
                WriteText(text, value.GetValue<string>());
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void WriteAll<T>(
        StringBuilder text, char open, char close, IEnumerable<T> parts, string? indent, int depth, Action<T> write)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var part in parts)
        {
            text.Append(isFirst ? "" : ",");
            isFirst = false;
            Break(text, indent, depth + 1);
            write(part);
        }

        if (!isFirst)
        {
            Break(text, indent, depth);
        }

        text.Append(close);
    }

    private static void Break(StringBuilder text, string? indent, int depth)
    {
        if (indent is not null)
        {
            text.Append('\n').Insert(text.Length, indent, depth);
        }
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' =>
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}

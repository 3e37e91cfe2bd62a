using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace KubeLab.Notebook.Jupyter;

/// <summary>Small helps for JSON that is passed on more often than it is looked into.</summary>
internal static partial class JsonText
{
    /// <summary>Angle brackets stay readable: nothing here is pasted into HTML.</summary>
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement EmptyObject { get; } = Parse("{}"u8.ToArray());

    /// <exception cref="FormatException">The bytes are no JSON object.</exception>
    public static JsonElement ParseObject(ReadOnlyMemory<byte> utf8, string what)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new FormatException($"{what}: the bytes are no UTF-8");
        }

        try
        {
            var element = Parse(utf8);
            return element.ValueKind == JsonValueKind.Object
                ? element
                : throw new FormatException($"{what}: a JSON object is expected, not {element.ValueKind}");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{what}: {error.Message}", error);
        }
    }

    public static JsonElement ToElement(this JsonNode node) => Parse(node.ToUtf8());

    public static ReadOnlyMemory<byte> ToUtf8(this JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            node.WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }

    public static ReadOnlySpan<byte> RawUtf8(this JsonElement element) => JsonMarshal.GetRawUtf8Value(element);

    /// <summary>The text property <paramref name="name"/>, or null when there is none of that kind.</summary>
    public static string? Text(this JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.String } value ? WholeText(value) : null;

    public static bool Flag(this JsonElement element, string name, bool usual) => Get(element, name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => usual,
    };

    public static int Number(this JsonElement element, string name, int usual) =>
        Get(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : usual;

    /// <summary>The property <paramref name="name"/> of an object, or null.</summary>
    public static JsonElement? Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>
    /// Browsers may send half of a surrogate pair as an escape, of an emoji that was cut in two. It is no text to .NET: the mark for what
    /// cannot be shown takes its place.
    /// </summary>
    private static string? WholeText(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            var whole = Escapes().Replace(value.GetRawText(), escape => escape.Groups["half"].Success ? "\\ufffd" : escape.Value);
            using var document = JsonDocument.Parse(whole);
            return document.RootElement.GetString();
        }
    }

    [GeneratedRegex(@"\\[^u]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})")]
    private static partial Regex Escapes();

    private static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return document.RootElement.Clone();
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Client.Connecting;

/// <summary>A cluster, a user or a context of a kubeconfig, which knows the file it came from.</summary>
/// <param name="File">The file; paths in the entry are relative to its folder.</param>
/// <param name="Place">Where it is in the file, for messages.</param>
/// <param name="Fields">What it says.</param>
/// <remarks>Its messages never repeat a value, for it may be a secret.</remarks>
internal sealed record KubeconfigEntry(string File, string Place, JsonObject Fields)
{
    /// <summary>The text of a field, or null when it is absent or empty.</summary>
    public string? Text(string field) => Fields[field] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is { Length: > 0 } text ? text : null,
        var other => throw Wrong(field, $"must be a text, but is {KindOf(other)}"),
    };

    /// <summary>Whether a field is true.</summary>
    public bool Is(string field) => Fields[field]?.GetValueKind() switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw Wrong(field, $"must be true or false, but is {KindOf(Fields[field]!)}"),
    };

    /// <summary>Whether something stands in a field.</summary>
    public bool Has(string field) => Fields[field] is not null && (Fields[field] is not JsonValue || Text(field) is not null);

    /// <summary>The object in a field, or null.</summary>
    public KubeconfigEntry? Object(string field) => Fields[field] switch
    {
        null => null,
        JsonObject inner => new(File, $"{Place}.{field}", inner),
        var other => throw Wrong(field, $"must be an object, but is {KindOf(other)}"),
    };

    /// <summary>The list in a field; empty when absent.</summary>
    public IReadOnlyList<JsonNode> List(string field) => Fields[field] switch
    {
        null => [],
        JsonArray list => [.. list.OfType<JsonNode>()],
        var other => throw Wrong(field, $"must be a list, but is {KindOf(other)}"),
    };

    /// <summary>The texts of the list in a field.</summary>
    public IReadOnlyList<string> Texts(string field) =>
        [.. List(field).Select(item => item is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw Wrong(field, $"must be a list of texts, but holds {KindOf(item)}"))];

    /// <summary>Bytes given in base64 under <c>field-data</c>, or in the file that <c>field</c> names; null when neither is set.</summary>
    public byte[]? Bytes(string field)
    {
        if (Text($"{field}-data") is { } data)
        {
            try
            {
                return Convert.FromBase64String(data);
            }
            catch (FormatException e)
            {
                throw Wrong($"{field}-data", "is not base64", e);
            }
        }

        return Text(field) is null ? null : ReadFile(field);
    }

    /// <summary>The contents of the file that a field names.</summary>
    public byte[] ReadFile(string field)
    {
        var path = PathOf(Text(field)!);
        try
        {
            return System.IO.File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(field, $"cannot read {path}: {e.Message}", e);
        }
    }

    /// <summary>A path as the file means it.</summary>
    public string PathOf(string path) => Path.IsPathRooted(path) ? path : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(File)) ?? "", path);

    /// <summary>An error about a field.</summary>
    public KubeconfigException Wrong(string field, string problem, Exception? inner = null) =>
        new(File, field.Length == 0 ? Place : $"{Place}.{field}", problem, inner);

    private static string KindOf(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Number => "a number (put it in quotes)",
        JsonValueKind.True or JsonValueKind.False => "a truth value (put it in quotes)",
        _ => "a text",
    };
}

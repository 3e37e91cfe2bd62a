using System.Text.Json;

namespace KubeLab.Testing.Fuzzing;

/// <summary>The names, types and protobuf numbers of upstream's fields, read from <c>data/api</c> without the server's own readers.</summary>
public sealed class FieldSchema
{
    private readonly JsonElement messages;
    private readonly JsonElement kinds;
    private readonly JsonElement numbers;

    private FieldSchema()
    {
        var fields = Load("fields.json");
        (messages, kinds, numbers) = (fields.GetProperty("messages"), fields.GetProperty("kinds"), Load("proto.json"));
    }

    /// <summary>The tables of this checkout.</summary>
    public static FieldSchema Upstream { get; } = new();

    /// <summary>The message of a kind, for example <c>core.v1.Pod</c>, or null when it is not known.</summary>
    public string? MessageOf(string apiVersion, string kind) => kinds.TryGetProperty($"{apiVersion}/{kind}", out var name) ? name.GetString() : null;

    /// <summary>The fields of a message with their types, for example <c>core.v1.Container[]</c>.</summary>
    public IReadOnlyList<(string Name, string Type)> FieldsOf(string message) =>
        [.. messages.GetProperty(message).EnumerateObject().Select(f => (f.Name, f.Value.GetString()!))];

    /// <summary>Whether <paramref name="type"/> is a message rather than a plain value.</summary>
    public bool IsMessage(string type) => messages.TryGetProperty(type, out _);

    /// <summary>The type of a field, or null.</summary>
    public string? TypeOf(string message, string field) =>
        messages.TryGetProperty(message, out var fields) && fields.TryGetProperty(field, out var type) ? type.GetString() : null;

    /// <summary>The number of a field on the wire, with the number of the message around it when it is inlined; null when it does not travel.</summary>
    public (int? Around, int Number)? NumberOf(string message, string field)
    {
        if (!numbers.TryGetProperty(message, out var entries))
        {
            return null;
        }

        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Number && entry.Name.TrimEnd('?') == field)
            {
                return (null, entry.Value.GetInt32());
            }

            if (entry.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in entry.Value.EnumerateObject().Where(i => i.Value.ValueKind == JsonValueKind.Number && i.Name.TrimEnd('?') == field))
                {
                    return (int.Parse(entry.Name, System.Globalization.CultureInfo.InvariantCulture), inner.Value.GetInt32());
                }
            }
        }

        return null;
    }

    private static JsonElement Load(string file) => JsonDocument.Parse(File.ReadAllBytes(SourceTree.PathOf("data", "api", file))).RootElement;
}

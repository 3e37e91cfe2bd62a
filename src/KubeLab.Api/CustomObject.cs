using System.Text.Json;
using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api;

/// <summary>An object of a kind that no record models: its metadata is typed, all else is overflow.</summary>
[JsonConverter(typeof(CustomObjectConverter))]
public sealed record CustomObject : ApiRecord, IApiObject
{
    /// <summary>Makes one of <paramref name="apiVersion"/> and <paramref name="kind"/> with the other top-level fields in <paramref name="rest"/>.</summary>
    public CustomObject(string apiVersion, string kind, ObjectMeta metadata, Overflow? rest)
    {
        ApiVersion = apiVersion;
        Kind = kind;
        Metadata = metadata;
        Overflow = rest;
    }

    /// <inheritdoc/>
    public string ApiVersion { get; }

    /// <inheritdoc/>
    public string Kind { get; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init; }

    /// <inheritdoc/>
    public IApiObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>The same object with the top-level field <paramref name="name"/> (<c>spec</c>, <c>status</c>, …) set, or removed when null.</summary>
    public CustomObject WithField(string name, JsonElement? value)
    {
        var fields = (Overflow ?? []).Where(f => f.Key != name);
        return this with { Overflow = new Overflow(value is { } element ? fields.Append(new(name, element)) : fields) };
    }
}

internal sealed class CustomObjectConverter : JsonConverter<CustomObject>
{
    public override CustomObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var (apiVersion, kind, metadata) = ("", "", ObjectMeta.Empty);
        var rest = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            switch (property.Name)
            {
                case "apiVersion":
                    apiVersion = property.Value.GetString() ?? "";
                    break;
                case "kind":
                    kind = property.Value.GetString() ?? "";
                    break;
                case "metadata":
                    metadata = property.Value.Deserialize(ApiJson.Default.ObjectMeta) ?? ObjectMeta.Empty;
                    break;
                default:
                    rest[property.Name] = property.Value.Clone();
                    break;
            }
        }

        return new CustomObject(apiVersion, kind, metadata, rest.Count == 0 ? null : new Overflow(rest));
    }

    public override void Write(Utf8JsonWriter writer, CustomObject value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion", value.ApiVersion);
        writer.WriteString("kind", value.Kind);
        writer.WritePropertyName("metadata");
        JsonSerializer.Serialize(writer, value.Metadata, ApiJson.Default.ObjectMeta);
        foreach (var (name, element) in value.Overflow ?? [])
        {
            writer.WritePropertyName(name);
            element.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}

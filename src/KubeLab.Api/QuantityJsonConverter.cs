using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeLab.Api;

/// <summary>Reads quantities from JSON strings and numbers, and writes the canonical string.</summary>
public sealed class QuantityJsonConverter : JsonConverter<Quantity>
{
    /// <inheritdoc/>
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            throw new JsonException("quantities must be a string or a number");
        }

        Span<char> buffer = stackalloc char[64];
        if (reader.HasValueSequence || reader.ValueSpan.Length > buffer.Length)
        {
            return Parse(reader.TokenType == JsonTokenType.String ? reader.GetString() : JsonElement.ParseValue(ref reader).GetRawText());
        }

        var length = reader.TokenType == JsonTokenType.String
            ? reader.CopyString(buffer)
            : Encoding.UTF8.GetChars(reader.ValueSpan, buffer);
        return Parse(buffer[..length]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }

    private static Quantity Parse(ReadOnlySpan<char> text)
    {
        // Upstream forgives white space around a quantity in JSON, and only there.
        var error = QuantityParser.Parse(text.Trim(), out var quantity);
        return error is null ? quantity : throw new JsonException(error);
    }
}

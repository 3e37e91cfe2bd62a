using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeLab.Charts.Plotly;

/// <summary>A figure as Plotly reads it.</summary>
internal sealed record FigureJson(IReadOnlyList<Trace> Data, Layout Layout)
{
    private static readonly FigureJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = new LowerCase(),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new RoundedNumber() },
    });

    public string Write() => JsonSerializer.Serialize(this, Context.FigureJson);

    /// <summary>Plotly's names are our property names in lower case.</summary>
    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}

/// <summary>Generated code that writes figures.</summary>
[JsonSerializable(typeof(FigureJson))]
internal sealed partial class FigureJsonContext : JsonSerializerContext;

/// <summary>Writes numbers with at most four decimals, or six significant digits below 1: more cannot be seen.</summary>
internal sealed class RoundedNumber : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(Rounded(value));
        }
        else
        {
            // Plotly draws a gap for null; JSON has no word for NaN or infinity.
            writer.WriteNullValue();
        }
    }

    private static decimal Rounded(double value)
    {
        var size = Math.Abs(value);
        if (size >= 1e15)
        {
            return size < 7e27 ? new decimal(value) : Math.Sign(value) * 7e27m;
        }

        var decimals = size is >= 1 or 0 ? 4 : Math.Min(15, 5 - (int)Math.Floor(Math.Log10(size)));
        var rounded = new decimal(Math.Round(value, decimals, MidpointRounding.AwayFromZero));

        // Dividing by a one with many zeros drops the trailing zeros that a decimal would otherwise print.
        return rounded / 1.000000000000000000000000000000m;
    }
}

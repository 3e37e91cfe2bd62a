using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeLab.Charts.Plotly;

/// <summary>The size of points in pixels: one for all, or one for each.</summary>
[JsonConverter(typeof(MarkerSizeConverter))]
public readonly struct MarkerSize : IEquatable<MarkerSize>
{
    private readonly double all;

    private MarkerSize(double all, IReadOnlyList<double>? each) => (this.all, Each) = (all, each);

    /// <summary>The size of each point; null when all have the same.</summary>
    public IReadOnlyList<double>? Each { get; }

    /// <summary>One size for all points.</summary>
    public static implicit operator MarkerSize(double pixels) => Of(pixels);

    /// <summary>Whether two are the same.</summary>
    public static bool operator ==(MarkerSize one, MarkerSize other) => one.Equals(other);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(MarkerSize one, MarkerSize other) => !one.Equals(other);

    /// <summary>One size for all points.</summary>
    public static MarkerSize Of(double pixels) => new(pixels, null);

    /// <summary>A size for each point.</summary>
    public static MarkerSize Of(IReadOnlyList<double> pixels) => new(0, pixels);

    /// <inheritdoc/>
    public bool Equals(MarkerSize other) => all.Equals(other.all) && (Each ?? []).SequenceEqual(other.Each ?? []);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MarkerSize other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(all, Each?.Count);

    /// <inheritdoc/>
    public override string ToString() => Each is null ? all.ToString(CultureInfo.InvariantCulture) : "each";

    internal sealed class MarkerSizeConverter : JsonConverter<MarkerSize>
    {
        public override MarkerSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, MarkerSize value, JsonSerializerOptions options)
        {
            if (value.Each is not { } each)
            {
                writer.WriteNumberValue(value.all);
                return;
            }

            writer.WriteStartArray();
            foreach (var pixels in each)
            {
                writer.WriteNumberValue(pixels);
            }

            writer.WriteEndArray();
        }
    }
}

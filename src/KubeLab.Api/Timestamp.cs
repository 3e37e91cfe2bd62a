using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeLab.Api;

/// <summary>An instant in whole seconds, written as RFC 3339 in UTC.</summary>
/// <seealso href="https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#Time">meta/v1 Time</seealso>
[JsonConverter(typeof(TimestampConverter))]
public readonly record struct Timestamp : IComparable<Timestamp>
{
    private const long SecondsToUnixEpoch = 62_135_596_800;

    private readonly long unixSeconds;

    private Timestamp(long unixSeconds) => this.unixSeconds = unixSeconds;

    /// <summary>The whole second in which <paramref name="instant"/> lies.</summary>
    public Timestamp(DateTimeOffset instant) => unixSeconds = instant.ToUnixTimeSeconds();

    /// <summary>The instant, in UTC.</summary>
    public DateTimeOffset Instant => DateTimeOffset.FromUnixTimeSeconds(unixSeconds);

    /// <summary>The whole second in which <paramref name="instant"/> lies.</summary>
    public static implicit operator Timestamp(DateTimeOffset instant) => new(instant);

    /// <summary>An instant that may be absent in eight bytes instead of sixteen: absent is 0. Objects hold several, and there are many objects.</summary>
    public static long Pack(Timestamp? instant) => instant is { } present ? present.unixSeconds + SecondsToUnixEpoch + 1 : 0;

    /// <summary>Undoes <see cref="Pack"/>.</summary>
    public static Timestamp? Unpack(long packed) => packed == 0 ? null : new Timestamp(packed - SecondsToUnixEpoch - 1);

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => unixSeconds.CompareTo(other.unixSeconds);

    /// <inheritdoc/>
    public override string ToString() => Instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left.unixSeconds < right.unixSeconds;

    /// <summary>Later than.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left.unixSeconds > right.unixSeconds;

    /// <summary>Not later than.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left.unixSeconds <= right.unixSeconds;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left.unixSeconds >= right.unixSeconds;
}

/// <summary>An instant in microseconds, written as RFC 3339 in UTC; leases and newer events use it.</summary>
/// <seealso href="https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#MicroTime">meta/v1 MicroTime</seealso>
[JsonConverter(typeof(MicroTimeConverter))]
public readonly record struct MicroTime : IComparable<MicroTime>
{
    private readonly long ticks;

    /// <summary>The microsecond in which <paramref name="instant"/> lies.</summary>
    public MicroTime(DateTimeOffset instant) => ticks = instant.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant, in UTC.</summary>
    public DateTimeOffset Instant => new(ticks, TimeSpan.Zero);

    /// <summary>The microsecond in which <paramref name="instant"/> lies.</summary>
    public static implicit operator MicroTime(DateTimeOffset instant) => new(instant);

    /// <summary>An instant that may be absent in eight bytes: absent is 0.</summary>
    internal static long Pack(MicroTime? instant) => instant is { } present ? present.ticks + 1 : 0;

    /// <summary>Undoes <see cref="Pack"/>.</summary>
    internal static MicroTime? Unpack(long packed) => packed == 0 ? null : new MicroTime(new DateTimeOffset(packed - 1, TimeSpan.Zero));

    /// <inheritdoc/>
    public int CompareTo(MicroTime other) => ticks.CompareTo(other.ticks);

    /// <inheritdoc/>
    public override string ToString() => Instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Earlier than.</summary>
    public static bool operator <(MicroTime left, MicroTime right) => left.ticks < right.ticks;

    /// <summary>Later than.</summary>
    public static bool operator >(MicroTime left, MicroTime right) => left.ticks > right.ticks;

    /// <summary>Not later than.</summary>
    public static bool operator <=(MicroTime left, MicroTime right) => left.ticks <= right.ticks;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(MicroTime left, MicroTime right) => left.ticks >= right.ticks;
}

internal sealed class TimestampConverter : JsonConverter<Timestamp>
{
    public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

internal sealed class MicroTimeConverter : JsonConverter<MicroTime>
{
    public override MicroTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, MicroTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

internal static class Rfc3339
{
    public static DateTimeOffset Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException($"cannot unmarshal {JsonWords.Of(reader.TokenType)} into a time; write RFC 3339, for example \"2026-01-01T00:00:00Z\"");
        }

        var text = reader.GetString()!;
        return text.Length >= 20 && text[10] is 'T' or 't'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : throw new JsonException($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");
    }
}

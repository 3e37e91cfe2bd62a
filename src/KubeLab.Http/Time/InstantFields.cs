using System.Buffers.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using KubeLab.Api;

namespace KubeLab.Http.Time;

/// <summary>Finds the instants in a body and moves them; a moved instant is as long as before, so nothing else moves.</summary>
internal static partial class InstantFields
{
    private const int SecondsLength = 20;
    private const int MicrosLength = 27;

    /// <summary>The fields of the API that hold instants (<c>metav1.Time</c> and <c>MicroTime</c>).</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "acquireTime", "completionTime", "creationTimestamp", "deletionTimestamp", "eventTime", "expirationTimestamp", "finishedAt", "firstTimestamp",
        "lastHeartbeatTime", "lastObservedTime", "lastProbeTime", "lastScaleTime", "lastScheduleTime", "lastSuccessfulTime", "lastTimestamp",
        "lastTransitionTime", "lastUpdateTime", "renewTime", "startTime", "startedAt", "time", "timeAdded", "timestamp",
    };

    /// <summary>Maps whose keys people choose: a date in them is a text of theirs.</summary>
    private static readonly HashSet<string> FreeMaps = new(StringComparer.Ordinal)
    {
        "annotations", "binaryData", "data", "labels", "matchLabels", "nodeSelector", "stringData", "fieldsV1",
    };

    /// <summary>Both, and whether each is an instant's name.</summary>
    private static readonly FrozenDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.Select(n => KeyValuePair.Create(n, true))
        .Concat(FreeMaps.Select(n => KeyValuePair.Create(n, false))).ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A copy of <paramref name="json"/> with every instant moved; what is not JSON comes back as it is.</summary>
    /// <param name="json">The body.</param>
    /// <param name="move">Where an instant goes.</param>
    /// <param name="columns">Which cells of a table are instants; kept from line to line of a watch, whose first line alone names the columns.</param>
    public static ReadOnlyMemory<byte> MoveInJson(ReadOnlyMemory<byte> json, Func<DateTimeOffset, DateTimeOffset> move, DateColumns? columns = null)
    {
        byte[]? copy = null;
        columns ??= new DateColumns();
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = ApiJson.DepthMax });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    Property(ref reader, json, ref copy, move, columns);
                }
            }
        }
        catch (JsonException)
        {
            return json;
        }

        return copy ?? json;
    }

    /// <summary>A copy of <paramref name="yaml"/> with the instants of its plain <c>name: instant</c> lines moved.</summary>
    public static ReadOnlyMemory<byte> MoveInYaml(ReadOnlyMemory<byte> yaml, Func<DateTimeOffset, DateTimeOffset> move)
    {
        var text = Encoding.UTF8.GetString(yaml.Span);
        var moved = InstantLine().Replace(text, match =>
        {
            var value = Encoding.UTF8.GetBytes(match.Groups["value"].Value);
            return Names.Contains(match.Groups["name"].Value) && TryRead(value, out var instant)
                ? match.Groups["before"].Value + Text(move(instant), value.Length) + match.Groups["quote"].Value
                : match.Value;
        });
        return ReferenceEquals(moved, text) ? yaml : Encoding.UTF8.GetBytes(moved);
    }

    [GeneratedRegex("""(?m)(?<before>^[ -]*(?<name>\w+): (?<quote>["']?))(?<value>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z)\k<quote>(?=\r?$)""")]
    private static partial Regex InstantLine();

    private static void Property(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref byte[]? copy, Func<DateTimeOffset, DateTimeOffset> move, DateColumns columns)
    {
        var name = reader.ValueSpan;
        if (name.Length > 24 || reader.ValueIsEscaped)
        {
            return;
        }

        Span<char> chars = stackalloc char[24];
        var key = chars[..Encoding.UTF8.GetChars(name, chars)];
        if (DateColumns.IsAbout(key))
        {
            Cells(ref reader, json, ref copy, move, columns, isDefinition: key is DateColumns.Definitions);
            return;
        }

        if (!Lookup.TryGetValue(key, out var isInstant))
        {
            return;
        }

        reader.Read();
        if (!isInstant)
        {
            reader.Skip();
        }
        else
        {
            Value(ref reader, json, ref copy, move);
        }
    }

    private static void Cells(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref byte[]? copy, Func<DateTimeOffset, DateTimeOffset> move, DateColumns columns, bool isDefinition)
    {
        reader.Read();
        if (isDefinition)
        {
            columns.Read(ref reader);
            return;
        }

        var depth = reader.CurrentDepth;
        if (reader.TokenType != JsonTokenType.StartArray || !columns.AreThere)
        {
            return;
        }

        for (var i = 0; reader.Read() && reader.CurrentDepth > depth; i++)
        {
            if (columns.Has(i))
            {
                Value(ref reader, json, ref copy, move);
            }

            reader.Skip();
        }
    }

    private static void Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref byte[]? copy, Func<DateTimeOffset, DateTimeOffset> move)
    {
        if (reader.TokenType == JsonTokenType.String && TryRead(reader.ValueSpan, out var instant))
        {
            copy ??= json.ToArray();
            Write(move(instant), copy.AsSpan((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
        }
    }

    // Long lists hold thousands of instants, so none is made a text on its way.
    private static void Write(DateTimeOffset instant, Span<byte> place)
    {
        Span<byte> full = stackalloc byte[28];
        Utf8Formatter.TryFormat(instant.UtcDateTime, full, out _, 'O');
        full[..(place.Length - 1)].CopyTo(place);
        place[^1] = (byte)'Z';
    }

    private static bool TryRead(ReadOnlySpan<byte> value, out DateTimeOffset instant)
    {
        instant = default;
        if (value.Length is not (SecondsLength or MicrosLength) || value[^1] != 'Z' || value[10] != 'T')
        {
            return false;
        }

        Span<byte> full = stackalloc byte[28];
        value[..^1].CopyTo(full);
        if (value.Length == SecondsLength)
        {
            ".0000000Z"u8.CopyTo(full[19..]);
        }
        else
        {
            "0Z"u8.CopyTo(full[26..]);
        }

        if (!Utf8Parser.TryParse(full, out DateTime read, out var used, 'O') || used != full.Length || read.Year is < 1900 or > 9000)
        {
            return false;
        }

        instant = new DateTimeOffset(read, TimeSpan.Zero);
        return true;
    }

    private static string Text(DateTimeOffset instant, int length) => instant.UtcDateTime.ToString(
        length == SecondsLength ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

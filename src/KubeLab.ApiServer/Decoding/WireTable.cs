using System.Collections.Frozen;
using System.Text.Json;

namespace KubeLab.ApiServer.Decoding;

/// <summary>Under which number each field of upstream's objects travels in protobuf (<c>data/api/proto.json</c>).</summary>
internal sealed class WireTable
{
    private readonly Dictionary<string, WireMessage> messages = new(StringComparer.Ordinal);

    private WireTable()
    {
        using var stream = typeof(WireTable).Assembly.GetManifestResourceStream("proto.json")!;
        using var document = JsonDocument.Parse(stream);
        foreach (var message in document.RootElement.EnumerateObject())
        {
            messages[message.Name] = new WireMessage(message.Name[(message.Name.LastIndexOf('.') + 1)..]);
        }

        foreach (var message in document.RootElement.EnumerateObject())
        {
            Fill(messages[message.Name], message.Value, FieldTable.Upstream.Messages[message.Name]);
        }
    }

    /// <summary>The table that comes with the program.</summary>
    public static WireTable Upstream { get; } = new();

    /// <summary>The fields of <paramref name="kind"/> in <paramref name="apiVersion"/>, or null when it is not spoken in protobuf.</summary>
    public WireMessage? Find(string apiVersion, string kind) =>
        FieldTable.Upstream.Find(apiVersion, kind) is { } message ? messages.GetValueOrDefault(message.Name) : null;

    private void Fill(WireMessage message, JsonElement numbers, FieldMessage owner)
    {
        var fields = new Dictionary<int, WireField>();
        foreach (var entry in numbers.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Object)
            {
                var inlined = new WireMessage(message.Name);
                Fill(inlined, entry.Value, owner);
                fields[int.Parse(entry.Name, System.Globalization.CultureInfo.InvariantCulture)] = new WireField(null, null, false, inlined);
                continue;
            }

            var name = entry.Name.TrimEnd('?');
            var type = owner.Fields[name];
            var inner = type.Message is null ? null : messages[type.Message.Name];
            fields[entry.Value.GetInt32()] = new WireField(name, type, name != entry.Name, inner);
        }

        message.Fields = fields.ToFrozenDictionary();
    }
}

/// <summary>One object type and its fields by their numbers.</summary>
internal sealed class WireMessage(string name)
{
    /// <summary>The struct as decoding errors name it.</summary>
    public string Name { get; } = name;

    /// <summary>The fields by number.</summary>
    public FrozenDictionary<int, WireField> Fields { get; set; } = FrozenDictionary<int, WireField>.Empty;
}

/// <summary>One field on the wire.</summary>
/// <param name="Name">Its name in JSON; null when its own fields appear in its owner's place.</param>
/// <param name="Type">Its type; null where there is no name.</param>
/// <param name="ZeroCounts">Whether a zero or an empty text says something.</param>
/// <param name="Message">What a message of it holds, or null for plain values.</param>
internal sealed record WireField(string? Name, FieldType? Type, bool ZeroCounts, WireMessage? Message);

using System.Collections.Frozen;
using System.Text.Json;

namespace KubeLab.ApiServer.Decoding;

/// <summary>
/// The field names and types of upstream's objects (<c>data/api/fields.json</c>): what counts as known, whether a record models it or
/// not.
/// </summary>
public sealed class FieldTable
{
    private readonly FrozenDictionary<string, FieldMessage> kinds;

    private FieldTable(FrozenDictionary<string, FieldMessage> kinds, FrozenDictionary<string, FieldMessage> messages)
    {
        this.kinds = kinds;
        Messages = messages;
        Metadata = messages["meta.v1.ObjectMeta"];
    }

    /// <summary>The table that comes with the program.</summary>
    public static FieldTable Upstream { get; } = Load();

    /// <summary>The fields of an object's metadata, which custom resources have too.</summary>
    public FieldMessage Metadata { get; }

    /// <summary>All object types by their names in the table, for example <c>core.v1.Container</c>.</summary>
    internal FrozenDictionary<string, FieldMessage> Messages { get; }

    /// <summary>All kinds, each as <c>apiVersion/kind</c>.</summary>
    internal IEnumerable<string> Kinds => kinds.Keys;

    /// <summary>
    /// The fields of <paramref name="kind"/> in <paramref name="apiVersion"/>, or null when the table does not know the kind.
    /// </summary>
    public FieldMessage? Find(string apiVersion, string kind) => kinds.GetValueOrDefault($"{apiVersion}/{kind}");

    private static FieldTable Load()
    {
        using var stream = typeof(FieldTable).Assembly.GetManifestResourceStream("fields.json")!;
        using var document = JsonDocument.Parse(stream);
        var messages = new Dictionary<string, FieldMessage>(StringComparer.Ordinal);
        var source = document.RootElement.GetProperty("messages");
        foreach (var message in source.EnumerateObject())
        {
            messages[message.Name] = new FieldMessage(message.Name);
        }

        foreach (var message in source.EnumerateObject())
        {
            messages[message.Name].Fields = message.Value.EnumerateObject()
                .ToFrozenDictionary(f => f.Name, f => FieldType.Read(f.Value.GetString()!, messages), StringComparer.Ordinal);
        }

        var kinds = document.RootElement.GetProperty("kinds").EnumerateObject()
            .ToFrozenDictionary(k => k.Name, k => messages[k.Value.GetString()!], StringComparer.Ordinal);
        return new FieldTable(kinds, messages.ToFrozenDictionary(StringComparer.Ordinal));
    }
}

/// <summary>One object type of the API and its fields.</summary>
public sealed class FieldMessage
{
    internal FieldMessage(string name)
    {
        Name = name;
        GoStruct = name[(name.LastIndexOf('.') + 1)..];
        var package = name[..name.LastIndexOf('.')];
        GoType = $"{package[(package.LastIndexOf('.') + 1)..]}.{GoStruct}";
    }

    /// <summary>Its name in the table: group, version and type, for example <c>apps.v1.DeploymentSpec</c>.</summary>
    internal string Name { get; }

    /// <summary>The struct as Go's decoding errors name it, for example <c>DeploymentSpec</c>.</summary>
    public string GoStruct { get; }

    /// <summary>The type as Go's decoding errors name it, for example <c>v1.DeploymentSpec</c>.</summary>
    public string GoType { get; }

    /// <summary>The type of each field by its name.</summary>
    public FrozenDictionary<string, FieldType> Fields { get; internal set; } = FrozenDictionary<string, FieldType>.Empty;
}

/// <summary>The type of a field: a plain value or a message, alone, in a list or in a map.</summary>
/// <param name="Value">The plain value's name in the table, or null for a message.</param>
/// <param name="Message">The message, or null for a plain value.</param>
/// <param name="IsMap">Whether it is a map from text.</param>
/// <param name="IsList">Whether it is a list; in a map, whether each value is.</param>
public sealed record FieldType(string? Value, FieldMessage? Message, bool IsMap, bool IsList)
{
    /// <summary>The type as Go's decoding errors name it.</summary>
    public string GoType => (IsMap ? "map[string]" : "") + (IsList ? "[]" : "") + ElementGoType;

    /// <summary>The type of one element as Go's decoding errors name it.</summary>
    public string ElementGoType => Message?.GoType ?? Value switch
    {
        "Quantity" => "resource.Quantity",
        "IntOrString" => "intstr.IntOrString",
        "Time" or "MicroTime" or "FieldsV1" => $"v1.{Value}",
        "bytes" => "[]uint8",
        "RawExtension" => "runtime.RawExtension",
        _ => Value!,
    };

    /// <summary>The type of what the map holds.</summary>
    public FieldType InsideMap => field ??= this with { IsMap = false };

    /// <summary>The type of what the list holds.</summary>
    public FieldType InsideList => field ??= this with { IsList = false };

    internal static FieldType Read(string text, Dictionary<string, FieldMessage> messages)
    {
        var isMap = text.EndsWith("{}", StringComparison.Ordinal);
        text = isMap ? text[..^2] : text;
        var isList = text.EndsWith("[]", StringComparison.Ordinal);
        text = isList ? text[..^2] : text;
        var message = messages.GetValueOrDefault(text);
        return new FieldType(message is null ? text : null, message, isMap, isList);
    }
}

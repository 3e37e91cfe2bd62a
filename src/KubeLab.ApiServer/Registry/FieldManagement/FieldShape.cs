using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;
using KubeLab.ApiServer.CustomResources.Schemas;

namespace KubeLab.ApiServer.Registry.FieldManagement;

/// <summary>How finely a field can be owned: whole (atomic), or entry by entry, and by which keys the elements of a list are told apart.</summary>
/// <remarks>
/// What no record models is owned finely as far as it is made of maps; its lists are owned whole. Upstream writes the same as the markers
/// <c>+listType</c>, <c>+listMapKey</c>, <c>+mapType</c> and <c>+structType</c>.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy">Merge strategy</seealso>
internal sealed class FieldShape
{
    private static readonly FieldShape Unmodelled = new(null, null, isAtomic: false);

    private static readonly HashSet<Type> AtomicRecords =
    [
        typeof(LabelSelector), typeof(OwnerReference), typeof(ObjectReference), typeof(LocalObjectReference), typeof(ObjectFieldSelector),
        typeof(KeySelector), typeof(NodeSelector), typeof(NodeSelectorTerm),
    ];

    private readonly Type? type;
    private readonly StructuralSchema? schema;
    private readonly bool isResource;
    private Dictionary<string, FieldShape>? fields;

    private FieldShape(Type? type, IReadOnlyList<string>? keys, bool isAtomic)
    {
        this.type = type;
        Keys = keys;
        IsAtomic = isAtomic;
    }

    private FieldShape(StructuralSchema? schema, bool isResource)
        : this(null, KeysOf(schema), schema?.MapType == "atomic")
    {
        this.schema = schema;
        this.isResource = isResource;
        IsCustom = true;
    }

    /// <summary>Whether a definition shapes it: what it holds is there only when somebody put it there.</summary>
    public bool IsCustom { get; }

    /// <summary>The keys of a list's elements, none for a set of plain values; null when it is no list or is owned whole.</summary>
    public IReadOnlyList<string>? Keys { get; }

    /// <summary>Whether it has one owner for all that it holds.</summary>
    public bool IsAtomic { get; }

    /// <summary>Whether it is a struct, which goes with all its defaults; a map loses its entries one by one.</summary>
    public bool IsStruct => !IsCustom && Keys is null && (type is null || IsRecord(type));

    /// <summary>The shape of a list's elements.</summary>
    public FieldShape Element => field ??= IsCustom ? new(schema?.Items, schema?.Items?.EmbeddedResource ?? false) : new(type, null, type is not null && AtomicRecords.Contains(type));

    /// <summary>The shape of an object that <paramref name="record"/> models.</summary>
    public static FieldShape Of(Type record) => new(record, null, isAtomic: false);

    /// <summary>The shape of an object that <paramref name="schema"/> describes.</summary>
    public static FieldShape OfCustom(StructuralSchema schema) => new(schema, isResource: true);

    /// <summary>What stands for a key that an element leaves out; null when nothing does.</summary>
    public JsonNode? KeyDefault(string key) =>
        IsCustom ? schema?.Items?.Properties.GetValueOrDefault(key)?.Default : key == "protocol" ? JsonValue.Create("TCP") : null;

    /// <summary>The shape of the field that is called <paramref name="name"/> in JSON.</summary>
    public FieldShape Field(string name)
    {
        if (IsCustom)
        {
            var inner = schema?.Field(name);
            return isResource && name == "metadata" ? Of(typeof(ObjectMeta)) : new(inner, inner?.EmbeddedResource ?? false);
        }

        if (type is null || !IsRecord(type))
        {
            return Unmodelled;
        }

        fields ??= FieldsOf(type);
        return fields.GetValueOrDefault(name, Unmodelled);
    }

    private static bool IsRecord(Type type) => typeof(ApiRecord).IsAssignableFrom(type);

    private static Dictionary<string, FieldShape> FieldsOf(Type record)
    {
        var shapes = new Dictionary<string, FieldShape>(StringComparer.Ordinal);
        foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            shapes[name] = Of(property);
        }

        return shapes;
    }

    private static FieldShape Of(PropertyInfo property)
    {
        var plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(ValueList<>))
        {
            var keys = property.GetCustomAttribute<MergeKeyAttribute>() is { } merge ? KeysOf(merge.Key) : null;
            return new(plain.GetGenericArguments()[0], keys, isAtomic: keys is null);
        }

        // Selectors are maps that mean something only as a whole.
        var isSelector = property.Name is nameof(ServiceSpec.Selector) or nameof(PodSpec.NodeSelector) && plain == typeof(StringMap);
        return new(plain, null, isSelector || AtomicRecords.Contains(plain));
    }

    private static IReadOnlyList<string>? KeysOf(StructuralSchema? schema) => schema?.ListType switch
    {
        "map" => schema.ListMapKeys,
        "set" => [],
        _ => null,
    };

    // Server-side apply tells some elements apart more finely than strategic merge does.
    private static string[] KeysOf(string mergeKey) => mergeKey switch
    {
        "" => [],
        "containerPort" or "port" => [mergeKey, "protocol"],
        "topologyKey" => [mergeKey, "whenUnsatisfiable"],
        _ => [mergeKey],
    };
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Decoding;

namespace KubeLab.ApiServer.OpenApi;

/// <summary>The schemas of some kinds and of all that they hold, written one by one.</summary>
/// <remarks>
/// Names and types of fields are those of the field table, by which bodies are checked; descriptions, merge keys and what is required come from the
/// record. A field that no record models has a type but no description.
/// </remarks>
internal sealed class SchemaSet
{
    private readonly SortedDictionary<string, (FieldMessage Message, Type? Record, List<ApiResource> Kinds)> schemas = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ApiResource> lists = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (ApiResource Kind, StructuralSchema? Schema)> custom = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, Dictionary<string, PropertyInfo>> properties = [];

    /// <summary>Adds a kind with what it holds; returns the name of its schema.</summary>
    public string Add(ApiResource kind, Type record, StructuralSchema? schema = null)
    {
        if (FieldTable.Upstream.Find(kind.ApiVersion, kind.Kind) is not { } message)
        {
            var free = SchemaNames.Custom(kind);
            custom[free] = (kind, schema);
            Walk(FieldTable.Upstream.Metadata, typeof(ObjectMeta));
            return free;
        }

        Walk(message, record);
        var name = SchemaNames.Of(message);
        if (!schemas[name].Kinds.Contains(kind))
        {
            schemas[name].Kinds.Add(kind);
        }

        return name;
    }

    /// <summary>Adds the list of a kind; returns the name of its schema.</summary>
    public string AddList(ApiResource kind, Type record, StructuralSchema? schema = null)
    {
        var name = $"{Add(kind, record, schema)}List";
        lists[name] = kind;
        return name;
    }

    /// <summary>Writes all of them as the properties of one object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, (message, record, kinds)) in schemas)
        {
            json.WritePropertyName(name);
            Schema(json, message, record, kinds);
        }

        foreach (var (name, (kind, schema)) in custom)
        {
            json.WritePropertyName(name);
            CustomSchema.Object(json, kind, schema);
        }

        foreach (var (name, kind) in lists)
        {
            json.WritePropertyName(name);
            CustomSchema.List(json, kind, name[..^"List".Length]);
        }

        PlainSchemas.Write(json);
        json.WriteEndObject();
    }

    // The first record that is met stands for its message; a message is met without one where a record keeps it as it came.
    private void Walk(FieldMessage message, Type? record)
    {
        var name = SchemaNames.Of(message);
        var known = schemas.TryGetValue(name, out var entry);
        if (known && (entry.Record is not null || record is null))
        {
            return;
        }

        schemas[name] = (message, record, known ? entry.Kinds : []);
        foreach (var (field, type) in message.Fields)
        {
            if (type.Message is { } inner)
            {
                Walk(inner, record is null ? null : RecordIn(PropertyOf(record, field)));
            }
        }
    }

    private PropertyInfo? PropertyOf(Type? record, string field)
    {
        if (record is null)
        {
            return null;
        }

        if (!properties.TryGetValue(record, out var named))
        {
            properties[record] = named = record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .GroupBy(FieldNotes.NameOf, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        }

        return named.GetValueOrDefault(field);
    }

    private static Type? RecordIn(PropertyInfo? property)
    {
        var type = property?.PropertyType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        type = type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(ValueList<>) ? type.GetGenericArguments()[0] : type;
        return type is not null && type.IsAssignableTo(typeof(ApiRecord)) && type != typeof(OpaqueObject) ? type : null;
    }

    private void Schema(Utf8JsonWriter json, FieldMessage message, Type? record, List<ApiResource> kinds)
    {
        json.WriteStartObject();
        if (record is not null && FieldNotes.Shipped.Of(record) is { } description)
        {
            json.WriteString("description", description);
        }

        json.WriteString("type", "object");
        var fields = message.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (f.Key, f.Value, PropertyOf(record, f.Key))).ToList();
        Required(json, fields.Where(f => f.Item3 is { } p && IsRequired(p) && !OptionalFields.Contains(message.Name, f.Key)).Select(f => f.Key).ToList());
        json.WriteStartObject("properties");
        foreach (var (name, type, property) in fields)
        {
            json.WritePropertyName(name);
            Field(json, type, property);
        }

        json.WriteEndObject();
        if (kinds.Count > 0)
        {
            GroupVersionKinds.WriteList(json, kinds.Select(k => (k.Group, k.Version, k.Kind)));
        }

        json.WriteEndObject();
    }

    private static void Required(Utf8JsonWriter json, List<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        json.WriteStartArray("required");
        names.ForEach(json.WriteStringValue);
        json.WriteEndArray();
    }

    // What is always written has no meaning of its own when it is absent; members with fields of their own have.
    private static bool IsRequired(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.Never
        && !property.PropertyType.IsAssignableTo(typeof(ApiRecord));

    private static void Field(Utf8JsonWriter json, FieldType type, PropertyInfo? property)
    {
        json.WriteStartObject();
        if (property is not null && FieldNotes.Shipped.Of(property) is { } description)
        {
            json.WriteString("description", description);
        }

        PlainSchemas.WriteType(json, type);
        if (property?.GetCustomAttribute<MergeKeyAttribute>() is { } merge)
        {
            json.WriteString("x-kubernetes-patch-strategy", property.IsDefined(typeof(RetainKeysAttribute)) ? "merge,retainKeys" : "merge");
            if (merge.Key.Length > 0)
            {
                json.WriteString("x-kubernetes-patch-merge-key", merge.Key);
            }
        }
        else if (property is not null && property.IsDefined(typeof(RetainKeysAttribute)))
        {
            json.WriteString("x-kubernetes-patch-strategy", "retainKeys");
        }

        json.WriteEndObject();
    }
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace KubeLab.Api.Patching;

/// <summary>What strategic merge patch knows about a field: the type of what it holds, and how a list of them is merged.</summary>
/// <param name="Type">The record, or the record of a list's elements; null when no record models the field.</param>
/// <param name="MergeKey">The field that tells a list's elements apart, empty for a set of plain values, null when the list is
/// replaced.</param>
/// <param name="RetainKeys">Whether <c>$retainKeys</c> belongs into created patches.</param>
internal readonly record struct PatchSchema(Type? Type, string? MergeKey, bool RetainKeys)
{
    /// <summary>Looks up the field called <paramref name="name"/> in JSON; what no record models has no schema.</summary>
    public PatchSchema Field(string name)
    {
        if (Type is null || !typeof(ApiRecord).IsAssignableFrom(Type))
        {
            return default;
        }

        foreach (var property in Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (NameOf(property) == name)
            {
                return new(
                    ElementOf(property.PropertyType),
                    property.GetCustomAttribute<MergeKeyAttribute>()?.Key,
                    property.IsDefined(typeof(RetainKeysAttribute), inherit: false));
            }
        }

        return default;
    }

    /// <summary>
    /// The schema, or what the patch itself gives away when no record models the field: directives name the merge key as the only other
    /// field of their elements.
    /// </summary>
    public PatchSchema OrInferredFrom(JsonArray? patch)
    {
        if (Type is not null || MergeKey is not null || patch is null)
        {
            return this;
        }

        foreach (var element in patch)
        {
            if (element is JsonObject map && map.ContainsKey(Directives.Marker) && map.Count == 2)
            {
                return this with { MergeKey = map.First(field => field.Key != Directives.Marker).Key };
            }
        }

        return this;
    }

    /// <summary>The same for a <c>$setElementOrder</c> list, whose elements hold nothing but the merge key.</summary>
    public PatchSchema OrInferredFromOrder(JsonArray order)
    {
        if (Type is not null || MergeKey is not null)
        {
            return this;
        }

        return this with { MergeKey = order.FirstOrDefault() is JsonObject { Count: 1 } only ? only.First().Key : "" };
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static Type ElementOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(ValueList<>) ? plain.GetGenericArguments()[0] : plain;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>Lists that are sets hold nothing twice, and those that are maps hold no key twice.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/apiserver/schema/listtype.</remarks>
internal static class ListTypes
{
    /// <summary>Says what stands twice in <paramref name="value"/> and in what it holds.</summary>
    public static void Check(JsonNode? value, StructuralSchema schema, string path, FieldErrors errors)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, field) in map)
                {
                    if (schema.Field(name) is { } inner)
                    {
                        Check(field, inner, path.Length == 0 ? name : $"{path}.{name}", errors);
                    }
                }

                break;
            case JsonArray list:
                if (schema.ListType is "set" or "map")
                {
                    Unique(list, schema, path, errors);
                }

                for (var i = 0; i < list.Count && schema.Items is not null; i++)
                {
                    Check(list[i], schema.Items, Element(path, i), errors);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The element of <paramref name="old"/> that has the keys of <paramref name="element"/>, or null.</summary>
    public static JsonNode? Find(JsonArray? old, JsonNode? element, StructuralSchema schema)
    {
        var key = KeyOf(element, schema);
        return old?.FirstOrDefault(e => JsonNode.DeepEquals(KeyOf(e, schema), key));
    }

    private static void Unique(JsonArray list, StructuralSchema schema, string path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            var key = schema.ListType == "map" ? KeyOf(list[i], schema) : list[i];
            if (!seen.Add(Api.GoJsonText.Compact(key)))
            {
                errors.Duplicate(FieldPath.Root(Element(path, i)), Shown(key));
            }
        }
    }

    private static JsonObject KeyOf(JsonNode? element, StructuralSchema schema)
    {
        var key = new JsonObject();
        foreach (var name in schema.ListMapKeys)
        {
            var value = element is JsonObject map && map.TryGetPropertyValue(name, out var given)
                ? given
                : schema.Items?.Properties.GetValueOrDefault(name)?.Default;
            if (value is not null)
            {
                key[name] = value.DeepClone();
            }
        }

        return key;
    }

    private static object? Shown(JsonNode? key) => key switch
    {
        null => null,
        _ when key.GetValueKind() == System.Text.Json.JsonValueKind.String => key.GetValue<string>(),
        _ => new Verbatim(Api.GoJsonText.Compact(key)),
    };

    private static string Element(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}

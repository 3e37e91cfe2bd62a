using System.Text.Json.Nodes;

namespace KubeLab.ApiServer.CustomResources.Schemas;

/// <summary>Fills in what a schema says of absent fields, and drops nulls where null has no meaning.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/apiserver/schema/defaulting.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting">
/// Defaulting</seealso>
internal static class SchemaDefaults
{
    /// <summary>Drops nulls that may not be and have no default, then fills in defaults.</summary>
    public static void Fill(JsonNode root, StructuralSchema schema)
    {
        DropNulls(root, schema);
        Default(root, schema);
    }

    private static void DropNulls(JsonNode? value, StructuralSchema? schema)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, field) in map.ToList())
                {
                    var inner = schema?.Field(name);
                    if (field is null && inner is { Nullable: false, Default: null })
                    {
                        map.Remove(name);
                    }
                    else
                    {
                        DropNulls(field, inner);
                    }
                }

                break;
            case JsonArray list:
                foreach (var element in list)
                {
                    DropNulls(element, schema?.Items);
                }

                break;
            default:
                break;
        }
    }

    private static void Default(JsonNode? value, StructuralSchema? schema)
    {
        switch (value)
        {
            case JsonObject map when schema is not null:
                DefaultMap(map, schema);
                break;
            case JsonArray list when schema?.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is null && !items.Nullable && items.Default is not null)
                    {
                        list[i] = items.Default.DeepClone();
                    }

                    Default(list[i], items);
                }

                break;
            default:
                break;
        }
    }

    private static void DefaultMap(JsonObject map, StructuralSchema schema)
    {
        foreach (var (name, property) in schema.Properties)
        {
            if (property.Default is not null && (!map.TryGetPropertyValue(name, out var given) || (given is null && !property.Nullable)))
            {
                map[name] = property.Default.DeepClone();
            }
        }

        foreach (var (name, value) in map.ToList())
        {
            if (schema.Properties.TryGetValue(name, out var property))
            {
                Default(value, property);
            }
            else if (schema.AdditionalProperties is { } entry)
            {
                if (value is null && !entry.Nullable && entry.Default is not null)
                {
                    map[name] = entry.Default.DeepClone();
                }

                Default(map[name], entry);
            }
        }
    }
}

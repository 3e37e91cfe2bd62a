using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeLab.ApiServer.CustomResources.Schemas;

/// <summary>Takes the fields out of an object that its schema does not know.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/apiserver/schema/pruning.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning">
/// Field pruning</seealso>
internal static class Pruning
{
    private static readonly string[] Meta = ["apiVersion", "kind", "metadata"];

    /// <summary>Prunes a whole object, whose apiVersion, kind and metadata stay; returns the paths of what went, sorted.</summary>
    public static List<string> Prune(JsonObject root, StructuralSchema? schema)
    {
        var gone = new List<string>();
        Map(root, schema, "", isResource: true, gone);
        gone.Sort(StringComparer.Ordinal);
        return gone;
    }

    // In a list that keeps unknown fields the elements keep them too, whatever their own schema says.
    private static void Value(JsonNode? value, StructuralSchema? schema, string path, List<string> gone, bool keeps = false)
    {
        switch (value)
        {
            case JsonObject map:
                Map(map, schema, path, schema?.EmbeddedResource ?? false, gone, keeps);
                break;
            case JsonArray list:
                keeps |= schema?.KeepsUnknownFields ?? false;
                for (var i = 0; i < list.Count && (schema?.Items is not null || !keeps); i++)
                {
                    Value(list[i], schema?.Items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), gone, keeps);
                }

                break;
            default:
                break;
        }
    }

    private static void Map(JsonObject map, StructuralSchema? schema, string path, bool isResource, List<string> gone, bool keeps = false)
    {
        foreach (var name in map.Select(f => f.Key).ToList())
        {
            if (isResource && Meta.Contains(name))
            {
                continue;
            }

            var place = path.Length == 0 ? name : $"{path}.{name}";
            if (schema?.Field(name) is { } inner)
            {
                Value(map[name], inner, place, gone);
            }
            else if (schema?.KeepsUnknownFields != true && !keeps)
            {
                if (schema?.AllowsAdditional == true)
                {
                    Value(map[name], null, place, gone);
                }
                else
                {
                    map.Remove(name);
                    gone.Add(place);
                }
            }
        }
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>An object within an object must say what it is.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/apiserver/schema/objectmeta/validation.go.</remarks>
internal static class EmbeddedCheck
{
    /// <summary>Checks all that <paramref name="schema"/> calls an embedded resource.</summary>
    public static void Of(JsonNode? value, StructuralSchema schema, string path, FieldErrors errors)
    {
        switch (value)
        {
            case JsonObject map:
                if (schema.EmbeddedResource)
                {
                    Resource(map, path, errors);
                }

                foreach (var (name, field) in map)
                {
                    if (schema.Field(name) is { } inner)
                    {
                        Of(field, inner, path.Length == 0 ? name : $"{path}.{name}", errors);
                    }
                }

                break;
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    Of(list[i], items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), errors);
                }

                break;
            default:
                break;
        }
    }

    private static void Resource(JsonObject map, string path, FieldErrors errors)
    {
        foreach (var name in (ReadOnlySpan<string>)["apiVersion", "kind"])
        {
            if (map[name] is null or { } and not JsonValue || map[name]!.GetValueKind() != JsonValueKind.String || map[name]!.GetValue<string>().Length == 0)
            {
                errors.Required(FieldPath.Root($"{path}.{name}"), "must not be empty");
            }
        }

        var given = (map["metadata"] as JsonObject)?["name"];
        if (given?.GetValueKind() == JsonValueKind.String && given.GetValue<string>() is { Length: > 0 } text)
        {
            foreach (var problem in LabelNames.SubdomainErrors(text))
            {
                errors.Invalid(FieldPath.Root($"{path}.metadata.name"), text, problem);
            }
        }
    }
}

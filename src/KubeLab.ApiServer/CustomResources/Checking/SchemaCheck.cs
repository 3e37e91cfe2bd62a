using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.CustomResources.Schemas;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>Says what is wrong with a value that a schema describes, in upstream's words.</summary>
/// <remarks>
/// On an update what was wrong before and did not change is let pass (ratcheting), except inside <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> and <c>not</c>.
/// Upstream: kube-openapi/pkg/validation/validate.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation">Validation</seealso>
internal static class SchemaCheck
{
    /// <summary>Checks <paramref name="value"/> at <paramref name="path"/>; <paramref name="old"/> is what it replaces, or null.</summary>
    public static SchemaFindings Of(JsonNode? value, StructuralSchema schema, string path, JsonNode? old = null)
    {
        var found = new SchemaFindings();
        if (value is null)
        {
            // Null is neither long nor large: only type and list of values say anything of it.
            if (!schema.Nullable && TypeOf(schema) is { Length: > 0 } type)
            {
                found.Add(SchemaProblem.OfType(path, "null", type));
                Enum(null, schema, path, found);
            }

            return found;
        }

        if (old is not null && path.Length > 0 && JsonNode.DeepEquals(value, old))
        {
            found.Agreements++;
            return found;
        }

        CheckType(value, schema, path, found);
        Alternatives.Check(value, schema, path, found);
        switch (value)
        {
            case JsonObject map:
                Object(map, schema, path, old as JsonObject, found);
                break;
            case JsonArray list:
                List(list, schema, path, old as JsonArray, found);
                break;
            default:
                ScalarCheck.Check(value, schema, path, found);
                break;
        }

        Enum(value, schema, path, found);
        found.Agreements++;
        return found;
    }

    /// <summary>The type of a value as messages name it.</summary>
    public static string TypeName(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => SchemaNumber.IsWhole(value) ? "integer" : "number",
        },
    };

    private static string TypeOf(StructuralSchema schema) => schema.IntOrString ? "integer,string" : schema.Type;

    private static void CheckType(JsonNode value, StructuralSchema schema, string path, SchemaFindings found)
    {
        var expected = TypeOf(schema);
        var given = TypeName(value);
        var fits = expected.Length == 0 || given == expected || (given == "integer" && expected == "number")
            || (given == "number" && expected == "integer" && SchemaNumber.HasNoFraction(value))
            || (schema.IntOrString && (given is "integer" or "string"));
        if (fits)
        {
            found.Agreements++;
        }
        else
        {
            found.Add(SchemaProblem.OfType(path, given, expected));
        }
    }

    private static void Enum(JsonNode? value, StructuralSchema schema, string path, SchemaFindings found)
    {
        if (schema.Enum.Count == 0 || schema.Enum.Any(allowed => JsonNode.DeepEquals(allowed, value)))
        {
            return;
        }

        var supported = schema.Enum.Select(Plain).ToArray();
        object? shown = value switch
        {
            null => null,
            _ when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            _ => new Verbatim(value.ToJsonString()),
        };
        found.Add(new SchemaProblem(e => e.NotSupported(SchemaProblem.Place(path), shown, supported), StopsRules: true));
    }

    private static string Plain(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node?.ToJsonString() ?? "null";

    private static void Object(JsonObject map, StructuralSchema schema, string path, JsonObject? old, SchemaFindings found)
    {
        var count = map.Count;
        if (schema.MinProperties > count)
        {
            found.Add(SchemaProblem.Invalid(path, count, Text($"{SchemaProblem.Named(path)}in body should have at least {schema.MinProperties} properties")));
            return;
        }

        if (schema.MaxProperties is { } max && count > max)
        {
            found.Add(new SchemaProblem(e => e.TooMany(SchemaProblem.Place(path), count, (int)max), StopsRules: true));
            return;
        }

        foreach (var (name, field) in map)
        {
            if (schema.Field(name) is { } inner)
            {
                var place = path.Length == 0 ? name : $"{path}.{name}";
                found.Merge(Of(field, inner, place, schema.MapType == "atomic" ? null : old?[name]));
            }
        }

        foreach (var name in schema.Required)
        {
            if (!map.ContainsKey(name))
            {
                found.Add(SchemaProblem.Required(path.Length == 0 ? name : $"{path}.{name}"));
            }
        }
    }

    private static void List(JsonArray list, StructuralSchema schema, string path, JsonArray? old, SchemaFindings found)
    {
        if (schema.Items is { } items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                var before = schema.ListType == "map" ? ListTypes.Find(old, list[i], schema) : null;
                found.Merge(Of(list[i], items, Text($"{path}[{i}]"), before));
            }
        }

        if (schema.MinItems > list.Count)
        {
            found.Add(SchemaProblem.Invalid(path, list.Count, Text($"{SchemaProblem.Named(path)}in body should have at least {schema.MinItems} items")));
        }

        if (schema.MaxItems is { } max && list.Count > max)
        {
            var count = list.Count;
            found.Add(new SchemaProblem(e => e.TooMany(SchemaProblem.Place(path), count, (int)max), StopsRules: true));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A value that messages show as it is, such as a number or a truth value.</summary>
internal readonly record struct Verbatim(string Text) : IFormattable
{
    public string ToString(string? format, IFormatProvider? formatProvider) => Text;

    public override string ToString() => Text;
}

using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Definitions;

/// <summary>The fields of a user's own kind that field selectors may ask for.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#crd-selectable-fields">
/// Selectable fields</seealso>
internal static class SelectableFieldPaths
{
    private const int CountMax = 8;

    public static void Validate(ValueList<SelectableField> fields, StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
        {
            var place = path.Index(i).Child("jsonPath");
            var text = fields[i].JsonPath;
            if (text.Length == 0)
            {
                errors.Required(place);
                continue;
            }

            if (Find(text, schema, out var problem) is not { } field)
            {
                errors.Invalid(place, text, $"is an invalid path: {problem}");
                continue;
            }

            if (text.StartsWith(".metadata", StringComparison.Ordinal))
            {
                errors.Invalid(place, text, "must not point to fields in metadata");
            }

            if (field.Type is not ("string" or "boolean" or "integer"))
            {
                errors.Invalid(
                    place, text, "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.");
            }

            if (!seen.Add(text))
            {
                errors.Duplicate(place, text);
            }
        }

        if (seen.Count > CountMax)
        {
            errors.TooMany(path, seen.Count, CountMax);
        }
    }

    private static StructuralSchema? Find(string path, StructuralSchema schema, out string problem)
    {
        problem = "";
        if (path[0] != '.')
        {
            problem = $"expected [ or . but got: {path.Split('.', '[')[0]}";
            return null;
        }

        if (path.Contains('[', StringComparison.Ordinal))
        {
            problem = "array notation is not allowed";
            return null;
        }

        var found = schema;
        foreach (var name in path[1..].Split('.'))
        {
            if (found.Field(name) is not { } next)
            {
                problem = name.Length == 0 ? "unexpected end of JSON path" : "does not refer to a valid field";
                return null;
            }

            found = next;
        }

        return found;
    }
}

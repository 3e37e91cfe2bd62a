using KubeLab.Api.Apiextensions;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Definitions;

/// <summary>What is refused in the scale and the columns of a version.</summary>
internal static class SubresourceValidation
{
    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];
    private static readonly string[] ColumnFormats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    public static void Scale(CustomResourceSubresourceScale? scale, FieldPath path, FieldErrors errors)
    {
        if (scale is null)
        {
            return;
        }

        Replicas(scale.SpecReplicasPath, ".spec", path.Child("scale.specReplicasPath"), errors);
        Replicas(scale.StatusReplicasPath, ".status", path.Child("scale.statusReplicasPath"), errors);
        if (scale.LabelSelectorPath is { Length: > 0 } selector)
        {
            var place = path.Child("scale.labelSelectorPath");
            if (IsSimple(selector, place, errors) && !IsUnder(selector, ".spec") && !IsUnder(selector, ".status"))
            {
                errors.Invalid(place, selector, "should be a json path under either .spec or .status");
            }
        }
    }

    public static void Column(CustomResourceColumnDefinition column, FieldPath path, FieldErrors errors)
    {
        if (column.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }

        var types = $"must be one of {string.Join(',', ColumnTypes)}";
        if (column.Type.Length == 0)
        {
            errors.Required(path.Child("type"), types);
        }
        else if (!ColumnTypes.Contains(column.Type))
        {
            errors.Invalid(path.Child("type"), column.Type, types);
        }

        if (!string.IsNullOrEmpty(column.Format) && !ColumnFormats.Contains(column.Format))
        {
            errors.Invalid(path.Child("format"), column.Format, $"must be one of {string.Join(',', ColumnFormats)}");
        }

        if (column.JsonPath.Length == 0)
        {
            errors.Required(path.Child("JSONPath"));
        }
        else
        {
            IsSimple(column.JsonPath, path.Child("JSONPath"), errors);
        }
    }

    private static void Replicas(string value, string under, FieldPath path, FieldErrors errors)
    {
        if (value.Length == 0)
        {
            errors.Required(path);
        }
        else if (IsSimple(value, path, errors) && !IsUnder(value, under))
        {
            errors.Invalid(path, value, $"should be a json path under {under}");
        }
    }

    private static bool IsSimple(string value, FieldPath path, FieldErrors errors)
    {
        if (value[0] == '.')
        {
            return true;
        }

        errors.Invalid(path, value, "must be a simple json path starting with .");
        return false;
    }

    private static bool IsUnder(string value, string root) => value.StartsWith($"{root}.", StringComparison.Ordinal);
}

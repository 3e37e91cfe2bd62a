using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Rules;

/// <summary>How lists and maps may be declared that server-side apply is to merge: <c>x-kubernetes-list-type</c> and its kin.</summary>
internal static class ListRules
{
    public static void Check(StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        if (schema.MapType is not null)
        {
            RequireType(schema, "object", "x-kubernetes-map-type", path, errors);
            if (schema.MapType is not ("atomic" or "granular"))
            {
                errors.NotSupported(path.Child("x-kubernetes-map-type"), schema.MapType, "atomic", "granular");
            }
        }

        if (schema.ListType is not null)
        {
            RequireType(schema, "array", "x-kubernetes-list-type", path, errors);
            if (schema.ListType is not ("atomic" or "set" or "map"))
            {
                errors.NotSupported(path.Child("x-kubernetes-list-type"), schema.ListType, "atomic", "set", "map");
            }
        }

        const string MustBeMap = "must be map if x-kubernetes-list-map-keys is non-empty";
        if (schema.ListMapKeys.Count > 0 && schema.ListType is null)
        {
            errors.Required(path.Child("x-kubernetes-list-type"), MustBeMap);
        }
        else if (schema.ListMapKeys.Count > 0 && schema.ListType != "map")
        {
            errors.Invalid(path.Child("x-kubernetes-list-type"), schema.ListType, MustBeMap);
        }

        if (schema.ListType == "map")
        {
            Map(schema, path, errors);
        }

        if (schema.ListType == "set" && schema.Items is { } items)
        {
            Set(items, path.Child("items"), errors);
        }

        if (schema.ListType is "set" or "map" && schema.Items is { Nullable: true })
        {
            errors.Forbidden(path.Child("items").Child("nullable"), $"cannot be nullable when x-kubernetes-list-type is {schema.ListType}");
        }
    }

    private static void RequireType(StructuralSchema schema, string type, string extension, FieldPath path, FieldErrors errors)
    {
        var problem = $"must be {type} if {extension} is specified";
        if (schema.Type.Length == 0)
        {
            errors.Required(path.Child("type"), problem);
        }
        else if (schema.Type != type)
        {
            errors.Invalid(path.Child("type"), schema.Type, problem);
        }
    }

    private static void Set(StructuralSchema items, FieldPath path, FieldErrors errors)
    {
        const string MustBeAtomic = "must be atomic as item of a list with x-kubernetes-list-type=set";
        if (items is { Type: "array", ListType: not (null or "atomic") })
        {
            errors.Invalid(path.Child("x-kubernetes-list-type"), items.ListType, MustBeAtomic);
        }

        if (items is { Type: "object", MapType: not "atomic" })
        {
            errors.Invalid(path.Child("x-kubernetes-map-type"), items.MapType, MustBeAtomic);
        }
    }

    private static void Map(StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        var keys = path.Child("x-kubernetes-list-map-keys");
        if (schema.ListMapKeys.Count == 0)
        {
            errors.Required(keys, "must not be empty if x-kubernetes-list-type is map");
        }

        if (schema.Items is not { } items)
        {
            errors.Required(path.Child("items"), "must have a schema if x-kubernetes-list-type is map");
            return;
        }

        if (items.Type != "object")
        {
            errors.Invalid(path.Child("items").Child("type"), items.Type, "must be object if parent array's x-kubernetes-list-type is map");
            return;
        }

        var shown = new Verbatim($"[{string.Join(",", schema.ListMapKeys.Select(Api.GoQuote.Quote))}]");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in schema.ListMapKeys)
        {
            if (!seen.Add(key))
            {
                errors.Invalid(keys, shown, "must not contain duplicate entries");
            }

            if (!items.Properties.TryGetValue(key, out var property))
            {
                errors.Invalid(keys, shown, "entries must all be names of item properties");
                continue;
            }

            Key(items, key, property, path.Child("items").Child("properties").Key(key), errors);
        }
    }

    private static void Key(StructuralSchema items, string name, StructuralSchema property, FieldPath path, FieldErrors errors)
    {
        if (property.Type is "array" or "object")
        {
            errors.Invalid(path.Child("type"), items.Type, "must be a scalar type if parent array's x-kubernetes-list-type is map");
        }

        if (!items.Required.Contains(name) && property.Default is null)
        {
            errors.Required(
                path.Child("default"), "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
        }

        if (property.Nullable)
        {
            errors.Forbidden(path.Child("nullable"), "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
        }
    }
}

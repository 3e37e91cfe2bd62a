using KubeLab.Api.Apiextensions;
using KubeLab.ApiServer.CustomResources.Rules;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.CustomResources.Definitions;

/// <summary>What is refused in the versions of a definition.</summary>
internal static class VersionValidation
{
    // Of a kind whose status has a path of its own, the status must be checkable without the rest.
    private static readonly string[] AllowedAtRoot =
    [
        "Description", "Type", "Format", "Title", "Maximum", "ExclusiveMaximum", "Minimum", "ExclusiveMinimum", "MaxLength", "MinLength", "Pattern",
        "MaxItems", "MinItems", "UniqueItems", "MultipleOf", "Required", "Items", "Properties", "ExternalDocs", "Example", "XPreserveUnknownFields",
        "XValidations",
    ];

    private static readonly string[] RefusedAtRoot = ["default", "enum", "allOf", "anyOf", "oneOf", "not", "additionalProperties", "x-kubernetes-map-type"];

    public static void Validate(CustomResourceDefinitionSpec spec, FieldErrors errors)
    {
        var paths = new HoistedPaths(spec);
        for (var i = 0; i < spec.Versions.Count; i++)
        {
            var version = spec.Versions[i];
            var path = HoistedPaths.Version(i);
            if (version.Schema?.OpenApiV3Schema is null)
            {
                errors.Required(path.Child("schema").Child("openAPIV3Schema"), "schemas are required");
            }

            if (NameRules.ServiceNameErrors(version.Name) is { Count: > 0 } problems)
            {
                errors.Invalid(path.Child("name"), version.Name, string.Join(",", problems));
            }

            Deprecation(version, path.Child("deprecationWarning"), errors);
            Schema(version, i, paths, errors);
            SubresourceValidation.Scale(version.Subresources?.Scale, paths.Subresources(i), errors);
            for (var c = 0; c < version.AdditionalPrinterColumns.Count; c++)
            {
                SubresourceValidation.Column(version.AdditionalPrinterColumns[c], paths.Column(i, c), errors);
            }
        }
    }

    private static void Deprecation(CustomResourceDefinitionVersion version, FieldPath path, FieldErrors errors)
    {
        if (version.DeprecationWarning is not { } warning)
        {
            return;
        }

        if (!version.Deprecated)
        {
            errors.Invalid(path, warning, "can only be set for deprecated versions");
        }
        else if (warning.Length > 256)
        {
            errors.Invalid(path, warning, "must be <= 256 characters long");
        }
        else if (warning.Length == 0)
        {
            errors.Invalid(path, warning, "must not be an empty string");
        }
        else if (warning.ToList().FindIndex(char.IsControl) is var at and >= 0)
        {
            errors.Invalid(path, warning, $"must only contain printable UTF-8 characters; non-printable character found at index {at}");
        }
    }

    private static void Schema(CustomResourceDefinitionVersion version, int i, HoistedPaths paths, FieldErrors errors)
    {
        StructuralSchema? schema;
        try
        {
            schema = SchemaReader.Read(version.Schema?.OpenApiV3Schema);
        }
        catch (FormatException wrong)
        {
            errors.Invalid(paths.Schema(i), "", wrong.Message);
            return;
        }

        if (schema is null)
        {
            return;
        }

        if (!paths.IsRepeated(i))
        {
            Schema(schema, version.Subresources?.Status is not null, paths.Schema(i), errors);
        }

        SelectableFieldPaths.Validate(version.SelectableFields, schema, paths.SelectableFields(i), errors);
    }

    private static void Schema(StructuralSchema schema, bool hasStatus, FieldPath path, FieldErrors errors)
    {
        if (hasStatus && schema.Type.Length > 0 && schema.Type != "object")
        {
            errors.Invalid(
                path.Child("type"), schema.Type, "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled");
        }
        else if (hasStatus && RefusedAtRoot.Any(schema.Says))
        {
            errors.Invalid(
                path,
                new Checking.Verbatim(schema.Source.GetRawText()),
                $"only [{string.Join(' ', AllowedAtRoot)}] fields are allowed at the root of the schema if the status subresource is enabled");
        }

        var structural = StructuralRules.Check(schema, path);
        errors.AddRange(structural);
        var others = new FieldErrors();
        SchemaRules.Check(schema, path, others);
        if (structural.Count == 0 && others.IsEmpty)
        {
            // What follows reads the schema as a whole, and a whole that is wrong would only be explained twice.
            DefaultRules.Check(schema, path, others);
            RuleRules.Check(schema, path, others);
        }

        errors.AddRange(others.Causes);
    }
}

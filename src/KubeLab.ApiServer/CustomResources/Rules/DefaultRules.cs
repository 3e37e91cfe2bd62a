using System.Text.Json.Nodes;
using KubeLab.ApiServer.CustomResources.Cel;
using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Rules;

/// <summary>Defaults must be what their own schema asks for, with nothing that would be pruned.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/apiserver/schema/defaulting/validation.go.</remarks>
internal static class DefaultRules
{
    public static void Check(StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        if (schema.Default is { } given)
        {
            CheckDefault(given, schema, path.Child("default"), errors);
        }

        foreach (var (name, property) in schema.Properties)
        {
            Check(property, path.Child("properties").Key(name), errors);
        }

        if (schema.Items is { } items)
        {
            Check(items, path.Child("items"), errors);
        }

        if (schema.AdditionalProperties is { } entry)
        {
            Check(entry, path.Child("additionalProperties"), errors);
        }
    }

    private static void CheckDefault(JsonNode given, StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        // What is inside an object is pruned and defaulted as it would be when the default is used.
        var holder = new JsonObject { ["default"] = given.DeepClone() };
        var holderSchema = new StructuralSchema { Source = schema.Source, Properties = { ["default"] = schema } };
        if (Pruning.Prune(holder, holderSchema).Count > 0)
        {
            errors.Invalid(path, new Verbatim(Api.GoJsonText.Compact(given)), "must not have unknown fields");
            return;
        }

        SchemaDefaults.Fill(holder, holderSchema);
        var value = holder["default"];
        foreach (var problem in SchemaCheck.Of(value, schema, path.ToString()).Problems)
        {
            problem.Report(errors);
        }

        ListTypes.Check(value, schema, path.ToString(), errors);
        new CelRules().Check(value, null, schema, path.ToString(), errors);
    }
}

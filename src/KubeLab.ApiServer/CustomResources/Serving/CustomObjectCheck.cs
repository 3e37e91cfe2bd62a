using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.ApiServer.CustomResources.Cel;
using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Serving;

/// <summary>What is refused in an object of a user's own kind.</summary>
internal sealed class CustomObjectCheck(StructuralSchema schema, CustomResourceSubresourceScale? scale)
{
    private const string RulesNotAsked =
        "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";

    private readonly CelRules rules = new();
    private readonly bool hasRules = HasRules(schema);

    /// <summary>Checks a whole object; <paramref name="old"/> is what it replaces, or null.</summary>
    public void Whole(CustomObject obj, CustomObject? old, FieldErrors errors)
    {
        var root = CustomJson.Of(obj);
        var before = old is null ? null : CustomJson.Of(old);
        var found = SchemaCheck.Of(root, schema, "", before);
        Report(found, errors);
        if (scale is not null)
        {
            Replicas(root, scale.SpecReplicasPath, errors);
            Replicas(root, scale.StatusReplicasPath, errors);
        }

        EmbeddedCheck.Of(root, schema, "", errors);
        Finish(root, before, schema, "", found, errors);
    }

    /// <summary>Checks the status alone, as it is written through its own path.</summary>
    public void Status(CustomObject obj, CustomObject old, FieldErrors errors)
    {
        var (root, before) = (CustomJson.Of(obj), CustomJson.Of(old));
        if (scale is not null)
        {
            Replicas(root, scale.StatusReplicasPath, errors);
        }

        if (schema.Properties.TryGetValue("status", out var status) && root.TryGetPropertyValue("status", out var value))
        {
            var found = SchemaCheck.Of(value, status, "status", before["status"]);
            Report(found, errors);
            Finish(value, before["status"], status, "status", found, errors);
        }
    }

    private static void Report(SchemaFindings found, FieldErrors errors) => found.Problems.ForEach(p => p.Report(errors));

    private void Finish(JsonNode? value, JsonNode? before, StructuralSchema shape, string path, SchemaFindings found, FieldErrors errors)
    {
        // A list that had something twice before may have it still.
        var lists = new FieldErrors();
        if (before is not null)
        {
            ListTypes.Check(before, shape, path, lists);
        }

        if (lists.IsEmpty)
        {
            ListTypes.Check(value, shape, path, errors);
        }

        if (!hasRules)
        {
            return;
        }

        if (found.Problems.Exists(p => p.StopsRules))
        {
            errors.Invalid(FieldPath.Root(SchemaProblem.Nowhere), null, RulesNotAsked);
        }
        else
        {
            rules.Check(value, before, shape, path, errors);
        }
    }

    private static void Replicas(JsonObject root, string path, FieldErrors errors)
    {
        if (DotPath.Find(root, path) is not { } value || value.GetValueKind() != System.Text.Json.JsonValueKind.Number || SchemaNumber.Whole(value) is not { } count)
        {
            return;
        }

        var place = FieldPath.Root(path.TrimStart('.'));
        if (count < 0)
        {
            errors.Invalid(place, count, "should be a non-negative integer");
        }
        else if (count > int.MaxValue)
        {
            errors.Invalid(place, count, $"should be less than or equal to {int.MaxValue}");
        }
    }

    private static bool HasRules(StructuralSchema schema) => schema.Rules.Count > 0 || schema.Properties.Values.Any(HasRules)
        || (schema.Items is { } items && HasRules(items)) || (schema.AdditionalProperties is { } entry && HasRules(entry));
}

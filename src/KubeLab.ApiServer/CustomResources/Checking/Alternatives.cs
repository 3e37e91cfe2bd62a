using System.Globalization;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.CustomResources.Schemas;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>Checks <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> and <c>not</c>; of alternatives that all fail, the one that agreed most explains.</summary>
/// <remarks>Upstream: schemaPropsValidator.</remarks>
internal static class Alternatives
{
    public static void Check(JsonNode value, StructuralSchema schema, string path, SchemaFindings found)
    {
        if (schema.AnyOf.Count > 0)
        {
            AnyOf(value, schema.AnyOf, path, found);
        }

        if (schema.OneOf.Count > 0)
        {
            OneOf(value, schema.OneOf, path, found);
        }

        if (schema.AllOf.Count > 0)
        {
            AllOf(value, schema.AllOf, path, found);
        }

        if (schema.Not is { } not && SchemaCheck.Of(value, not, path).IsValid)
        {
            found.Add(SchemaProblem.Composite($"{Quoted(path)} must not validate the schema (not)"));
        }

        found.Agreements++;
    }

    private static void AnyOf(JsonNode value, IReadOnlyList<StructuralSchema> schemas, string path, SchemaFindings found)
    {
        SchemaFindings? best = null;
        foreach (var schema in schemas)
        {
            var result = SchemaCheck.Of(value, schema, path);
            if (result.IsValid)
            {
                found.Merge(result);
                return;
            }

            best = best is null || result.Agreements > best.Agreements ? result : best;
        }

        found.Add(SchemaProblem.Composite($"{Quoted(path)} must validate at least one schema (anyOf)"));
        found.Merge(best!);
    }

    private static void OneOf(JsonNode value, IReadOnlyList<StructuralSchema> schemas, string path, SchemaFindings found)
    {
        SchemaFindings? best = null;
        SchemaFindings? first = null;
        var valid = 0;
        foreach (var result in schemas.Select(schema => SchemaCheck.Of(value, schema, path)))
        {
            if (result.IsValid)
            {
                valid++;
                first ??= result;
            }
            else
            {
                best = best is null || result.Agreements > best.Agreements ? result : best;
            }
        }

        if (valid == 1)
        {
            found.Merge(first!);
            return;
        }

        var more = valid == 0 ? "Found none valid" : string.Create(CultureInfo.InvariantCulture, $"Found {valid} valid alternatives");
        found.Add(SchemaProblem.Composite($"{Quoted(path)} must validate one and only one schema (oneOf). {more}"));
        if (valid == 0)
        {
            found.Merge(best!);
        }
    }

    private static void AllOf(JsonNode value, IReadOnlyList<StructuralSchema> schemas, string path, SchemaFindings found)
    {
        var valid = 0;
        foreach (var result in schemas.Select(schema => SchemaCheck.Of(value, schema, path)))
        {
            valid += result.IsValid ? 1 : 0;
            found.Merge(result);
        }

        if (valid < schemas.Count)
        {
            found.Add(SchemaProblem.Composite($"{Quoted(path)} must validate all the schemas (allOf){(valid == 0 ? ". None validated" : "")}"));
        }
    }

    private static string Quoted(string path) => Api.GoQuote.Quote(path);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.CustomResources.Schemas;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>Checks texts and numbers: bounds, lengths, patterns, formats.</summary>
internal static class ScalarCheck
{
    public static void Check(JsonNode value, StructuralSchema schema, string path, SchemaFindings found)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                Text(value.GetValue<string>(), schema, path, found);
                break;
            case JsonValueKind.Number:
                Number(value, schema, path, found);
                break;
            default:
                break;
        }
    }

    private static void Text(string text, StructuralSchema schema, string path, SchemaFindings found)
    {
        // Lengths count characters, and a character beyond the basic plane is one.
        var length = schema.MaxLength is null && schema.MinLength is null ? 0 : text.EnumerateRunes().Count();
        if (schema.MaxLength is { } max && length > max)
        {
            found.Add(new SchemaProblem(e => e.TooLong(SchemaProblem.Place(path), (int)max), StopsRules: true));
        }
        else if (schema.MinLength is { } min && length < min)
        {
            found.Add(SchemaProblem.Invalid(path, text, string.Create(CultureInfo.InvariantCulture, $"{SchemaProblem.Named(path)}in body should be at least {min} chars long")));
        }
        else if (schema.Matcher is { } pattern && !pattern.Matches(text))
        {
            found.Add(SchemaProblem.Invalid(path, text, $"{SchemaProblem.Named(path)}in body should match '{schema.Pattern}'"));
        }

        if (schema.Format.Length > 0 && !TextFormats.Fits(schema.Format, text))
        {
            found.Add(new SchemaProblem(
                e => e.TypeInvalid(
                    SchemaProblem.Place(path), text, $"{SchemaProblem.Named(path)}in body must be of type {schema.Format}: {Api.GoQuote.Quote(text)}"),
                StopsRules: true));
        }

        found.Agreements += 2;
    }

    private static void Number(JsonNode value, StructuralSchema schema, string path, SchemaFindings found)
    {
        var number = SchemaNumber.Of(value);
        var shown = new Verbatim(SchemaNumber.IsWhole(value) ? value.ToJsonString() : SchemaNumber.Shown(number));
        void Refuse(string detail) => found.Add(SchemaProblem.Invalid(path, shown, $"{SchemaProblem.Named(path)}in body should {detail}"));
        if (!IsInRange(value, schema))
        {
            found.Add(SchemaProblem.Composite($"Checked value must be of type {schema.Type} with format {schema.Format} in {path}"));
        }

        if (schema.MultipleOf is { } step && step > 0 && !double.IsInteger(number / step))
        {
            Refuse($"be a multiple of {SchemaNumber.Bound(step, value)}");
        }

        if (schema.Maximum is { } max && (number > max || (schema.ExclusiveMaximum && number == max)))
        {
            Refuse($"be less than {(schema.ExclusiveMaximum ? "" : "or equal to ")}{SchemaNumber.Bound(max, value)}");
        }

        if (schema.Minimum is { } min && (number < min || (schema.ExclusiveMinimum && number == min)))
        {
            Refuse($"be greater than {(schema.ExclusiveMinimum ? "" : "or equal to ")}{SchemaNumber.Bound(min, value)}");
        }

        found.Agreements++;
    }

    private static bool IsInRange(JsonNode value, StructuralSchema schema) => (schema.Type, schema.Format) switch
    {
        ("integer", "int32") => SchemaNumber.Whole(value) is not { } whole || whole is >= int.MinValue and <= int.MaxValue,
        ("integer", "uint32") => SchemaNumber.Whole(value) is not { } whole || whole is >= 0 and <= uint.MaxValue,
        ("integer", "uint64") => SchemaNumber.Whole(value) is not { } whole || whole >= 0,
        _ => true,
    };
}

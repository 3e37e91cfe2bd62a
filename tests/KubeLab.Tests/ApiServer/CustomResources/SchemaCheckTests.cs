using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.Registry;

namespace KubeLab.Tests.ApiServer.CustomResources;

/// <summary>Texts of kube-openapi/pkg/validation/errors, as apiextensions' validation reports them.</summary>
public sealed class SchemaCheckTests
{
    [Theory]
    [InlineData("{type: integer}", "abc", "Invalid value: \"string\": spec.a in body must be of type integer: \"string\"")]
    [InlineData("{type: integer}", "1.5", "Invalid value: \"number\": spec.a in body must be of type integer: \"number\"")]
    [InlineData("{type: string}", "1", "Invalid value: \"integer\": spec.a in body must be of type string: \"integer\"")]
    [InlineData("{type: string}", "[x]", "Invalid value: \"array\": spec.a in body must be of type string: \"array\"")]
    [InlineData("{type: boolean}", "{x: 1}", "Invalid value: \"object\": spec.a in body must be of type boolean: \"object\"")]
    [InlineData("{type: string}", "null", "Invalid value: \"null\": spec.a in body must be of type string: \"null\"")]
    [InlineData("{type: integer, minimum: 1}", "0", "Invalid value: 0: spec.a in body should be greater than or equal to 1")]
    [InlineData("{type: integer, minimum: 1, exclusiveMinimum: true}", "1", "Invalid value: 1: spec.a in body should be greater than 1")]
    [InlineData("{type: integer, maximum: 10}", "11", "Invalid value: 11: spec.a in body should be less than or equal to 10")]
    [InlineData("{type: number, maximum: 0.5, exclusiveMaximum: true}", "0.5", "Invalid value: 0.5: spec.a in body should be less than 0.5")]
    [InlineData("{type: integer, multipleOf: 5}", "7", "Invalid value: 7: spec.a in body should be a multiple of 5")]
    [InlineData("{type: string, minLength: 3}", "ab", "Invalid value: \"ab\": spec.a in body should be at least 3 chars long")]
    [InlineData("{type: string, maxLength: 3}", "abcd", "Too long: may not be more than 3 bytes")]
    [InlineData("{type: string, pattern: '^a+$'}", "b", "Invalid value: \"b\": spec.a in body should match '^a+$'")]
    [InlineData("{type: string, format: date}", "soon", "Invalid value: \"soon\": spec.a in body must be of type date: \"soon\"")]
    [InlineData("{type: string, enum: [a, b]}", "c", "Unsupported value: \"c\": supported values: \"a\", \"b\"")]
    [InlineData("{type: integer, enum: [1, 2]}", "3", "Unsupported value: 3: supported values: \"1\", \"2\"")]
    [InlineData("{type: array, items: {type: string}, minItems: 1}", "[]", "Invalid value: 0: spec.a in body should have at least 1 items")]
    [InlineData("{type: array, items: {type: string}, maxItems: 1}", "[a, b]", "Too many: 2: must have at most 1 item")]
    [InlineData("{type: object, minProperties: 1}", "{}", "Invalid value: 0: spec.a in body should have at least 1 properties")]
    [InlineData("{type: object, maxProperties: 1, additionalProperties: {type: string}}", "{a: x, b: y}", "Too many: 2: must have at most 1 item")]
    [InlineData("{x-kubernetes-int-or-string: true}", "true", "Invalid value: \"boolean\": spec.a in body must be of type integer,string: \"boolean\"")]
    public void What_is_wrong_is_said_in_upstreams_words(string schema, string value, string why) =>
        Assert.Equal([$"spec.a: {why}"], Problems(schema, value));

    [Theory]
    [InlineData("{type: object, required: [b]}", "{}", "spec.a.b: Required value")]
    [InlineData("{type: array, items: {type: object, properties: {b: {type: string}}}}", "[{b: 1}]", "spec.a[0].b: Invalid value: \"integer\": spec.a[0].b in body must be of type string: \"integer\"")]
    [InlineData("{type: object, additionalProperties: {type: integer}}", "{k: v}", "spec.a.k: Invalid value: \"string\": spec.a.k in body must be of type integer: \"string\"")]
    [InlineData("{type: integer, format: int32}", "3000000000", "<nil>: Invalid value: \"\": Checked value must be of type integer with format int32 in spec.a")]
    [InlineData("{type: string, not: {enum: [x]}}", "x", "<nil>: Invalid value: \"\": \"spec.a\" must not validate the schema (not)")]
    public void It_is_said_where(string schema, string value, string why) => Assert.Equal([why], Problems(schema, value));

    [Fact]
    public void Alternatives_that_all_fail_are_explained_by_the_one_that_came_nearest()
    {
        const string Schema = "{type: object, properties: {x: {type: integer}, z: {type: integer}}, oneOf: [{required: [x]}, {required: [z]}]}";
        Assert.Equal(
            ["<nil>: Invalid value: \"\": \"spec.a\" must validate one and only one schema (oneOf). Found none valid", "spec.a.x: Required value"],
            Problems(Schema, "{}"));
        Assert.Equal(
            ["<nil>: Invalid value: \"\": \"spec.a\" must validate one and only one schema (oneOf). Found 2 valid alternatives"],
            Problems(Schema, "{x: 1, z: 2}"));
        Assert.Empty(Problems(Schema, "{x: 1}"));
        Assert.Equal(
            ["<nil>: Invalid value: \"\": \"spec.a\" must validate at least one schema (anyOf)", "spec.a: Invalid value: 5: spec.a in body should be less than or equal to 3"],
            Problems("{type: integer, anyOf: [{maximum: 3}, {minimum: 10}]}", "5"));
        Assert.Equal(
            ["spec.a: Invalid value: 5: spec.a in body should be greater than or equal to 10", "<nil>: Invalid value: \"\": \"spec.a\" must validate all the schemas (allOf)"],
            Problems("{type: integer, allOf: [{maximum: 7}, {minimum: 10}]}", "5"));
    }

    [Theory]
    [InlineData("{type: string, nullable: true}", "null")]
    [InlineData("{type: integer}", "1.0")]
    [InlineData("{type: number}", "1")]
    [InlineData("{x-kubernetes-int-or-string: true}", "80")]
    [InlineData("{x-kubernetes-int-or-string: true}", "http")]
    [InlineData("{type: string, maxLength: 3}", "äöü")]
    [InlineData("{type: string, format: unheard-of}", "x")]
    public void This_is_fine(string schema, string value) => Assert.Empty(Problems(schema, value));

    [Fact]
    public void What_was_wrong_before_and_stays_is_let_pass()
    {
        var schema = CustomRig.Schema("{type: object, properties: {a: {type: string, maxLength: 1}, b: {type: string, maxLength: 1}}}");
        var old = CustomRig.Value("{a: long, b: x}");
        Assert.True(SchemaCheck.Of(CustomRig.Value("{a: long, b: z}"), schema, "", old).IsValid);
        Assert.False(SchemaCheck.Of(CustomRig.Value("{a: longer, b: x}"), schema, "", old).IsValid);
    }

    private static List<string> Problems(string schema, string value)
    {
        var errors = new FieldErrors();
        SchemaCheck.Of(CustomRig.Value(value), CustomRig.Schema(schema), "spec.a").Problems.ForEach(p => p.Report(errors));
        return [.. errors.Causes.Select(c => $"{c.Field}: {c.Message}")];
    }
}

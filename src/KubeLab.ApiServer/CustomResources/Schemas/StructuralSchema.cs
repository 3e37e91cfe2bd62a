using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.CustomResources.Checking;

namespace KubeLab.ApiServer.CustomResources.Schemas;

/// <summary>What a value of a user's own kind may be: one node of its OpenAPI schema, read once.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/apiserver/schema.Structural.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">
/// Specifying a structural schema</seealso>
internal sealed class StructuralSchema
{
    /// <summary>The node as it was written.</summary>
    public required JsonElement Source { get; init; }

    /// <summary><c>object</c>, <c>array</c>, <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, or empty.</summary>
    public string Type { get; init; } = "";

    public string Format { get; init; } = "";

    public bool Nullable { get; init; }

    /// <summary>What stands where nothing was said; null when nothing does.</summary>
    public JsonNode? Default { get; init; }

    public double? Maximum { get; init; }

    public bool ExclusiveMaximum { get; init; }

    public double? Minimum { get; init; }

    public bool ExclusiveMinimum { get; init; }

    public double? MultipleOf { get; init; }

    public long? MaxLength { get; init; }

    public long? MinLength { get; init; }

    public string Pattern { get; init; } = "";

    /// <summary>The pattern, ready to be looked for; null when there is none.</summary>
    public GoPattern? Matcher => Pattern.Length == 0 ? null : field ??= new GoPattern(Pattern);

    public long? MaxItems { get; init; }

    public long? MinItems { get; init; }

    public long? MaxProperties { get; init; }

    public long? MinProperties { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The values it may have; empty when it may have any.</summary>
    public IReadOnlyList<JsonNode?> Enum { get; init; } = [];

    /// <summary>What the elements of a list are.</summary>
    public StructuralSchema? Items { get; init; }

    /// <summary>What the named fields of an object are, in order of their names.</summary>
    public SortedDictionary<string, StructuralSchema> Properties { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What the entries of a map are; null when it is no map, or one of anything.</summary>
    public StructuralSchema? AdditionalProperties { get; init; }

    /// <summary>Whether entries without a schema are allowed, when that is said.</summary>
    public bool? AllowsAdditional { get; init; }

    public IReadOnlyList<StructuralSchema> AllOf { get; init; } = [];

    public IReadOnlyList<StructuralSchema> AnyOf { get; init; } = [];

    public IReadOnlyList<StructuralSchema> OneOf { get; init; } = [];

    public StructuralSchema? Not { get; init; }

    /// <summary><c>x-kubernetes-preserve-unknown-fields</c>, or null when it is not said.</summary>
    public bool? PreserveUnknownFields { get; init; }

    /// <summary><c>x-kubernetes-embedded-resource</c>: it is an object with apiVersion, kind and metadata.</summary>
    public bool EmbeddedResource { get; init; }

    /// <summary><c>x-kubernetes-int-or-string</c>.</summary>
    public bool IntOrString { get; init; }

    /// <summary><c>x-kubernetes-list-type</c>: <c>atomic</c>, <c>set</c>, <c>map</c>, or null.</summary>
    public string? ListType { get; init; }

    /// <summary><c>x-kubernetes-list-map-keys</c>: by which fields the elements are told apart.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary><c>x-kubernetes-map-type</c>: <c>atomic</c>, <c>granular</c>, or null.</summary>
    public string? MapType { get; init; }

    /// <summary><c>x-kubernetes-validations</c>.</summary>
    public IReadOnlyList<SchemaRule> Rules { get; init; } = [];

    /// <summary>Whether fields that it does not name are kept.</summary>
    public bool KeepsUnknownFields => PreserveUnknownFields == true;

    /// <summary>Whether it is an object whose entries may have any name.</summary>
    public bool IsMap => AdditionalProperties is not null || AllowsAdditional == true;

    /// <summary>Whether a field was given, whatever its value.</summary>
    public bool Says(string field) => Source.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>The schema of the field <paramref name="name"/> of an object; null when there is none.</summary>
    public StructuralSchema? Field(string name) => Properties.GetValueOrDefault(name) ?? AdditionalProperties;
}

/// <summary>One rule over a value and what is in it, written in CEL.</summary>
internal sealed record SchemaRule(string Rule, string Message, string MessageExpression, string? Reason, string FieldPath, bool? OptionalOldSelf);

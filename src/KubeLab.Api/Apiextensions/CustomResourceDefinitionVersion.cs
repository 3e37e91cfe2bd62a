using System.Text.Json.Serialization;

namespace KubeLab.Api.Apiextensions;

/// <summary>One version of a user's own kind.</summary>
public sealed record CustomResourceDefinitionVersion : ApiRecord
{
    /// <summary>Its name, for example <c>v1beta1</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Whether it is served.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Served { get; init; }

    /// <summary>Whether objects are stored in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Storage { get; init; }

    /// <summary>Whether those who still use it are warned.</summary>
    public bool Deprecated { get; init; }

    /// <summary>The warning, when the usual one will not do.</summary>
    public string? DeprecationWarning { get; init; }

    /// <summary>What its objects look like.</summary>
    public CustomResourceValidation? Schema { get; init; }

    /// <summary>Which subresources its objects have.</summary>
    public CustomResourceSubresources? Subresources { get; init; }

    /// <summary>The columns of tables behind the name; the age when there are none.</summary>
    public ValueList<CustomResourceColumnDefinition> AdditionalPrinterColumns { get; init; }

    /// <summary>The fields that field selectors may ask for besides name and namespace.</summary>
    public ValueList<SelectableField> SelectableFields { get; init; }
}

/// <summary>What the objects of a version look like.</summary>
public sealed record CustomResourceValidation : ApiRecord
{
    /// <summary>The schema, in the form of OpenAPI v3; kept as it was written.</summary>
    [JsonPropertyName("openAPIV3Schema")]
    public OpaqueObject? OpenApiV3Schema { get; init; }
}

/// <summary>Which subresources the objects of a version have.</summary>
public sealed record CustomResourceSubresources : ApiRecord
{
    /// <summary>Present, though empty, when the status is written through a path of its own.</summary>
    public OpaqueObject? Status { get; init; }

    /// <summary>Where the number of copies stands, when objects can be scaled.</summary>
    public CustomResourceSubresourceScale? Scale { get; init; }
}

/// <summary>Where the number of copies stands in an object that can be scaled.</summary>
public sealed record CustomResourceSubresourceScale : ApiRecord
{
    /// <summary>The wish, a path under <c>.spec</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string SpecReplicasPath { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The state, a path under <c>.status</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string StatusReplicasPath { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The selector of the copies as text, a path under <c>.spec</c> or <c>.status</c>.</summary>
    public string? LabelSelectorPath { get; init; }
}

/// <summary>One column of the tables of a version.</summary>
public sealed record CustomResourceColumnDefinition : ApiRecord
{
    /// <summary>Its heading.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>boolean</c>, <c>date</c>, <c>integer</c>, <c>number</c> or <c>string</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>More about the type, for example <c>int32</c>.</summary>
    public string? Format { get; init; }

    /// <summary>What it shows.</summary>
    public string? Description { get; init; }

    /// <summary>0 is always shown, more with <c>-o wide</c> only.</summary>
    public int Priority { get; init; }

    /// <summary>Where its value stands in an object.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string JsonPath { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>A field that field selectors may ask for.</summary>
public sealed record SelectableField : ApiRecord
{
    /// <summary>Where it stands, for example <c>.spec.color</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string JsonPath { get => field ?? ""; init => field = value is "" ? null : value; }
}

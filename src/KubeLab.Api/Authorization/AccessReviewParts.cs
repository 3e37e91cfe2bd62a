using System.Text.Json.Serialization;

namespace KubeLab.Api.Authorization;

/// <summary>What somebody would do.</summary>
public sealed record SubjectAccessReviewSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static SubjectAccessReviewSpec Empty { get; } = new();

    /// <summary>Something with a resource.</summary>
    public ResourceAttributes? ResourceAttributes { get; init; }

    /// <summary>Something with another path.</summary>
    public NonResourceAttributes? NonResourceAttributes { get; init; }

    /// <summary>Who.</summary>
    public string? User { get; init; }

    /// <summary>The groups of that one.</summary>
    public ValueList<string> Groups { get; init; }

    /// <summary>What else is known of that one.</summary>
    public OpaqueObject? Extra { get; init; }

    /// <summary>The uid of that one.</summary>
    public string? Uid { get; init; }
}

/// <summary>Something to do with a resource.</summary>
public sealed record ResourceAttributes : ApiRecord
{
    /// <summary>Where; absent for everywhere, or for what has no namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>What.</summary>
    public string? Verb { get; init; }

    /// <summary>The API group.</summary>
    public string? Group { get; init; }

    /// <summary>The version.</summary>
    public string? Version { get; init; }

    /// <summary>The resource.</summary>
    public string? Resource { get; init; }

    /// <summary>The subresource.</summary>
    public string? Subresource { get; init; }

    /// <summary>The object; absent for all.</summary>
    public string? Name { get; init; }

    /// <summary>Which objects, by fields.</summary>
    public OpaqueObject? FieldSelector { get; init; }

    /// <summary>Which objects, by labels.</summary>
    public OpaqueObject? LabelSelector { get; init; }
}

/// <summary>Something to do with a path that is no resource.</summary>
public sealed record NonResourceAttributes : ApiRecord
{
    /// <summary>The path.</summary>
    public string? Path { get; init; }

    /// <summary>What.</summary>
    public string? Verb { get; init; }
}

/// <summary>Whether it may be done.</summary>
public sealed record SubjectAccessReviewStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static SubjectAccessReviewStatus Empty { get; } = new();

    /// <summary>Whether it may.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Allowed { get; init; }

    /// <summary>Whether it is forbidden outright, whatever others allow.</summary>
    public bool Denied { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong in finding out.</summary>
    public string? EvaluationError { get; init; }
}

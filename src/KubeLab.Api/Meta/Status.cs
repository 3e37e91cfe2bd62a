using System.Text.Json.Serialization;

namespace KubeLab.Api.Meta;

/// <summary>The server's answer when there is no object to return, above all when something failed.</summary>
public sealed record Status : ApiRecord
{
    /// <summary>Always <c>v1</c>.</summary>
    public string ApiVersion { get; } = "v1";

    /// <summary>Always <c>Status</c>.</summary>
    public string Kind { get; } = "Status";

    /// <summary>Carries the continue token of an expired list.</summary>
    public ListMeta Metadata { get => field ?? ListMeta.Empty; init => field = value == ListMeta.Empty ? null : value; }

    /// <summary><c>Success</c> or <c>Failure</c>.</summary>
    [JsonPropertyName("status")]
    public string? State { get; init; }

    /// <summary>For people.</summary>
    public string? Message { get; init; }

    /// <summary>For programs, in one word.</summary>
    public string? Reason { get; init; }

    /// <summary>What it is about.</summary>
    public StatusDetails? Details { get; init; }

    /// <summary>The HTTP status code.</summary>
    public int Code { get; init; }
}

/// <summary>What a <see cref="Status"/> is about.</summary>
public sealed record StatusDetails : ApiRecord
{
    /// <summary>The object's name.</summary>
    public string? Name { get; init; }

    /// <summary>The API group.</summary>
    public string? Group { get; init; }

    /// <summary>The kind or resource.</summary>
    public string? Kind { get; init; }

    /// <summary>The object's identity.</summary>
    public string? Uid { get; init; }

    /// <summary>One line for each thing that is wrong.</summary>
    public ValueList<StatusCause> Causes { get; init; }

    /// <summary>When to try again, in seconds; 0 when nothing is said.</summary>
    public int RetryAfterSeconds { get; init; }
}

/// <summary>One thing that is wrong, with its field.</summary>
public sealed record StatusCause : ApiRecord
{
    /// <summary>For programs.</summary>
    public string? Reason { get; init; }

    /// <summary>For people.</summary>
    public string? Message { get; init; }

    /// <summary>The field, as a path such as <c>spec.containers[0].image</c>.</summary>
    public string? Field { get; init; }
}

/// <summary>What a list or a status carries.</summary>
public sealed record ListMeta : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ListMeta Empty { get; } = new();

    /// <summary>The store's revision that the list shows.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Where the next chunk begins; absent on the last.</summary>
    public string? Continue { get; init; }

    /// <summary>How many come after this chunk, where that is known.</summary>
    public long? RemainingItemCount { get; init; }
}

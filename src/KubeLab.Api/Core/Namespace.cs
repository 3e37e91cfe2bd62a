using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Core;

/// <summary>A place in which names are unique.</summary>
public sealed record Namespace : ApiRecord, IApiObject<Namespace>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "namespaces", "Namespace", false, "ns", "", "status,finalize");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "Namespace";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What must happen before it goes.</summary>
    public NamespaceSpec? Spec { get; init; }

    /// <summary>Where it is in its life.</summary>
    public NamespaceStatus? Status { get; init; }

    /// <inheritdoc/>
    public Namespace WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What must happen before a namespace goes.</summary>
public sealed record NamespaceSpec : ApiRecord
{
    /// <summary><c>kubernetes</c> until its contents are gone.</summary>
    public ValueList<string> Finalizers { get; init; }
}

/// <summary>Where a namespace is in its life.</summary>
public sealed record NamespaceStatus : ApiRecord
{
    /// <summary><c>Active</c> or <c>Terminating</c>.</summary>
    public string? Phase { get; init; }

    /// <summary>What keeps it from going.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }
}

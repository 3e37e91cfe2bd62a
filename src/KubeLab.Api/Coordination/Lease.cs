using KubeLab.Api.Meta;

namespace KubeLab.Api.Coordination;

/// <summary>A claim that expires unless it is renewed: node heartbeats and leaders.</summary>
public sealed record Lease : ApiRecord, IApiObject<Lease>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("coordination.k8s.io/v1", "leases", "Lease", true, "", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "coordination.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "Lease";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>Who holds it, and until when.</summary>
    public LeaseSpec Spec { get => field ?? LeaseSpec.Empty; init => field = value == LeaseSpec.Empty ? null : value; }

    /// <inheritdoc/>
    public Lease WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>Who holds a lease, and until when.</summary>
public sealed record LeaseSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static LeaseSpec Empty { get; } = new();

    /// <summary>The holder.</summary>
    public string? HolderIdentity { get; init; }

    /// <summary>Seconds after the last renewal at which others may take it.</summary>
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>When the holder took it.</summary>
    public MicroTime? AcquireTime { get; init; }

    /// <summary>When it was last renewed.</summary>
    public MicroTime? RenewTime { get; init; }

    /// <summary>How often it changed hands.</summary>
    public int? LeaseTransitions { get; init; }
}

using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>How much all objects of a namespace may use together.</summary>
public sealed record ResourceQuota : ApiRecord, IApiObject<ResourceQuota>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "resourcequotas", "ResourceQuota", true, "quota", "", "status");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "ResourceQuota";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is set.</summary>
    public ResourceQuotaSpec Spec
    {
        get => field ?? ResourceQuotaSpec.Empty;
        init => field = value == ResourceQuotaSpec.Empty ? null : value;
    }

    /// <summary>What is used.</summary>
    public ResourceQuotaStatus Status
    {
        get => field ?? ResourceQuotaStatus.Empty;
        init => field = value == ResourceQuotaStatus.Empty ? null : value;
    }

    /// <inheritdoc/>
    public ResourceQuota WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What a quota sets.</summary>
public sealed record ResourceQuotaSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ResourceQuotaSpec Empty { get; } = new();

    /// <summary>The bounds by resource.</summary>
    public ResourceList Hard { get; init; }

    /// <summary>Which objects count.</summary>
    public OpaqueObject? ScopeSelector { get; init; }

    /// <summary>Which objects count.</summary>
    public ValueList<string> Scopes { get; init; }
}

/// <summary>What is used of a quota.</summary>
public sealed record ResourceQuotaStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ResourceQuotaStatus Empty { get; } = new();

    /// <summary>The bounds in force.</summary>
    public ResourceList Hard { get; init; }

    /// <summary>What is used.</summary>
    public ResourceList Used { get; init; }
}

using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Authentication;

/// <summary>The wish for a token of a service account.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#token-request-api">TokenRequest API</seealso>
public sealed record TokenRequest : ApiRecord, IApiObject<TokenRequest>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("authentication.k8s.io/v1", "tokenrequests", "TokenRequest", true);

    /// <inheritdoc/>
    public string ApiVersion => "authentication.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "TokenRequest";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What the token is to be like.</summary>
    public TokenRequestSpec Spec { get => field ?? TokenRequestSpec.Empty; init => field = value == TokenRequestSpec.Empty ? null : value; }

    /// <summary>The token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TokenRequestStatus Status { get => field ?? TokenRequestStatus.Empty; init => field = value == TokenRequestStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public TokenRequest WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What a token is to be like.</summary>
public sealed record TokenRequestSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static TokenRequestSpec Empty { get; } = new();

    /// <summary>For whom it is; absent for the API server.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<string> Audiences { get; init; }

    /// <summary>How long it is valid; an hour when absent.</summary>
    public long? ExpirationSeconds { get; init; }

    /// <summary>With which object it ends.</summary>
    public BoundObjectReference? BoundObjectRef { get; init; }
}

/// <summary>The object with which a token ends.</summary>
public sealed record BoundObjectReference : ApiRecord
{
    /// <summary><c>Pod</c> or <c>Secret</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Its version.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its uid.</summary>
    public string? Uid { get; init; }
}

/// <summary>A token.</summary>
public sealed record TokenRequestStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static TokenRequestStatus Empty { get; } = new();

    /// <summary>The token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Token { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>When it ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Timestamp? ExpirationTimestamp { get; init; }
}

using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Authentication;

/// <summary>The question whom a token proves.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication">Token reviews</seealso>
public sealed record TokenReview : ApiRecord, IApiObject<TokenReview>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("authentication.k8s.io/v1", "tokenreviews", "TokenReview", false) with { Verbs = ["create"] };

    /// <inheritdoc/>
    public string ApiVersion => "authentication.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "TokenReview";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The token.</summary>
    public TokenReviewSpec Spec { get => field ?? TokenReviewSpec.Empty; init => field = value == TokenReviewSpec.Empty ? null : value; }

    /// <summary>The answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TokenReviewStatus Status { get => field ?? TokenReviewStatus.Empty; init => field = value == TokenReviewStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public TokenReview WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>A token.</summary>
public sealed record TokenReviewSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static TokenReviewSpec Empty { get; } = new();

    /// <summary>The token.</summary>
    public string? Token { get; init; }

    /// <summary>For whom it must be; absent for the API server.</summary>
    public ValueList<string> Audiences { get; init; }
}

/// <summary>Whom a token proves.</summary>
public sealed record TokenReviewStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static TokenReviewStatus Empty { get; } = new();

    /// <summary>Whether it proves anybody.</summary>
    public bool Authenticated { get; init; }

    /// <summary>Whom.</summary>
    public UserInfo User { get => field ?? UserInfo.Empty; init => field = value == UserInfo.Empty ? null : value; }

    /// <summary>For which of those asked for it is.</summary>
    public ValueList<string> Audiences { get; init; }

    /// <summary>Why it proves nobody.</summary>
    public string? Error { get; init; }
}

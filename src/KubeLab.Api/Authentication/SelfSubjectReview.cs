using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Authentication;

/// <summary>The question who one is.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#self-subject-review">API access to authentication information</seealso>
public sealed record SelfSubjectReview : ApiRecord, IApiObject<SelfSubjectReview>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("authentication.k8s.io/v1", "selfsubjectreviews", "SelfSubjectReview", false) with { Verbs = ["create"] };

    /// <inheritdoc/>
    public string ApiVersion => "authentication.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "SelfSubjectReview";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SelfSubjectReviewStatus Status { get => field ?? SelfSubjectReviewStatus.Empty; init => field = value == SelfSubjectReviewStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public SelfSubjectReview WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>Who one is.</summary>
public sealed record SelfSubjectReviewStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static SelfSubjectReviewStatus Empty { get; } = new();

    /// <summary>Name and groups.</summary>
    public UserInfo UserInfo { get => field ?? UserInfo.Empty; init => field = value == UserInfo.Empty ? null : value; }
}

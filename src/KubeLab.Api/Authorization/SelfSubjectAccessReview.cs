using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Authorization;

/// <summary>The question whether one may do something oneself.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access">Checking API access</seealso>
public sealed record SelfSubjectAccessReview : ApiRecord, IApiObject<SelfSubjectAccessReview>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("authorization.k8s.io/v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false) with { Verbs = ["create"] };

    /// <inheritdoc/>
    public string ApiVersion => "authorization.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "SelfSubjectAccessReview";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The question.</summary>
    public SelfSubjectAccessReviewSpec Spec { get => field ?? SelfSubjectAccessReviewSpec.Empty; init => field = value == SelfSubjectAccessReviewSpec.Empty ? null : value; }

    /// <summary>The answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SubjectAccessReviewStatus Status { get => field ?? SubjectAccessReviewStatus.Empty; init => field = value == SubjectAccessReviewStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public SelfSubjectAccessReview WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What one would do.</summary>
public sealed record SelfSubjectAccessReviewSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static SelfSubjectAccessReviewSpec Empty { get; } = new();

    /// <summary>Something with a resource.</summary>
    public ResourceAttributes? ResourceAttributes { get; init; }

    /// <summary>Something with another path.</summary>
    public NonResourceAttributes? NonResourceAttributes { get; init; }
}

using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Authorization;

/// <summary>The question whether somebody may do something in one namespace.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access">Checking API access</seealso>
public sealed record LocalSubjectAccessReview : ApiRecord, IApiObject<LocalSubjectAccessReview>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("authorization.k8s.io/v1", "localsubjectaccessreviews", "LocalSubjectAccessReview", true) with { Verbs = ["create"] };

    /// <inheritdoc/>
    public string ApiVersion => "authorization.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "LocalSubjectAccessReview";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The question.</summary>
    public SubjectAccessReviewSpec Spec { get => field ?? SubjectAccessReviewSpec.Empty; init => field = value == SubjectAccessReviewSpec.Empty ? null : value; }

    /// <summary>The answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SubjectAccessReviewStatus Status { get => field ?? SubjectAccessReviewStatus.Empty; init => field = value == SubjectAccessReviewStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public LocalSubjectAccessReview WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

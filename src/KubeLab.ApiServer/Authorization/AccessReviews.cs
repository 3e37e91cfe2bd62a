using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Authorization;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Authorization;

/// <summary>Reads the questions of access reviews, and says what is wrong with them.</summary>
/// <remarks>Upstream: pkg/apis/authorization/validation/validation.go.</remarks>
internal static class AccessReviews
{
    private static readonly FieldPath Resource = FieldPath.Spec.Child("resourceAttributes");

    public static void Validate(IApiObject review, FieldErrors errors)
    {
        switch (review)
        {
            case SelfSubjectAccessReview self:
                OneOfBoth(self.Spec.ResourceAttributes, self.Spec.NonResourceAttributes, errors);
                break;
            case SubjectAccessReview subject:
                Spec(subject.Spec, errors);
                break;
            case LocalSubjectAccessReview local:
                Spec(local.Spec, errors);
                Local(local, errors);
                break;
            case SelfSubjectRulesReview { Spec.Namespace: null or "" }:
                throw ApiErrors.BadRequest("no namespace on request");
            case TokenReview { Spec.Token: null or "" }:
                throw ApiErrors.BadRequest("token is required for TokenReview in authentication");
            default:
                break;
        }

        if (review is SelfSubjectAccessReview or SubjectAccessReview or LocalSubjectAccessReview)
        {
            Metadata(review.Metadata with { ManagedFields = default, Namespace = review is LocalSubjectAccessReview ? null : review.Metadata.Namespace }, errors);
        }
    }

    public static RequestAttributes Wish(SubjectAccessReviewSpec spec) => Wish(
        spec.ResourceAttributes,
        spec.NonResourceAttributes,
        new UserInfo { Username = spec.User, Groups = spec.Groups, Uid = spec.Uid, Extra = spec.Extra });

    public static RequestAttributes Wish(ResourceAttributes? resource, NonResourceAttributes? other, UserInfo user) => resource is null
        ? new RequestAttributes { User = user, Verb = other?.Verb ?? "", Path = other?.Path ?? "" }
        : new RequestAttributes
        {
            User = user,
            Verb = resource.Verb ?? "",
            Group = resource.Group ?? "",
            Resource = resource.Resource ?? "",
            Subresource = resource.Subresource ?? "",
            Namespace = resource.Namespace ?? "",
            Name = resource.Name ?? "",
        };

    private static void Spec(SubjectAccessReviewSpec spec, FieldErrors errors)
    {
        OneOfBoth(spec.ResourceAttributes, spec.NonResourceAttributes, errors);
        if (string.IsNullOrEmpty(spec.User) && spec.Groups.IsEmpty)
        {
            errors.Invalid(FieldPath.Spec.Child("user"), spec.User ?? "", "at least one of user or group must be specified");
        }
    }

    private static void OneOfBoth(ResourceAttributes? resource, NonResourceAttributes? other, FieldErrors errors)
    {
        if (resource is not null && other is not null)
        {
            errors.Invalid(FieldPath.Spec.Child("nonResourceAttributes"), other, "cannot be specified in combination with resourceAttributes");
        }
        else if (resource is null && other is null)
        {
            errors.Invalid(Resource, null, "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
    }

    private static void Local(LocalSubjectAccessReview review, FieldErrors errors)
    {
        if (review.Spec.ResourceAttributes is { } resource && resource.Namespace != review.Metadata.Namespace)
        {
            errors.Invalid(Resource.Child("namespace"), resource.Namespace ?? "", "must match metadata.namespace");
        }

        if (review.Spec.NonResourceAttributes is { } other)
        {
            errors.Invalid(FieldPath.Spec.Child("nonResourceAttributes"), other, "disallowed on this kind of request");
        }
    }

    private static void Metadata(ObjectMeta metadata, FieldErrors errors)
    {
        if (metadata != ObjectMeta.Empty)
        {
            errors.Invalid(FieldPath.Metadata, metadata, "must be empty");
        }
    }
}

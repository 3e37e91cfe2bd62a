using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Authentication;

namespace KubeLab.ApiServer.Registry;

/// <summary>Makes tokens of service accounts on request (<c>kubectl create token</c>).</summary>
/// <remarks>Upstream: pkg/registry/core/serviceaccount/storage/token.go, pkg/apis/authentication/validation.</remarks>
internal sealed class TokenRequests(RegistryContext context)
{
    private const long SecondsUsual = 3600;
    private const long SecondsMin = 600;
    private const long SecondsMax = 1L << 32;
    private static readonly FieldPath Expiration = FieldPath.Spec.Child("expirationSeconds");
    private static readonly FieldPath Bound = FieldPath.Spec.Child("boundObjectRef");

    /// <summary>The request with its token.</summary>
    /// <exception cref="ApiException">Invalid; NotFound, Conflict or BadRequest for the object that the token is to be bound to.</exception>
    public TokenRequest Answer(ServiceAccount account, TokenRequest request)
    {
        var seconds = request.Spec.ExpirationSeconds ?? SecondsUsual;
        Validate(seconds, request.Spec.BoundObjectRef);
        var bound = request.Spec.BoundObjectRef is { } reference ? Find(account, reference) : null;
        var audiences = request.Spec.Audiences.IsEmpty ? [ServiceAccountTokens.Issuer] : request.Spec.Audiences;
        var end = context.Clock.Now.AddSeconds(seconds);
        return request with
        {
            Metadata = request.Metadata with { Name = account.Metadata.Name, Namespace = account.Metadata.Namespace, CreationTimestamp = context.Clock.Now },
            Spec = request.Spec with { Audiences = audiences, ExpirationSeconds = seconds },
            Status = new() { Token = context.Tokens.Sign(account, audiences, end, bound), ExpirationTimestamp = end },
        };
    }

    private static void Validate(long seconds, BoundObjectReference? reference)
    {
        var errors = new FieldErrors();
        if (seconds < SecondsMin)
        {
            errors.Invalid(Expiration, seconds, "may not specify a duration less than 10 minutes");
        }

        if (seconds > SecondsMax)
        {
            errors.Invalid(Expiration, seconds, "may not specify a duration larger than 2^32 seconds");
        }

        if (reference is { Name: null or "" })
        {
            errors.Required(Bound.Child("name"));
        }

        errors.ThrowIfAny(TokenRequest.Resource, "");
    }

    private IApiObject Find(ServiceAccount account, BoundObjectReference reference)
    {
        var resource = (reference.Kind, reference.ApiVersion) switch
        {
            ("Pod", "v1") => Pod.Resource,
            ("Secret", "v1") => Secret.Resource,
            _ => throw ApiErrors.BadRequest($"cannot bind token to object of type {reference.ApiVersion}, Kind={reference.Kind}"),
        };
        var found = context.Etcd.Get($"{resource.StorePrefix}{account.Metadata.Namespace}/{reference.Name}")?.Value
            ?? throw ApiErrors.NotFound(resource, reference.Name!);
        if (!string.IsNullOrEmpty(reference.Uid) && reference.Uid != found.Metadata.Uid)
        {
            throw ApiErrors.Conflict(
                resource,
                reference.Name!,
                $"the UID in the bound object reference ({reference.Uid}) does not match the UID in record. The object might have been deleted and then recreated");
        }

        return found is Pod pod && pod.Spec.ServiceAccountName != account.Metadata.Name
            ? throw ApiErrors.BadRequest(
                $"cannot bind token for serviceaccount {GoQuote.Quote(account.Metadata.Name!)} to pod running with different serviceaccount name.")
            : found;
    }
}

using KubeLab.Api.Authentication;

namespace KubeLab.ApiServer.Authentication;

/// <summary>Answers whom a token proves.</summary>
internal static class TokenReviews
{
    public static TokenReviewStatus Answer(ServiceAccountTokens tokens, TokenReviewSpec spec)
    {
        var verdict = tokens.Read(spec.Token ?? "", spec.Audiences);
        return verdict.User is { } user
            ? new() { Authenticated = true, User = user, Audiences = verdict.Audiences }
            : new() { Error = $"[invalid bearer token, {verdict.Problem}]" };
    }
}

using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Authentication;

namespace KubeLab.ApiServer.Authorization;

/// <summary>Takes somebody for somebody else, if he may be: the verb <c>impersonate</c> on the user, and on each group.</summary>
/// <remarks>Upstream: apiserver/pkg/endpoints/filters/impersonation.go.</remarks>
internal static class Impersonating
{
    /// <summary>Who is meant.</summary>
    /// <exception cref="ApiException">Forbidden; InternalError when groups come without a user.</exception>
    public static UserInfo Become(Authorizer authorizer, UserInfo user, Impersonation wish)
    {
        if (wish.User.Length == 0)
        {
            throw ApiErrors.Internal($"requested {Requested(wish)} without impersonating a user");
        }

        var isAccount = Identities.TryReadAccount(wish.User, out var ns, out var name);
        authorizer.Require(isAccount ? About(user, "serviceaccounts", name) with { Namespace = ns } : About(user, "users", wish.User));
        foreach (var group in wish.Groups)
        {
            authorizer.Require(About(user, "groups", group));
        }

        if (wish.Uid.Length > 0)
        {
            authorizer.Require(About(user, "uids", wish.Uid) with { Group = "authentication.k8s.io" });
        }

        return new UserInfo { Username = wish.User, Uid = wish.Uid.Length == 0 ? null : wish.Uid, Groups = Groups(wish, isAccount, ns) };
    }

    private static ValueList<string> Groups(Impersonation wish, bool isAccount, string ns)
    {
        var groups = new List<string>(wish.Groups);
        if (isAccount && groups.Count == 0)
        {
            groups.AddRange([Identities.ServiceAccounts, $"{Identities.ServiceAccounts}:{ns}"]);
        }

        var everybody = wish.User == Identities.Anonymous.Username ? Identities.Unauthenticated : Identities.Authenticated;
        if (!groups.Contains(Identities.Authenticated) && !groups.Contains(Identities.Unauthenticated))
        {
            groups.Add(everybody);
        }

        return groups.ToValueList();
    }

    private static RequestAttributes About(UserInfo user, string resource, string name) =>
        new() { User = user, Verb = "impersonate", Resource = resource, Name = name };

    private static string Requested(Impersonation wish)
    {
        var parts = wish.Groups.Select(g => $"{{Group  {g}  authentication.k8s.io/v1   }}").ToList();
        if (wish.Uid.Length > 0)
        {
            parts.Add($"{{UID  {wish.Uid}  authentication.k8s.io/v1   }}");
        }

        return $"[{string.Join(' ', parts)}]";
    }
}

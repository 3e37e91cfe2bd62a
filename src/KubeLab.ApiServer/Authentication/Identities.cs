using KubeLab.Api;
using KubeLab.Api.Authentication;

namespace KubeLab.ApiServer.Authentication;

/// <summary>Names and groups that mean something to every cluster.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings">Default roles and bindings</seealso>
public static class Identities
{
    /// <summary>The group that may do everything, whatever the roles say.</summary>
    public const string Masters = "system:masters";

    /// <summary>Everybody who has proved a name.</summary>
    public const string Authenticated = "system:authenticated";

    /// <summary>Everybody who has not.</summary>
    public const string Unauthenticated = "system:unauthenticated";

    /// <summary>All service accounts.</summary>
    public const string ServiceAccounts = "system:serviceaccounts";

    private const string AccountPrefix = "system:serviceaccount:";
    private const string NodePrefix = "system:node:";

    /// <summary>Who asks without proving a name.</summary>
    public static UserInfo Anonymous { get; } = new() { Username = "system:anonymous", Groups = [Unauthenticated] };

    /// <summary>The administrator whose certificate comes with a new cluster.</summary>
    public static UserInfo Administrator { get; } = new() { Username = "kubernetes-admin", Groups = [Masters, Authenticated] };

    /// <summary>Somebody who has proved a name, with the groups that were given to it.</summary>
    public static UserInfo Named(string name, params ReadOnlySpan<string> groups)
    {
        var all = new List<string>(groups.ToArray());
        if (!all.Contains(Authenticated))
        {
            all.Add(Authenticated);
        }

        return new UserInfo { Username = name, Groups = all.ToValueList() };
    }

    /// <summary>A component of the cluster itself, which proves its name by being there.</summary>
    public static UserInfo OfComponent(string name)
    {
        if (TryReadAccount(name, out var ns, out _))
        {
            return Named(name, ServiceAccounts, $"{ServiceAccounts}:{ns}");
        }

        return name switch
        {
            "kubernetes-admin" => Administrator,
            "system:apiserver" => Named(name, Masters),
            _ when name.StartsWith(NodePrefix, StringComparison.Ordinal) => Named(name, "system:nodes"),
            _ => Named(name),
        };
    }

    /// <summary>A service account.</summary>
    public static UserInfo OfAccount(string ns, string name, string? uid) =>
        Named(AccountName(ns, name), ServiceAccounts, $"{ServiceAccounts}:{ns}") with { Uid = uid };

    /// <summary>The user's name of a service account.</summary>
    public static string AccountName(string ns, string name) => $"{AccountPrefix}{ns}:{name}";

    /// <summary>Reads the user's name of a service account.</summary>
    public static bool TryReadAccount(string user, out string ns, out string name)
    {
        (ns, name) = ("", "");
        if (!user.StartsWith(AccountPrefix, StringComparison.Ordinal) || user[AccountPrefix.Length..].Split(':') is not [var n, var a])
        {
            return false;
        }

        (ns, name) = (n, a);
        return n.Length > 0 && a.Length > 0;
    }

    /// <summary>Whether <paramref name="user"/> may do everything.</summary>
    internal static bool IsMaster(UserInfo user) => user.Groups.Exists(static g => g == Masters);
}

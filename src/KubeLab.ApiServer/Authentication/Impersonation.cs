using KubeLab.Api;

namespace KubeLab.ApiServer.Authentication;

/// <summary>The headers by which somebody asks to be taken for somebody else (<c>kubectl --as</c>).</summary>
/// <param name="User">The name (<c>Impersonate-User</c>).</param>
/// <param name="Groups">The groups (<c>Impersonate-Group</c>, once each).</param>
/// <param name="Uid">The uid (<c>Impersonate-Uid</c>), or empty.</param>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation">User impersonation</seealso>
public sealed record Impersonation(string User, ValueList<string> Groups, string Uid)
{
    /// <summary>What the headers ask for, or null when there is none of them.</summary>
    /// <param name="header">The values of a header.</param>
    public static Impersonation? Read(Func<string, IEnumerable<string?>> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var user = header("Impersonate-User").FirstOrDefault() ?? "";
        var groups = header("Impersonate-Group").OfType<string>().ToValueList();
        var uid = header("Impersonate-Uid").FirstOrDefault() ?? "";
        return user.Length == 0 && groups.IsEmpty && uid.Length == 0 ? null : new Impersonation(user, groups, uid);
    }
}

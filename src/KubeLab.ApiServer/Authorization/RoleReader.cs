using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Rbac;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Authentication;
using KubeLab.Etcd;

namespace KubeLab.ApiServer.Authorization;

/// <summary>Finds what a user was given: the rules of all roles that bindings give to the name or to one of its groups.</summary>
/// <remarks>Upstream: pkg/registry/rbac/validation/rule.go. Roles are read when they are asked for: what was just granted holds for the next request.</remarks>
internal sealed class RoleReader(IEtcd etcd)
{
    // Upstream names the kind here and not the resource, for that is how its caches ask.
    private static readonly ApiResource MissingRole = ApiResource.Named("rbac.authorization.k8s.io/v1", "role", "Role", true);
    private static readonly ApiResource MissingClusterRole = ApiResource.Named("rbac.authorization.k8s.io/v1", "clusterrole", "ClusterRole", false);

    /// <summary>Each role that <paramref name="user"/> has in <paramref name="ns"/> (empty: in the whole cluster), and why.</summary>
    /// <param name="user">Who.</param>
    /// <param name="ns">The namespace; roles given everywhere count in every one.</param>
    /// <param name="problems">Bindings whose role does not exist, each in words.</param>
    public IEnumerable<Grant> Grants(UserInfo user, string ns, List<string> problems)
    {
        foreach (var binding in All<ClusterRoleBinding>(ClusterRoleBinding.Resource.StorePrefix))
        {
            if (binding.Subjects.Find(s => IsMeant(s, user, "")) is { } subject && Read(binding.RoleRef, "", problems) is { } rules)
            {
                yield return new Grant(rules, $"ClusterRoleBinding {GoQuote.Quote(binding.Metadata.Name!)}", binding.RoleRef, subject, "");
            }
        }

        if (ns.Length == 0)
        {
            yield break;
        }

        foreach (var binding in All<RoleBinding>($"{RoleBinding.Resource.StorePrefix}{ns}/"))
        {
            if (binding.Subjects.Find(s => IsMeant(s, user, ns)) is { } subject && Read(binding.RoleRef, ns, problems) is { } rules)
            {
                yield return new Grant(rules, $"RoleBinding {GoQuote.Quote($"{binding.Metadata.Name}/{ns}")}", binding.RoleRef, subject, ns);
            }
        }
    }

    /// <summary>The rules of a role.</summary>
    /// <exception cref="ApiException">NotFound.</exception>
    public ValueList<PolicyRule> Rules(RoleRef role, string ns) => role.Kind == "Role"
        ? (etcd.Get($"{Role.Resource.StorePrefix}{ns}/{role.Name}")?.Value as Role ?? throw ApiErrors.NotFound(MissingRole, role.Name)).Rules
        : (etcd.Get($"{ClusterRole.Resource.StorePrefix}{role.Name}")?.Value as ClusterRole ?? throw ApiErrors.NotFound(MissingClusterRole, role.Name)).Rules;

    private ValueList<PolicyRule>? Read(RoleRef role, string ns, List<string> problems)
    {
        try
        {
            return Rules(role, ns);
        }
        catch (ApiException missing)
        {
            problems.Add(missing.Message);
            return null;
        }
    }

    private IEnumerable<T> All<T>(string prefix) => etcd.Range(prefix, KeyRange.PrefixEnd(prefix)).Items.Select(i => i.Value).OfType<T>();

    private static bool IsMeant(Subject subject, UserInfo user, string ns) => subject.Kind switch
    {
        "User" => user.Username == subject.Name,
        "Group" => user.Groups.Exists(g => g == subject.Name),
        "ServiceAccount" => (string.IsNullOrEmpty(subject.Namespace) ? ns : subject.Namespace) is { Length: > 0 } place
            && user.Username == Identities.AccountName(place, subject.Name),
        _ => false,
    };
}

/// <summary>A role that somebody has.</summary>
/// <param name="Rules">What it allows.</param>
/// <param name="Binding">The binding, with its kind.</param>
/// <param name="Role">The role.</param>
/// <param name="Subject">To whom the binding gives it.</param>
/// <param name="Namespace">Where; empty for everywhere.</param>
internal sealed record Grant(ValueList<PolicyRule> Rules, string Binding, RoleRef Role, Subject Subject, string Namespace)
{
    /// <summary>Why something is allowed, in upstream's words.</summary>
    public string Reason => $"RBAC: allowed by {Binding} of {Role.Kind} {GoQuote.Quote(Role.Name)} to {Subject.Kind} {GoQuote.Quote(Who)}";

    private string Who => Subject.Kind != "ServiceAccount" ? Subject.Name
        : $"{Subject.Name}/{(string.IsNullOrEmpty(Subject.Namespace) ? Namespace : Subject.Namespace)}";
}

using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Rbac;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Authentication;

namespace KubeLab.ApiServer.Authorization;

/// <summary>Nobody gives rights that he does not have himself, unless he holds the verb <c>escalate</c> or <c>bind</c>.</summary>
/// <remarks>Upstream: pkg/registry/rbac/*/policybased.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping">
/// Privilege escalation prevention
/// </seealso>
internal sealed class EscalationCheck(Authorizer authorizer)
{
    private static readonly PolicyRule[] Everything =
    [
        new() { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] },
        new() { Verbs = ["*"], NonResourceURLs = ["*"] },
    ];

    /// <summary>Refuses a role or binding that gives more than <paramref name="user"/> has.</summary>
    /// <param name="user">Who writes it.</param>
    /// <param name="obj">What is to be stored.</param>
    /// <param name="old">What it replaces; null when it is new.</param>
    /// <exception cref="ApiException">Forbidden; NotFound when the role that a binding gives does not exist.</exception>
    public void Require(UserInfo user, IApiObject obj, IApiObject? old)
    {
        if (Identities.IsMaster(user))
        {
            return;
        }

        switch (obj)
        {
            case Role role when role.Rules != (old as Role)?.Rules && !May(user, "escalate", Role.Resource, role.Metadata.Namespace!, role.Metadata.Name):
                Confirm(user, Role.Resource, role, role.Metadata.Namespace!, role.Rules);
                break;
            case ClusterRole role when (role.Rules != (old as ClusterRole)?.Rules || role.AggregationRule != (old as ClusterRole)?.AggregationRule)
                && !May(user, "escalate", ClusterRole.Resource, "", role.Metadata.Name):
                Confirm(user, ClusterRole.Resource, role, "", role.Rules);
                Aggregation(user, role);
                break;
            case RoleBinding binding when binding.Subjects != (old as RoleBinding)?.Subjects || old is null:
                Bind(user, RoleBinding.Resource, binding, binding.RoleRef, binding.Metadata.Namespace!);
                break;
            case ClusterRoleBinding binding when binding.Subjects != (old as ClusterRoleBinding)?.Subjects || old is null:
                Bind(user, ClusterRoleBinding.Resource, binding, binding.RoleRef, "");
                break;
            default:
                break;
        }
    }

    // Whatever carries the label later would come in, so only those who have everything may ask for it.
    private void Aggregation(UserInfo user, ClusterRole role)
    {
        if (role.AggregationRule is not null && RuleCover.Missing(authorizer.RulesOf(user, "", out _), Everything).Count > 0)
        {
            throw ApiErrors.Forbidden(ClusterRole.Resource, role.Metadata.Name ?? "", "must have cluster-admin privileges to use an aggregationRule");
        }
    }

    private void Bind(UserInfo user, ApiResource resource, IApiObject binding, RoleRef role, string ns)
    {
        if (!May(user, "bind", role.Kind == "Role" ? Role.Resource : ClusterRole.Resource, ns, role.Name))
        {
            Confirm(user, resource, binding, ns, authorizer.RulesOf(role, ns));
        }
    }

    private bool May(UserInfo user, string verb, ApiResource resource, string ns, string? name) => authorizer.Decide(new RequestAttributes
    {
        User = user,
        Verb = verb,
        Group = resource.Group,
        Resource = resource.Plural,
        Namespace = ns,
        Name = name ?? "",
    }).Allowed;

    private void Confirm(UserInfo user, ApiResource resource, IApiObject obj, string ns, ValueList<PolicyRule> rules)
    {
        var missing = RuleCover.Missing(authorizer.RulesOf(user, ns, out var problem), rules);
        if (missing.Count == 0)
        {
            return;
        }

        var message = $"user {GoQuote.Quote(user.Username ?? "")} (groups={RuleText.Quoted(user.Groups)}) is attempting to grant RBAC permissions not currently held:\n"
            + string.Join('\n', RuleText.Lines(missing));
        throw ApiErrors.Forbidden(
            resource, obj.Metadata.Name ?? "", problem.Length == 0 ? message : $"{message}; resolution errors: [{problem}]");
    }
}

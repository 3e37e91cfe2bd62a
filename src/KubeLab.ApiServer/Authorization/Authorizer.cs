using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Meta;
using KubeLab.Api.Rbac;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Authentication;
using KubeLab.Etcd;

namespace KubeLab.ApiServer.Authorization;

/// <summary>Decides who may do what: the group <c>system:masters</c> everything, everybody else what roles give.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Using RBAC authorization</seealso>
public sealed class Authorizer
{
    private static readonly ValueList<PolicyRule> Everything =
    [
        new() { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] },
        new() { Verbs = ["*"], NonResourceURLs = ["*"] },
    ];

    private readonly RoleReader roles;

    internal Authorizer(IEtcd etcd) => roles = new RoleReader(etcd);

    /// <summary>Whether <paramref name="request"/> is allowed, and why; the reason of a refusal is empty unless something is wrong with a binding.</summary>
    public AuthorizationDecision Decide(RequestAttributes request)
    {
        if (Identities.IsMaster(request.User))
        {
            return new AuthorizationDecision(true, "");
        }

        var problems = new List<string>();
        foreach (var grant in roles.Grants(request.User, request.Namespace, problems))
        {
            if (RuleMatch.Allows(grant.Rules, request))
            {
                return new AuthorizationDecision(true, grant.Reason);
            }
        }

        return new AuthorizationDecision(false, problems.Count == 0 ? "" : $"RBAC: {Together(problems)}");
    }

    /// <summary>Lets <paramref name="request"/> pass or refuses it.</summary>
    /// <exception cref="ApiException">Forbidden (403), in upstream's words.</exception>
    public void Require(RequestAttributes request)
    {
        var decision = Decide(request);
        if (!decision.Allowed)
        {
            throw Refusal(request, decision.Reason);
        }
    }

    /// <summary>All that <paramref name="user"/> may do in <paramref name="ns"/>.</summary>
    public IReadOnlyList<PolicyRule> RulesOf(UserInfo user, string ns, out string problem)
    {
        var problems = new List<string>();
        var rules = Identities.IsMaster(user) ? [.. Everything] : new List<PolicyRule>();
        rules.AddRange(roles.Grants(user, ns, problems).SelectMany(g => g.Rules));
        problem = problems.Count == 0 ? "" : Together(problems);
        return rules;
    }

    /// <summary>The rules of a role.</summary>
    /// <exception cref="ApiException">NotFound.</exception>
    internal ValueList<PolicyRule> RulesOf(RoleRef role, string ns) => roles.Rules(role, ns);

    private static ApiException Refusal(RequestAttributes request, string reason)
    {
        var (who, verb) = (GoQuote.Quote(request.User.Username ?? ""), request.Verb);
        if (!request.IsResource)
        {
            return Forbidden($"forbidden: User {who} cannot {verb} path {GoQuote.Quote(request.Path)}", reason, new StatusDetails());
        }

        var place = request.Namespace.Length > 0 ? $"in the namespace {GoQuote.Quote(request.Namespace)}" : "at the cluster scope";
        var about = request.Group.Length == 0 ? request.Resource : $"{request.Resource}.{request.Group}";
        about = request.Name.Length == 0 ? about : $"{about} {GoQuote.Quote(request.Name)}";
        var what = $"User {who} cannot {verb} resource {GoQuote.Quote(request.FullResource)} in API group {GoQuote.Quote(request.Group)} {place}";
        return Forbidden($"{about} is forbidden: {what}", reason, new StatusDetails
        {
            Name = request.Name.Length == 0 ? null : request.Name,
            Group = request.Group.Length == 0 ? null : request.Group,
            Kind = request.Resource,
        });
    }

    private static ApiException Forbidden(string message, string reason, StatusDetails details) => new(new()
    {
        State = "Failure",
        Code = 403,
        Reason = "Forbidden",
        Message = reason.Length == 0 ? message : $"{message}: {reason}",
        Details = details,
    });

    private static string Together(List<string> problems) => problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]";
}

/// <summary>Whether something is allowed, and why.</summary>
/// <param name="Allowed">Whether it is.</param>
/// <param name="Reason">Why, in upstream's words; may be empty.</param>
public readonly record struct AuthorizationDecision(bool Allowed, string Reason);

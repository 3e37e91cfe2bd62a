using KubeLab.Api;
using KubeLab.Api.Rbac;
using KubeLab.Api.Selecting;

namespace KubeLab.Controllers.ClusterRoles;

/// <summary>The rules of a cluster role that is put together from others.</summary>
/// <remarks>Upstream: pkg/controller/clusterroleaggregation.</remarks>
public static class AggregatedRules
{
    /// <summary>The rules of all that any of the role's selectors selects, in order of their names, each once; a role is never part of itself.</summary>
    /// <param name="role">The role.</param>
    /// <param name="all">All cluster roles, in any order.</param>
    public static ValueList<PolicyRule> Of(ClusterRole role, IEnumerable<ClusterRole> all)
    {
        var roles = all.Where(r => r.Metadata.Name != role.Metadata.Name).OrderBy(r => r.Metadata.Name, StringComparer.Ordinal).ToList();
        var rules = new List<PolicyRule>();
        foreach (var selector in (role.AggregationRule?.ClusterRoleSelectors ?? default).Select(Selector.From))
        {
            foreach (var rule in roles.Where(r => selector.Matches(r.Metadata.Labels)).SelectMany(r => r.Rules))
            {
                if (!rules.Contains(rule))
                {
                    rules.Add(rule);
                }
            }
        }

        return rules.ToValueList();
    }
}

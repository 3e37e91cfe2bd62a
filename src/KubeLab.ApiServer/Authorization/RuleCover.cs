using KubeLab.Api;
using KubeLab.Api.Rbac;

namespace KubeLab.ApiServer.Authorization;

/// <summary>Whether somebody who has some rules has all that other rules would give.</summary>
/// <remarks>Upstream: pkg/registry/rbac/validation/policy_comparator.go of component-helpers.</remarks>
public static class RuleCover
{
    private const string All = "*";

    /// <summary>The smallest parts of <paramref name="wanted"/> that no rule of <paramref name="owned"/> covers; none when all are held.</summary>
    public static IReadOnlyList<PolicyRule> Missing(IReadOnlyList<PolicyRule> owned, IEnumerable<PolicyRule> wanted) =>
        [.. wanted.SelectMany(Parts).Where(part => !owned.Any(o => Covers(o, part)))];

    /// <summary>A rule as rules about one verb on one resource, one object, or one path each.</summary>
    public static IReadOnlyList<PolicyRule> Parts(PolicyRule rule) =>
    [
        .. from verb in rule.Verbs
           from apiGroup in rule.ApiGroups
           from resource in rule.Resources
           let part = new PolicyRule { Verbs = [verb], ApiGroups = [apiGroup], Resources = [resource] }
           from named in rule.ResourceNames.IsEmpty ? [part] : rule.ResourceNames.Select(n => part with { ResourceNames = [n] })
           select named,
        .. from verb in rule.Verbs
           from url in rule.NonResourceURLs
           select new PolicyRule { Verbs = [verb], NonResourceURLs = [url] },
    ];

    private static bool Covers(PolicyRule owned, PolicyRule part) =>
        HasAll(owned.Verbs, part.Verbs) && HasAll(owned.ApiGroups, part.ApiGroups) && Resources(owned.Resources, part.Resources)
        && Paths(owned.NonResourceURLs, part.NonResourceURLs)
        && (owned.ResourceNames.IsEmpty || (!part.ResourceNames.IsEmpty && part.ResourceNames.All(n => owned.ResourceNames.Contains(n))));

    private static bool HasAll(ValueList<string> owned, ValueList<string> wanted) =>
        owned.Exists(o => o == All) || wanted.All(w => owned.Contains(w));

    private static bool Resources(ValueList<string> owned, ValueList<string> wanted) => HasAll(owned, wanted) || wanted.All(w =>
        owned.Contains(w)
        || (w.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash && owned.Contains(string.Concat("*", w.AsSpan(slash)))));

    private static bool Paths(ValueList<string> owned, ValueList<string> wanted) => wanted.All(w =>
        owned.Exists(o => o == w || (o.EndsWith('*') && w.StartsWith(o.TrimEnd('*'), StringComparison.Ordinal))));
}

using KubeLab.Api;
using KubeLab.Api.Rbac;

namespace KubeLab.ApiServer.Authorization;

/// <summary>Whether a rule allows a request.</summary>
/// <remarks>Upstream: RuleAllows in plugin/pkg/auth/authorizer/rbac, and pkg/apis/rbac/v1/evaluation_helpers.go.</remarks>
public static class RuleMatch
{
    private const string All = "*";

    /// <summary>Whether any of <paramref name="rules"/> allows <paramref name="request"/>.</summary>
    public static bool Allows(ValueList<PolicyRule> rules, RequestAttributes request) => rules.Exists(r => Allows(r, request));

    /// <summary>Whether <paramref name="rule"/> allows <paramref name="request"/>.</summary>
    public static bool Allows(PolicyRule rule, RequestAttributes request) => Has(rule.Verbs, request.Verb)
        && (request.IsResource
            ? Has(rule.ApiGroups, request.Group) && Resource(rule.Resources, request) && Name(rule.ResourceNames, request.Name)
            : rule.NonResourceURLs.Exists(url => Path(url, request.Path)));

    private static bool Has(ValueList<string> words, string word) => words.Exists(w => w == All || w == word);

    // "*/scale" is the scale of everything; "*" is everything with all its subresources.
    private static bool Resource(ValueList<string> resources, RequestAttributes request)
    {
        var wanted = request.FullResource;
        return resources.Exists(r => r == All || r == wanted
            || (request.Subresource.Length > 0 && r.Length == request.Subresource.Length + 2
                && r.StartsWith("*/", StringComparison.Ordinal) && r.EndsWith(request.Subresource, StringComparison.Ordinal)));
    }

    private static bool Name(ValueList<string> names, string name) => names.IsEmpty || names.Exists(n => n == name);

    private static bool Path(string url, string path) =>
        url == All || url == path || (url.EndsWith('*') && path.StartsWith(url.TrimEnd('*'), StringComparison.Ordinal));
}

using KubeLab.Api;
using KubeLab.Api.Rbac;

namespace KubeLab.ApiServer.Authorization;

/// <summary>Rules as refusals write them, those about the same resource in one line.</summary>
/// <remarks>Upstream: CompactRules and CompactString in pkg/apis/rbac.</remarks>
internal static class RuleText
{
    /// <summary>One line for each resource, sorted.</summary>
    public static IEnumerable<string> Lines(IEnumerable<PolicyRule> parts) =>
        parts.GroupBy(p => p with { Verbs = default })
            .Select(same => same.Key with { Verbs = same.SelectMany(p => p.Verbs).Distinct().ToValueList() })
            .Select(Of)
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>A list of texts as Go quotes it: <c>["a" "b"]</c>.</summary>
    public static string Quoted(ValueList<string> words) => $"[{string.Join(' ', words.Select(GoQuote.Quote))}]";

    private static string Of(PolicyRule rule)
    {
        var parts = new List<string>();
        Add("APIGroups", rule.ApiGroups);
        Add("Resources", rule.Resources);
        Add("NonResourceURLs", rule.NonResourceURLs);
        Add("ResourceNames", rule.ResourceNames);
        Add("Verbs", rule.Verbs);
        return $"{{{string.Join(", ", parts)}}}";

        void Add(string name, ValueList<string> words)
        {
            if (!words.IsEmpty)
            {
                parts.Add($"{name}:{Quoted(words)}");
            }
        }
    }
}

using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Authorizing;

/// <summary>A rule of what may be done, as <c>auth can-i --list</c> and the descriptions of roles show it.</summary>
/// <remarks>Upstream: k8s.io/component-helpers/auth/rbac/validation and k8s.io/kubectl/pkg/util/rbac.</remarks>
internal sealed record AccessRule(List<string> Verbs, List<string> Groups, List<string> Resources, List<string> Names, List<string> Urls)
{
    /// <summary>The rule as a line of a table: resources, addresses, names, verbs.</summary>
    public string Row => $"{Where()}\t{Go(Urls)}\t{Go(Names)}\t{Go(Verbs)}";

    /// <summary>Whether it is about one resource, so that rules about the same can be put together.</summary>
    private bool IsSimple => Groups.Count == 1 && Resources.Count == 1 && Urls.Count == 0 && Names.Count <= 1;

    /// <summary>Rules as Go writes them decide their order.</summary>
    private string SortKey =>
        $"Verbs:{Go(Verbs)},APIGroups:{Go(Groups)},Resources:{Go(Resources)},ResourceNames:{Go(Names)},NonResourceURLs:{Go(Urls)},";

    public static AccessRule Of(Json rule) => new(
        Texts(rule["verbs"]), Texts(rule["apiGroups"]), Texts(rule["resources"]), Texts(rule["resourceNames"]), Texts(rule["nonResourceURLs"]));

    /// <summary>The rules taken apart by resource and name, those about the same put together, in upstream's order.</summary>
    public static IEnumerable<AccessRule> Compact(IEnumerable<AccessRule> rules)
    {
        var simple = new Dictionary<(string Group, string Resource, string? Name), AccessRule>();
        var others = new List<AccessRule>();
        foreach (var rule in rules.SelectMany(rule => rule.Apart()))
        {
            if (!rule.IsSimple)
            {
                others.Add(rule);
                continue;
            }

            var key = (rule.Groups[0], rule.Resources[0], rule.Names.FirstOrDefault());
            simple[key] = simple.TryGetValue(key, out var known) ? known with { Verbs = [.. known.Verbs, .. rule.Verbs.Where(v => !known.Verbs.Contains(v))] } : rule;
        }

        return others.Concat(simple.Values).OrderBy(rule => rule.SortKey, StringComparer.Ordinal);
    }

    private IEnumerable<AccessRule> Apart()
    {
        foreach (var group in Groups)
        {
            foreach (var resource in Resources)
            {
                foreach (var name in Names.DefaultIfEmpty())
                {
                    yield return this with { Groups = [group], Resources = [resource], Names = name is null ? [] : [name], Urls = [] };
                }
            }
        }

        foreach (var url in Urls)
        {
            yield return new(Verbs, [], [], [], [url]);
        }
    }

    private string Where() => Resources.Count == 0 ? "" : string.Join(',', Resources.Select(resource =>
    {
        var parts = resource.Split('/', 2);
        var group = Groups.FirstOrDefault("");
        return parts[0] + (group.Length > 0 ? $".{group}" : "") + (parts.Length == 2 ? $"/{parts[1]}" : "");
    }));

    private static string Go(List<string> texts) => $"[{string.Join(' ', texts)}]";

    private static List<string> Texts(Json list) => [.. list.Items.Select(item => item.Text)];
}

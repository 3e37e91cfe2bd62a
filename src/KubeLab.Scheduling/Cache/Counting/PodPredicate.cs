using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Cache.Counting;

/// <summary>Which pods are counted: those of some namespaces that satisfy a selector; several such conditions must all hold.</summary>
internal sealed class PodPredicate
{
    private readonly (NamespaceScope Scope, Selector Selector)[] all;
    private readonly bool ignoresTerminating;

    public PodPredicate(bool ignoresTerminating, params (NamespaceScope Scope, Selector Selector)[] all)
    {
        this.all = all;
        this.ignoresTerminating = ignoresTerminating;
        var texts = all.Select(a => $"{a.Scope.Identity}|{SelectorReading.Text(a.Selector)}");
        Identity = (ignoresTerminating ? "t;" : "") + string.Join(';', texts);
    }

    /// <summary>Equal for predicates that count the same pods.</summary>
    public string Identity { get; }

    public bool Matches(Pod pod)
    {
        if (ignoresTerminating && pod.Metadata.DeletionTimestamp is not null)
        {
            return false;
        }

        foreach (var (scope, selector) in all)
        {
            if (!scope.Contains(pod.Metadata.Namespace ?? "") || !selector.Matches(pod.Metadata.Labels))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The pairs of label and value that every counted pod has, so that others need not be looked at.</summary>
    public IEnumerable<(string Key, string Value)> RequiredPairs()
    {
        foreach (var (_, selector) in all)
        {
            foreach (var line in selector.Requirements.ToArray())
            {
                if (selector.RequiredValue(line.Key) is { } value)
                {
                    yield return (line.Key, value);
                }
            }
        }
    }

    /// <summary>Whether no pod can be counted.</summary>
    public bool IsNothing => Array.Exists(all, a => a.Selector.IsNothing);
}

/// <summary>Some namespaces, or all.</summary>
internal sealed class NamespaceScope
{
    private readonly string[]? names;

    private NamespaceScope(string[]? names)
    {
        this.names = names;
        Identity = names is null ? "*" : string.Join(',', names);
    }

    public static NamespaceScope All { get; } = new(null);

    public string Identity { get; }

    public static NamespaceScope Of(IEnumerable<string> names) => new([.. names.Distinct().Order(StringComparer.Ordinal)]);

    public bool Contains(string ns) => names is null || Array.IndexOf(names, ns) >= 0;
}

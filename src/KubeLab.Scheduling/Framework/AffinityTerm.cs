using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;

namespace KubeLab.Scheduling.Framework;

/// <summary>A term of affinity between pods, read once: which neighbours, and how near.</summary>
/// <remarks>Upstream: framework.AffinityTerm.</remarks>
public sealed class AffinityTerm
{
    private AffinityTerm(PodAffinityTerm term, int weight)
    {
        Selector = SelectorReading.Of(term.LabelSelector);
        Namespaces = term.Namespaces;
        NamespaceSelector = term.NamespaceSelector is null ? null : SelectorReading.Of(term.NamespaceSelector);
        TopologyKey = term.TopologyKey;
        Weight = weight;
        Identity = $"{string.Join(',', Namespaces)}|{SelectorReading.Text(NamespaceSelector)}|{SelectorReading.Text(Selector)}|{TopologyKey}|{weight}";
    }

    /// <summary>The neighbours' labels.</summary>
    public Selector Selector { get; }

    /// <summary>The neighbours' namespaces by name.</summary>
    public ValueList<string> Namespaces { get; }

    /// <summary>The neighbours' namespaces by label; null for none, empty for all.</summary>
    public Selector? NamespaceSelector { get; }

    /// <summary>The node label that says what near means.</summary>
    public string TopologyKey { get; }

    /// <summary>How much it counts, for a wish.</summary>
    public int Weight { get; }

    /// <summary>Equal for equal terms.</summary>
    internal string Identity { get; }

    /// <summary>Whether the term names no namespace, and so means the namespace of the pod that has it.</summary>
    internal bool IsOwnNamespace => Namespaces.IsEmpty && NamespaceSelector is null;

    /// <summary>Whether the term of a pod in <paramref name="ownNamespace"/> means <paramref name="pod"/>.</summary>
    /// <param name="ownNamespace">Where the pod is that has the term.</param>
    /// <param name="pod">Who may be meant.</param>
    /// <param name="labelsOfNamespace">The labels of a namespace.</param>
    public bool Matches(string ownNamespace, Pod pod, Func<string, StringMap> labelsOfNamespace)
    {
        var ns = pod.Metadata.Namespace ?? "";
        var near = IsOwnNamespace
            ? ns == ownNamespace
            : Namespaces.Exists(n => n == ns) || (NamespaceSelector is not null && NamespaceSelector.Matches(labelsOfNamespace(ns)));
        return near && Selector.Matches(pod.Metadata.Labels);
    }

    internal static AffinityTerm[] Read(ValueList<PodAffinityTerm> terms)
    {
        var read = new AffinityTerm[terms.Count];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = new(terms[i], 0);
        }

        return read;
    }

    internal static AffinityTerm[] Read(ValueList<WeightedPodAffinityTerm> terms)
    {
        var read = new List<AffinityTerm>(terms.Count);
        foreach (var term in terms)
        {
            if (term.Weight != 0)
            {
                read.Add(new(term.PodAffinityTerm, term.Weight));
            }
        }

        return [.. read];
    }
}

/// <summary>Selectors of specs, where one that cannot be read selects nothing.</summary>
internal static class SelectorReading
{
    public static Selector Of(Api.Meta.LabelSelector? selector)
    {
        try
        {
            return Selector.From(selector);
        }
        catch (FormatException)
        {
            // The server lets none through; one that comes another way is not to stop the scheduler.
            return Selector.Nothing;
        }
    }

    /// <summary>Equal for equal selectors.</summary>
    public static string Text(Selector? selector) => selector is null ? "-" : selector.IsNothing ? "!" : selector.ToString();
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Adds a new pod's own label values to the selectors of its affinity terms, for the keys that they name.</summary>
/// <remarks>Upstream: applyMatchLabelKeysAndMismatchLabelKeys in pkg/registry/core/pod/strategy.go; the scheduler sees the selectors only.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#matchlabelkeys">matchLabelKeys</seealso>
internal static class MatchLabelKeys
{
    /// <summary>The pod itself when no term names a key.</summary>
    public static Pod Apply(Pod pod)
    {
        if (pod.Spec.Affinity is not { } affinity || pod.Metadata.Labels.IsEmpty)
        {
            return pod;
        }

        var labels = pod.Metadata.Labels;
        var applied = affinity with
        {
            PodAffinity = affinity.PodAffinity is not { } near ? null : near with
            {
                RequiredDuringSchedulingIgnoredDuringExecution = Apply(near.RequiredDuringSchedulingIgnoredDuringExecution, labels),
                PreferredDuringSchedulingIgnoredDuringExecution = Apply(near.PreferredDuringSchedulingIgnoredDuringExecution, labels),
            },
            PodAntiAffinity = affinity.PodAntiAffinity is not { } away ? null : away with
            {
                RequiredDuringSchedulingIgnoredDuringExecution = Apply(away.RequiredDuringSchedulingIgnoredDuringExecution, labels),
                PreferredDuringSchedulingIgnoredDuringExecution = Apply(away.PreferredDuringSchedulingIgnoredDuringExecution, labels),
            },
        };
        return applied == affinity ? pod : pod with { Spec = pod.Spec with { Affinity = applied } };
    }

    private static ValueList<PodAffinityTerm> Apply(ValueList<PodAffinityTerm> terms, StringMap labels) =>
        terms.Exists(HasKeys) ? terms.Select(t => Apply(t, labels)).ToValueList() : terms;

    private static ValueList<WeightedPodAffinityTerm> Apply(ValueList<WeightedPodAffinityTerm> terms, StringMap labels) =>
        terms.Exists(t => HasKeys(t.PodAffinityTerm)) ? terms.Select(t => t with { PodAffinityTerm = Apply(t.PodAffinityTerm, labels) }).ToValueList() : terms;

    private static bool HasKeys(PodAffinityTerm term) => !term.MatchLabelKeys.IsEmpty || !term.MismatchLabelKeys.IsEmpty;

    private static PodAffinityTerm Apply(PodAffinityTerm term, StringMap labels)
    {
        if (term.LabelSelector is not { } selector)
        {
            return term;
        }

        var lines = selector.MatchExpressions;
        Add(term.MatchLabelKeys, "In");
        Add(term.MismatchLabelKeys, "NotIn");
        return term with { LabelSelector = selector with { MatchExpressions = lines } };

        void Add(ValueList<string> keys, string op)
        {
            foreach (var key in keys)
            {
                if (labels.TryGetValue(key, out var value))
                {
                    lines = lines.Add(new LabelSelectorRequirement { Key = key, Operator = op, Values = [value] });
                }
            }
        }
    }
}

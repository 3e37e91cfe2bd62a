using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with affinities and with rules of spreading.</summary>
internal static class AffinityValidation
{
    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Affinity is { } affinity)
        {
            var at = path.Child("affinity");
            Nodes(affinity.NodeAffinity, at.Child("nodeAffinity"), errors);
            Pods(
                affinity.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default,
                affinity.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default,
                at.Child("podAffinity"),
                errors);
            Pods(
                affinity.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? default,
                affinity.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default,
                at.Child("podAntiAffinity"),
                errors);
        }

        for (var i = 0; i < spec.TopologySpreadConstraints.Count; i++)
        {
            Spread(spec.TopologySpreadConstraints, i, path.Child("topologySpreadConstraints").Index(i), errors);
        }
    }

    private static void Nodes(NodeAffinity? affinity, FieldPath path, FieldErrors errors)
    {
        if (affinity?.RequiredDuringSchedulingIgnoredDuringExecution is { } required)
        {
            var terms = path.Child("requiredDuringSchedulingIgnoredDuringExecution").Child("nodeSelectorTerms");
            if (required.NodeSelectorTerms.IsEmpty)
            {
                errors.Required(terms, "must have at least one node selector term");
            }

            for (var i = 0; i < required.NodeSelectorTerms.Count; i++)
            {
                Term(required.NodeSelectorTerms[i], terms.Index(i), errors);
            }
        }

        var preferred = affinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? default;
        for (var i = 0; i < preferred.Count; i++)
        {
            var at = path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i);
            Weight(preferred[i].Weight, at, errors);
            Term(preferred[i].Preference, at.Child("preference"), errors);
        }
    }

    private static void Term(NodeSelectorTerm term, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < term.MatchExpressions.Count; i++)
        {
            var line = term.MatchExpressions[i];
            var at = path.Child("matchExpressions").Index(i);
            switch (line.Operator)
            {
                case "In" or "NotIn" when line.Values.IsEmpty:
                    errors.Required(at.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                    break;
                case "Exists" or "DoesNotExist" when !line.Values.IsEmpty:
                    errors.Forbidden(at.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    break;
                case "Gt" or "Lt" when line.Values.Count != 1:
                    errors.Required(at.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
                    break;
                case "In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt":
                    break;
                default:
                    errors.Invalid(at.Child("operator"), line.Operator, "not a valid selector operator");
                    break;
            }

            errors.InvalidAll(at.Child("key"), line.Key, LabelNames.KeyErrors(line.Key));
        }
    }

    private static void Pods(
        ValueList<PodAffinityTerm> required, ValueList<WeightedPodAffinityTerm> preferred, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < required.Count; i++)
        {
            PodTerm(required[i], path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(i), errors);
        }

        for (var i = 0; i < preferred.Count; i++)
        {
            var at = path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i);
            Weight(preferred[i].Weight, at, errors);
            PodTerm(preferred[i].PodAffinityTerm, at.Child("podAffinityTerm"), errors);
        }
    }

    private static void PodTerm(PodAffinityTerm term, FieldPath path, FieldErrors errors)
    {
        if (term.LabelSelector is { } selector)
        {
            PodSpecValidation.LabelSelector(selector, path.Child("labelSelector"), errors);
        }

        if (term.TopologyKey.Length == 0)
        {
            errors.Required(path.Child("topologyKey"), "can not be empty");
        }
        else
        {
            errors.InvalidAll(path.Child("topologyKey"), term.TopologyKey, LabelNames.KeyErrors(term.TopologyKey));
        }
    }

    private static void Weight(int weight, FieldPath path, FieldErrors errors)
    {
        if (weight is < 1 or > 100)
        {
            errors.Invalid(path.Child("weight"), weight, "must be in the range 1-100");
        }
    }

    private static void Spread(ValueList<TopologySpreadConstraint> all, int index, FieldPath path, FieldErrors errors)
    {
        var constraint = all[index];
        if (constraint.MaxSkew <= 0)
        {
            errors.Invalid(path.Child("maxSkew"), constraint.MaxSkew, "must be greater than zero");
        }

        if (constraint.TopologyKey.Length == 0)
        {
            errors.Required(path.Child("topologyKey"), "can not be empty");
        }
        else
        {
            errors.InvalidAll(path.Child("topologyKey"), constraint.TopologyKey, LabelNames.KeyErrors(constraint.TopologyKey));
        }

        if (constraint.WhenUnsatisfiable is not ("DoNotSchedule" or "ScheduleAnyway"))
        {
            errors.NotSupported(path.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable, "DoNotSchedule", "ScheduleAnyway");
        }

        for (var i = 0; i < index; i++)
        {
            if (all[i].TopologyKey == constraint.TopologyKey && all[i].WhenUnsatisfiable == constraint.WhenUnsatisfiable)
            {
                errors.Duplicate(path.Child("{topologyKey, whenUnsatisfiable}"), $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}");
                break;
            }
        }

        if (constraint.MinDomains <= 0)
        {
            errors.Invalid(path.Child("minDomains"), constraint.MinDomains, "must be greater than zero");
        }
    }
}

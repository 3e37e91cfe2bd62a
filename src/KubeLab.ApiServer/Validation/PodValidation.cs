using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What of a pod may change once it is there: next to nothing.</summary>
/// <remarks>Upstream: ValidatePodUpdate in pkg/apis/core/validation/validation.go.</remarks>
internal static class PodValidation
{
    private const string Changeable =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was "
        + "previously negative)";

    public static void ValidateUpdate(Pod pod, Pod old, FieldErrors errors)
    {
        if (ReferenceEquals(pod.Spec, old.Spec))
        {
            return;
        }

        var spec = pod.Spec;
        var before = old.Spec;
        if (spec.Containers.Count != before.Containers.Count)
        {
            errors.Forbidden(FieldPath.Spec.Child("containers"), "pod updates may not add or remove containers");
            return;
        }

        if (spec.InitContainers.Count != before.InitContainers.Count)
        {
            errors.Forbidden(FieldPath.Spec.Child("initContainers"), "pod updates may not add or remove containers");
            return;
        }

        Images(spec.Containers, FieldPath.Spec.Child("containers"), errors);
        Images(spec.InitContainers, FieldPath.Spec.Child("initContainers"), errors);
        Deadline(spec, before, errors);
        Tolerations(spec.Tolerations, before.Tolerations, errors);
        if (!errors.IsEmpty)
        {
            return;
        }

        var allowed = Allowed(spec, before);
        if (allowed != before)
        {
            errors.Forbidden(FieldPath.Spec, $"{Changeable}\n{Difference(before, allowed)}");
        }
    }

    // The new spec with everything that may change set back, so that whatever still differs may not.
    private static PodSpec Allowed(PodSpec spec, PodSpec before) => spec with
    {
        Containers = WithImages(spec.Containers, before.Containers),
        InitContainers = WithImages(spec.InitContainers, before.InitContainers),
        ActiveDeadlineSeconds = before.ActiveDeadlineSeconds,
        Tolerations = before.Tolerations,
        SchedulingGates = spec.SchedulingGates.Count < before.SchedulingGates.Count ? before.SchedulingGates : spec.SchedulingGates,
        TerminationGracePeriodSeconds = before.TerminationGracePeriodSeconds < 0 && spec.TerminationGracePeriodSeconds == 1
            ? before.TerminationGracePeriodSeconds
            : spec.TerminationGracePeriodSeconds,
    };

    private static ValueList<Container> WithImages(ValueList<Container> containers, ValueList<Container> before)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            if (containers[i].Image != before[i].Image)
            {
                containers = containers.SetItem(i, containers[i] with { Image = before[i].Image });
            }
        }

        return containers;
    }

    private static void Images(ValueList<Container> containers, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            if (string.IsNullOrEmpty(containers[i].Image))
            {
                errors.Required(path.Index(i).Child("image"));
            }
        }
    }

    private static void Deadline(PodSpec spec, PodSpec before, FieldErrors errors)
    {
        var path = FieldPath.Spec.Child("activeDeadlineSeconds");
        if (spec.ActiveDeadlineSeconds is { } seconds)
        {
            if (seconds is < 0 or > int.MaxValue)
            {
                errors.Invalid(path, seconds, "must be between 0 and 2147483647, inclusive");
            }
            else if (before.ActiveDeadlineSeconds < seconds)
            {
                errors.Invalid(path, seconds, "must be less than or equal to previous value");
            }
        }
        else if (before.ActiveDeadlineSeconds is not null)
        {
            errors.Invalid(path, null, "must not update from a positive integer to nil value");
        }
    }

    private static void Tolerations(ValueList<Toleration> tolerations, ValueList<Toleration> before, FieldErrors errors)
    {
        foreach (var old in before)
        {
            if (!tolerations.Exists(t => t with { TolerationSeconds = old.TolerationSeconds } == old))
            {
                errors.Forbidden(FieldPath.Spec.Child("tolerations"), "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    // Upstream prints a structural difference of its Go types; the changed fields, old and new, say the same.
    private static string Difference(PodSpec before, PodSpec after)
    {
        var old = JsonSerializer.SerializeToNode(before, ApiJson.Default.PodSpec)!.AsObject();
        var now = JsonSerializer.SerializeToNode(after, ApiJson.Default.PodSpec)!.AsObject();
        var lines = new StringBuilder();
        foreach (var field in old.Select(f => f.Key).Union(now.Select(f => f.Key)).Order(StringComparer.Ordinal))
        {
            if (!JsonNode.DeepEquals(old[field], now[field]))
            {
                Line(lines, '-', field, old[field]);
                Line(lines, '+', field, now[field]);
            }
        }

        return lines.ToString();
    }

    private static void Line(StringBuilder lines, char sign, string field, JsonNode? value)
    {
        if (value is not null)
        {
            lines.Append(sign).Append(' ').Append(field).Append(": ").Append(value.ToJsonString()).Append('\n');
        }
    }
}

using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Kinds;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with jobs, alone or in a cron job's template.</summary>
/// <remarks>Upstream: pkg/apis/batch/validation/validation.go.</remarks>
internal static class JobValidation
{
    public static void Validate(Job obj, FieldErrors errors)
    {
        Spec(obj.Spec, FieldPath.Spec, errors);
        Selects(obj, errors);
    }

    public static void ValidateUpdate(Job obj, Job old, FieldErrors errors)
    {
        if (obj.Spec == old.Spec)
        {
            return;
        }

        Spec(obj.Spec, FieldPath.Spec, errors);
        var (now, was) = (obj.Spec, old.Spec);

        // An indexed job may grow and shrink as long as one pod stands for one index.
        var isElastic = now.CompletionMode == "Indexed" && now.Completions == now.Parallelism;
        Unchanged("completions", now.Completions, was.Completions, isElastic || now.Completions == was.Completions, errors);
        Unchanged("selector", now.Selector, was.Selector, now.Selector == was.Selector, errors);
        Unchanged("template", now.Template, was.Template, Comparable(now.Template, old) == was.Template, errors);
        Unchanged("completionMode", now.CompletionMode, was.CompletionMode, now.CompletionMode == was.CompletionMode, errors);
        Unchanged("podFailurePolicy", now.PodFailurePolicy, was.PodFailurePolicy, now.PodFailurePolicy == was.PodFailurePolicy, errors);
        Unchanged("backoffLimitPerIndex", now.BackoffLimitPerIndex, was.BackoffLimitPerIndex, now.BackoffLimitPerIndex == was.BackoffLimitPerIndex, errors);
        Unchanged("managedBy", now.ManagedBy, was.ManagedBy, now.ManagedBy == was.ManagedBy, errors);
        Unchanged("successPolicy", now.SuccessPolicy, was.SuccessPolicy, now.SuccessPolicy == was.SuccessPolicy, errors);
    }

    /// <summary>What is wrong with the job that a cron job begins; its selector comes later.</summary>
    public static void TemplateSpec(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        Numbers(spec, path, errors);
        Pods(spec, path, errors);
    }

    private static void Spec(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        Numbers(spec, path, errors);
        if (spec.Selector is null)
        {
            errors.Required(path.Child("selector"));
        }
        else
        {
            PodSpecValidation.LabelSelector(spec.Selector, path.Child("selector"), errors);
        }

        if (errors.IsEmpty && !Selector.From(spec.Selector).Matches(spec.Template.Metadata.Labels))
        {
            errors.Invalid(path.Child("template").Child("metadata").Child("labels"), spec.Template.Metadata.Labels, "`selector` does not match template `labels`");
        }

        Pods(spec, path, errors);
    }

    private static void Numbers(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("parallelism"), spec.Parallelism);
        errors.NonNegative(path.Child("completions"), spec.Completions);
        errors.NonNegative(path.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds);
        errors.NonNegative(path.Child("backoffLimit"), spec.BackoffLimit);
        errors.NonNegative(path.Child("ttlSecondsAfterFinished"), spec.TtlSecondsAfterFinished);
        errors.NonNegative(path.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex);
        errors.NonNegative(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes);
        if (spec.CompletionMode is { Length: > 0 } mode and not ("NonIndexed" or "Indexed"))
        {
            errors.NotSupported(path.Child("completionMode"), mode, "Indexed", "NonIndexed");
        }

        if (spec.CompletionMode == "Indexed" && spec.Completions is null)
        {
            errors.Required(path.Child("completions"), "when completion mode is Indexed");
        }

        if (spec.CompletionMode == "Indexed" && spec.Parallelism > 100_000)
        {
            errors.Invalid(path.Child("parallelism"), spec.Parallelism, "must be less than or equal to 100000 when completion mode is Indexed");
        }
    }

    private static void Pods(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        var template = path.Child("template");
        PodSpecValidation.Template(spec.Template, template, errors);
        var restart = template.Child("spec").Child("restartPolicy");
        switch (spec.Template.Spec.RestartPolicy)
        {
            case null or "" or "Always":
                errors.Required(restart, "valid values: \"OnFailure\", \"Never\"");
                break;
            case "OnFailure" when spec.PodFailurePolicy is not null:
                errors.Invalid(restart, "OnFailure", "only \"Never\" is supported when podFailurePolicy is specified");
                break;
            default:
                break;
        }
    }

    private static void Selects(Job obj, FieldErrors errors)
    {
        var uid = obj.Metadata.Uid ?? "";
        if (obj.Spec.ManualSelector != true && obj.Spec.Template.Metadata.Labels[JobSelector.UidLabel] is { } label && label != uid)
        {
            errors.Invalid(
                FieldPath.Spec.Child("template").Child("metadata").Child("labels"), obj.Spec.Template.Metadata.Labels, $"must be '{uid}'");
        }
    }

    // Where a job that waits shall run may be said until it begins.
    private static PodTemplateSpec Comparable(PodTemplateSpec template, Job old)
    {
        var was = old.Spec.Template;
        return old.Spec.Suspend == true && old.Status.StartTime is null
            ? template with
            {
                Metadata = was.Metadata,
                Spec = template.Spec with
                {
                    NodeSelector = was.Spec.NodeSelector,
                    Affinity = was.Spec.Affinity,
                    Tolerations = was.Spec.Tolerations,
                    SchedulingGates = was.Spec.SchedulingGates,
                },
            }
            : template;
    }

    private static void Unchanged(string field, object? value, object? old, bool isSame, FieldErrors errors)
    {
        if (!isSame)
        {
            errors.Invalid(FieldPath.Spec.Child(field), value ?? old, NameRules.Immutable);
        }
    }
}

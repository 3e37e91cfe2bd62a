using KubeLab.Api;
using KubeLab.Api.Batch;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Kinds;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with jobs, alone or in a cron job's template.</summary>
/// <remarks>Upstream: pkg/apis/batch/validation/validation.go.</remarks>
internal static class JobValidation
{
    private const int ManagedByMax = 63;
    private const int IndexedParallelismMax = 100_000;
    private const int FailedIndexesMax = 100_000;
    private const int ManyCompletions = 100_000;
    private const int LimitForManyCompletions = 10_000;

    public static void Validate(Job obj, FieldErrors errors)
    {
        Selects(obj, errors);
        Spec(obj.Spec, FieldPath.Spec, errors);
        if (obj.Spec is { CompletionMode: "Indexed", Completions: > 0 and var completions })
        {
            // The controller makes this the host name of the last pod.
            var hostname = $"{obj.Metadata.Name}-{completions - 1}";
            if (LabelNames.DnsLabelErrors(hostname).Count > 0)
            {
                errors.Invalid(
                    FieldPath.Metadata.Child("name"), obj.Metadata.Name, $"will not able to create pod with invalid DNS label: {hostname}");
            }
        }
    }

    public static void ValidateUpdate(Job obj, Job old, FieldErrors errors)
    {
        if (obj.Spec == old.Spec)
        {
            return;
        }

        Spec(obj.Spec, FieldPath.Spec, errors);
        var (now, was) = (obj.Spec, old.Spec);

        Completions(now, was, errors);
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
        Fields(spec, path, errors);
        if (spec.Selector is not null)
        {
            errors.Invalid(path.Child("selector"), spec.Selector, "`selector` will be auto-generated");
        }

        if (spec.ManualSelector == true)
        {
            errors.NotSupported(path.Child("manualSelector"), true, "nil", "false");
        }
    }

    private static void Completions(JobSpec now, JobSpec was, FieldErrors errors)
    {
        if (now.Completions == was.Completions)
        {
            return;
        }

        if (now.CompletionMode != "Indexed")
        {
            Unchanged("completions", now.Completions, was.Completions, false, errors);
        }
        else if (now.Completions is { } completions && completions != now.Parallelism)
        {
            // An indexed job may grow and shrink as long as one pod stands for one index.
            errors.Invalid(FieldPath.Spec.Child("completions"), completions, "can only be modified in tandem with spec.parallelism");
        }
    }

    private static void Spec(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        Fields(spec, path, errors);
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
    }

    private static void Fields(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        Numbers(spec, path, errors);
        Mode(spec, path, errors);
        if (spec.PodFailurePolicy is not null)
        {
            JobPolicyValidation.Failures(spec, path.Child("podFailurePolicy"), errors);
        }

        if (spec.SuccessPolicy is { } success)
        {
            if (spec.CompletionMode != "Indexed")
            {
                errors.Invalid(path.Child("successPolicy"), success, "requires indexed completion mode");
            }
            else
            {
                JobPolicyValidation.Success(spec, path.Child("successPolicy"), errors);
            }
        }

        if (spec.PodReplacementPolicy is { } replacement)
        {
            var field = path.Child("podReplacementPolicy");
            if (spec.PodFailurePolicy is not null && replacement != "Failed")
            {
                errors.NotSupported(field, replacement, "Failed");
            }
            else if (replacement is not ("Failed" or "TerminatingOrFailed"))
            {
                errors.NotSupported(field, replacement, "Failed", "TerminatingOrFailed");
            }
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
        if (spec.MaxFailedIndexes is not null && spec.BackoffLimitPerIndex is null)
        {
            errors.Required(path.Child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }

        if (spec.ManagedBy is { } manager)
        {
            NameRules.DomainPrefixedPath(errors, path.Child("managedBy"), manager);
            if (manager.Length > ManagedByMax)
            {
                errors.TooLong(path.Child("managedBy"), ManagedByMax);
            }
        }
    }

    private static void Mode(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        switch (spec.CompletionMode)
        {
            case "Indexed":
                Indexed(spec, path, errors);
                break;
            case null or "NonIndexed":
                NotIndexed(spec.BackoffLimitPerIndex, path.Child("backoffLimitPerIndex"), errors);
                NotIndexed(spec.MaxFailedIndexes, path.Child("maxFailedIndexes"), errors);
                break;
            default:
                errors.NotSupported(path.Child("completionMode"), spec.CompletionMode, "Indexed", "NonIndexed");
                break;
        }
    }

    private static void NotIndexed(int? value, FieldPath path, FieldErrors errors)
    {
        if (value is not null)
        {
            errors.Invalid(path, value, "requires indexed completion mode");
        }
    }

    private static void Indexed(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        var (parallelism, failed) = (path.Child("parallelism"), path.Child("maxFailedIndexes"));
        if (spec.Completions is null)
        {
            errors.Required(path.Child("completions"), "when completion mode is Indexed");
        }

        if (spec.Parallelism > IndexedParallelismMax)
        {
            errors.Invalid(parallelism, spec.Parallelism, "must be less than or equal to 100000 when completion mode is Indexed");
        }

        if (spec.MaxFailedIndexes > spec.Completions)
        {
            errors.Invalid(failed, spec.MaxFailedIndexes, "must be less than or equal to completions");
        }

        if (spec.MaxFailedIndexes > FailedIndexesMax)
        {
            errors.Invalid(failed, spec.MaxFailedIndexes, "must be less than or equal to 100000");
        }

        if (spec.Completions > ManyCompletions && spec.BackoffLimitPerIndex is not null)
        {
            const string few = "must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index";
            if (spec.MaxFailedIndexes is null)
            {
                errors.Required(failed, "must be specified when completions is above 100000");
            }

            if (spec.Parallelism > LimitForManyCompletions)
            {
                errors.Invalid(parallelism, spec.Parallelism, few);
            }

            if (spec.MaxFailedIndexes > LimitForManyCompletions)
            {
                errors.Invalid(failed, spec.MaxFailedIndexes, few);
            }
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
            case not ("OnFailure" or "Never"):
                errors.NotSupported(restart, spec.Template.Spec.RestartPolicy, "Never", "OnFailure");
                break;
            case "OnFailure" when spec.PodFailurePolicy is not null:
                errors.Invalid(restart, "OnFailure", "only \"Never\" is supported when podFailurePolicy is specified");
                break;
            default:
                break;
        }
    }

    /// <summary>Whether the labels that the server gives the template are there, and the selector asks for no others.</summary>
    private static void Selects(Job obj, FieldErrors errors)
    {
        if (obj.Spec.ManualSelector == true || obj.Spec.Selector is null)
        {
            return;
        }

        var (uid, name) = (obj.Metadata.Uid ?? "", obj.Metadata.Name ?? "");
        var expected = StringMap.Of(
            ("controller-uid", uid), ("job-name", name), (JobSelector.UidLabel, uid), ("batch.kubernetes.io/job-name", name));
        var labels = obj.Spec.Template.Metadata.Labels;
        var path = FieldPath.Spec.Child("template").Child("metadata").Child("labels");
        foreach (var key in new[] { "controller-uid", "job-name", JobSelector.UidLabel, "batch.kubernetes.io/job-name" })
        {
            if (labels[key] is not { } value)
            {
                errors.Required(path.Key(key), $"must be '{expected[key]}'");
            }
            else if (value != expected[key])
            {
                errors.Invalid(path.Key(key), labels, $"must be '{expected[key]}'");
            }
        }

        if (!Matches(obj.Spec.Selector, expected))
        {
            errors.Invalid(FieldPath.Spec.Child("selector"), obj.Spec.Selector, "`selector` not auto-generated");
        }
    }

    private static bool Matches(LabelSelector selector, StringMap labels)
    {
        try
        {
            return Selector.From(selector).Matches(labels);
        }
        catch (FormatException)
        {
            // What cannot be read is told elsewhere.
            return true;
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
                    Affinity = Comparable(template.Spec.Affinity, was.Spec.Affinity),
                    Tolerations = was.Spec.Tolerations,
                    SchedulingGates = was.Spec.SchedulingGates,
                },
            }
            : template;
    }

    private static Affinity? Comparable(Affinity? affinity, Affinity? was)
    {
        var compared = (affinity ?? new()) with { NodeAffinity = was?.NodeAffinity };
        return was is null && compared == new Affinity() ? null : compared;
    }

    private static void Unchanged(string field, object? value, object? old, bool isSame, FieldErrors errors)
    {
        if (!isSame)
        {
            errors.Invalid(FieldPath.Spec.Child(field), value ?? old, NameRules.Immutable);
        }
    }
}

using KubeLab.Api.Batch;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with a job's status, which controllers other than the built-in one may write too.</summary>
/// <remarks>
/// Upstream: validateJobStatus in pkg/apis/batch/validation/validation.go, and getStatusValidationOptions in pkg/registry/batch/job/strategy.go: what was
/// wrong before and is not touched is let through.
/// </remarks>
internal static class JobStatusValidation
{
    private static readonly FieldPath Path = FieldPath.Root("status");
    private static readonly FieldPath Conditions = Path.Child("conditions");

    public static void ValidateUpdate(Job obj, Job old, FieldErrors errors)
    {
        if (obj.Status == old.Status)
        {
            return;
        }

        Numbers(obj.Status, errors);
        Uncounted(obj.Status.UncountedTerminatedPods, errors);
        Ends(obj, old, errors);
        Times(obj, old, errors);
        Indexes(obj, old, errors);
        Succession(obj, old, errors);
        Transitions(obj, old, errors);
    }

    private static bool Is(Job job, string condition) => job.Status.Conditions.Exists(c => c.Type == condition && c.Status == "True");

    private static bool IsFinished(Job job) => Is(job, "Complete") || Is(job, "Failed");

    private static bool Changed(Job obj, Job old, params ReadOnlySpan<string> conditions)
    {
        foreach (var condition in conditions)
        {
            if (Is(obj, condition) != Is(old, condition))
            {
                return true;
            }
        }

        return false;
    }

    private static void Numbers(JobStatus status, FieldErrors errors)
    {
        errors.NonNegative(Path.Child("active"), status.Active);
        errors.NonNegative(Path.Child("succeeded"), status.Succeeded);
        errors.NonNegative(Path.Child("failed"), status.Failed);
        errors.NonNegative(Path.Child("ready"), status.Ready);
        errors.NonNegative(Path.Child("terminating"), status.Terminating);
    }

    private static void Uncounted(JobUncountedPods? pods, FieldErrors errors)
    {
        var path = Path.Child("uncountedTerminatedPods");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, uids) in new[] { ("succeeded", pods?.Succeeded ?? default), ("failed", pods?.Failed ?? default) })
        {
            for (var i = 0; i < uids.Count; i++)
            {
                if (uids[i].Length == 0)
                {
                    errors.Invalid(path.Child(name).Index(i), "", "must not be empty");
                }
                else if (!seen.Add(uids[i]))
                {
                    errors.Duplicate(path.Child(name).Index(i), uids[i]);
                }
            }
        }
    }

    private static void Ends(Job obj, Job old, FieldErrors errors)
    {
        var status = obj.Status;
        Refuse(Changed(obj, old, "Complete", "Failed") && Is(obj, "Complete") && Is(obj, "Failed"), "cannot set Complete=True and Failed=true conditions", errors);
        Refuse(
            Changed(obj, old, "Complete", "FailureTarget") && Is(obj, "Complete") && Is(obj, "FailureTarget"),
            "cannot set Complete=True and FailureTarget=true conditions",
            errors);
        Refuse(
            Changed(obj, old, "Failed", "FailureTarget") && Is(obj, "Failed") && !Is(obj, "FailureTarget"),
            "cannot set Failed=True condition without the FailureTarget=true condition",
            errors);
        Refuse(
            Changed(obj, old, "Complete", "SuccessCriteriaMet") && Is(obj, "Complete") && !Is(obj, "SuccessCriteriaMet"),
            "cannot set Complete=True condition without the SuccessCriteriaMet=true condition",
            errors);
        var isFinished = IsFinished(obj);
        var isFinishedChanged = isFinished != IsFinished(old);
        if (isFinished && (isFinishedChanged || status.Active != old.Status.Active) && status.Active > 0)
        {
            errors.Invalid(Path.Child("active"), status.Active, "active>0 is invalid for finished job");
        }

        if (isFinished && (isFinishedChanged || status.Terminating != old.Status.Terminating) && status.Terminating > 0)
        {
            errors.Invalid(Path.Child("terminating"), status.Terminating, "terminating>0 is invalid for finished job");
        }

        if (isFinished && status.UncountedTerminatedPods is { } uncounted && uncounted.Failed.Count + uncounted.Succeeded.Count > 0
            && (isFinishedChanged || uncounted != old.Status.UncountedTerminatedPods))
        {
            errors.Invalid(Path.Child("uncountedTerminatedPods"), uncounted, "uncountedTerminatedPods needs to be empty for finished job");
        }

        if ((status.Ready != old.Status.Ready || status.Active != old.Status.Active) && status.Ready > status.Active)
        {
            errors.Invalid(Path.Child("ready"), status.Ready, "cannot set more ready pods than active");
        }
    }

    private static void Times(Job obj, Job old, FieldErrors errors)
    {
        var (now, was) = (obj.Status, old.Status);
        var completion = Path.Child("completionTime");
        var isCompletionChanged = now.CompletionTime != was.CompletionTime || Changed(obj, old, "Complete");
        if (isCompletionChanged && now.CompletionTime is not null && !Is(obj, "Complete"))
        {
            errors.Invalid(completion, now.CompletionTime, "cannot set completionTime when there is no Complete=True condition");
        }

        if (isCompletionChanged && now.CompletionTime is null && Is(obj, "Complete"))
        {
            errors.Required(completion, "completionTime is required for Complete jobs");
        }

        if ((now.CompletionTime, now.StartTime) != (was.CompletionTime, was.StartTime) && now.StartTime is { } start && now.CompletionTime is { } end && end < start)
        {
            errors.Invalid(completion, end, "completionTime cannot be set before startTime");
        }

        if (now.CompletionTime is { } moved && was.CompletionTime is { } set && moved != set)
        {
            errors.Invalid(completion, moved, "completionTime cannot be mutated");
        }

        if (now.StartTime is null && IsFinished(obj) && (!IsFinished(old) || was.StartTime is not null))
        {
            errors.Required(Path.Child("startTime"), "startTime is required for finished job");
        }

        // A job that waited begins anew when it is resumed.
        if (was.StartTime is not null && now.StartTime != was.StartTime && obj.Spec.Suspend != true && !Is(old, "Suspended"))
        {
            errors.Required(Path.Child("startTime"), "startTime cannot be removed for unsuspended job");
        }
    }

    private static void Indexes(Job obj, Job old, FieldErrors errors)
    {
        var (completed, failed) = (obj.Status.CompletedIndexes ?? "", obj.Status.FailedIndexes);
        var isCompletedChanged = completed != (old.Status.CompletedIndexes ?? "");
        var isFailedChanged = failed != old.Status.FailedIndexes;
        var (completedPath, failedPath) = (Path.Child("completedIndexes"), Path.Child("failedIndexes"));
        if (isCompletedChanged && obj.Spec.Completions is { } wanted && IndexFormat.Problem(completed, wanted, out _) is { } problem)
        {
            errors.Invalid(completedPath, completed, $"error parsing completedIndexes: {problem}");
        }

        if (isFailedChanged && failed is not null && obj.Spec is { Completions: { } most, BackoffLimitPerIndex: not null }
            && IndexFormat.Problem(failed, most, out _) is { } failedProblem)
        {
            errors.Invalid(failedPath, failed, $"error parsing failedIndexes: {failedProblem}");
        }

        if (isCompletedChanged && completed.Length > 0 && obj.Spec.CompletionMode != "Indexed")
        {
            errors.Invalid(completedPath, completed, "cannot set non-empty completedIndexes when non-indexed completion mode");
        }

        if (isFailedChanged && failed is not null && obj.Spec.BackoffLimitPerIndex is null)
        {
            errors.Invalid(failedPath, failed, "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }

        if ((isCompletedChanged || isFailedChanged) && failed is not null && obj.Spec.Completions is { } below
            && IndexFormat.Overlap(completed, failed, below) is { } index)
        {
            errors.Invalid(failedPath, failed, $"failedIndexes and completedIndexes overlap at index: {index}");
        }
    }

    private static void Succession(Job obj, Job old, FieldErrors errors)
    {
        var isMet = Is(obj, "SuccessCriteriaMet");
        Refuse(isMet && Is(obj, "Failed"), "cannot set SuccessCriteriaMet=True and Failed=true conditions", errors);
        Refuse(isMet && Is(obj, "FailureTarget"), "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions", errors);
        Refuse(
            obj.Spec.SuccessPolicy is not null && !isMet && Is(obj, "Complete"),
            "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True",
            errors);
        Refuse(Is(old, "SuccessCriteriaMet") && !isMet, "cannot disable the SuccessCriteriaMet=True condition", errors);
        Refuse(
            Is(old, "Complete") && !Is(old, "SuccessCriteriaMet") && isMet,
            "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions",
            errors);
    }

    private static void Transitions(Job obj, Job old, FieldErrors errors)
    {
        foreach (var condition in new[] { "Failed", "Complete", "FailureTarget" })
        {
            Refuse(Is(old, condition) && !Is(obj, condition), $"cannot disable the terminal {condition}=True condition", errors);
        }

        if (obj.Status.Failed < old.Status.Failed)
        {
            errors.Invalid(Path.Child("failed"), obj.Status.Failed, "cannot decrease the failed counter");
        }

        // Jobs with as many completions as pods at once may shrink, and with them what has succeeded.
        if (obj.Status.Succeeded < old.Status.Succeeded && obj.Spec.Completions != obj.Spec.Parallelism)
        {
            errors.Invalid(Path.Child("succeeded"), obj.Status.Succeeded, "cannot decrease the succeeded counter");
        }
    }

    private static void Refuse(bool isWrong, string detail, FieldErrors errors)
    {
        if (isWrong)
        {
            errors.InvalidAsWhole(Conditions, detail);
        }
    }
}

using KubeLab.Api.Batch;
using KubeLab.Api.Cron;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with cron jobs.</summary>
/// <remarks>Upstream: pkg/apis/batch/validation/validation.go.</remarks>
internal static class CronJobValidation
{
    // The controller appends eleven characters to name a job, and a job's name may have 63.
    private const int NameMax = 52;
    private static readonly FieldPath Schedule = FieldPath.Spec.Child("schedule");

    public static void Validate(CronJob obj, FieldErrors errors)
    {
        Spec(obj.Spec, errors);
        if (obj.Metadata.Name is { Length: > NameMax } name)
        {
            errors.Invalid(FieldPath.Metadata.Child("name"), name, "must be no more than 52 characters");
        }
    }

    public static void ValidateUpdate(CronJob obj, CronJob old, FieldErrors errors)
    {
        if (obj.Spec != old.Spec)
        {
            Spec(obj.Spec, errors, old.Spec);
        }
    }

    private static void Spec(CronJobSpec spec, FieldErrors errors, CronJobSpec? old = null)
    {
        if (spec.Schedule.Length == 0)
        {
            errors.Required(Schedule);
        }
        else
        {
            if (CronSchedule.TryParse(spec.Schedule, out _) is { } problem && !spec.Schedule.Contains("TZ=", StringComparison.Ordinal))
            {
                errors.Invalid(Schedule, spec.Schedule, problem);
            }

            if (spec.Schedule.Contains("TZ", StringComparison.Ordinal))
            {
                errors.Invalid(Schedule, spec.Schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
            }
        }

        if (spec.TimeZone is { } zone && (old is null || old.TimeZone != zone))
        {
            Zone(zone, errors);
        }

        errors.NonNegative(FieldPath.Spec.Child("startingDeadlineSeconds"), spec.StartingDeadlineSeconds);
        errors.OneOf(FieldPath.Spec.Child("concurrencyPolicy"), spec.ConcurrencyPolicy, "Allow", "Forbid", "Replace");
        var job = FieldPath.Spec.Child("jobTemplate");
        JobValidation.TemplateSpec(spec.JobTemplate.Spec, job.Child("spec"), errors);
        errors.NonNegative(FieldPath.Spec.Child("successfulJobsHistoryLimit"), spec.SuccessfulJobsHistoryLimit);
        errors.NonNegative(FieldPath.Spec.Child("failedJobsHistoryLimit"), spec.FailedJobsHistoryLimit);
    }

    private static void Zone(string zone, FieldErrors errors)
    {
        var path = FieldPath.Spec.Child("timeZone");
        if (zone.Length == 0)
        {
            errors.Invalid(path, zone, "timeZone must be nil or non-empty string");
        }
        else if (CronZone.TryFind(zone, out _) is { } problem)
        {
            errors.Invalid(
                path,
                zone,
                zone.Equals("Local", StringComparison.OrdinalIgnoreCase)
                    ? "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"
                    : problem);
        }
    }
}

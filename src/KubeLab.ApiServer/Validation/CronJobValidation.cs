using KubeLab.Api.Batch;
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
            Spec(obj.Spec, errors);
        }
    }

    private static void Spec(CronJobSpec spec, FieldErrors errors)
    {
        if (spec.Schedule.Length == 0)
        {
            errors.Required(Schedule);
        }
        else if (spec.Schedule.Contains("TZ", StringComparison.Ordinal))
        {
            errors.Invalid(Schedule, spec.Schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
        else if (CronFormat.Problem(spec.Schedule) is { } problem)
        {
            errors.Invalid(Schedule, spec.Schedule, problem);
        }

        if (spec.TimeZone is { } zone)
        {
            Zone(zone, errors);
        }

        errors.NonNegative(FieldPath.Spec.Child("startingDeadlineSeconds"), spec.StartingDeadlineSeconds);
        errors.OneOf(FieldPath.Spec.Child("concurrencyPolicy"), spec.ConcurrencyPolicy, "Allow", "Forbid", "Replace");
        var job = FieldPath.Spec.Child("jobTemplate");
        if (spec.JobTemplate.Spec.ManualSelector == true)
        {
            errors.NotSupported(job.Child("spec").Child("manualSelector"), true, "nil", "false");
        }

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
        else if (zone.Equals("Local", StringComparison.OrdinalIgnoreCase))
        {
            errors.Invalid(path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        else if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            errors.Invalid(path, zone, $"unknown time zone {zone}");
        }
    }
}

using System.Globalization;
using KubeLab.Api.Batch;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.CronJobs;

/// <summary>The job of one of a cron job's times.</summary>
/// <remarks>Upstream: getJobFromTemplate2 and getJobName in pkg/controller/cronjob.</remarks>
public static class CronJobRun
{
    /// <summary>The annotation with the time for which a job was made.</summary>
    public const string TimeAnnotation = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    /// <summary>The job's name: that of the cron job and the minute, so that no time can begin two jobs.</summary>
    public static string NameOf(CronJob owner, DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{owner.Metadata.Name}-{time.ToUnixTimeSeconds() / 60}");

    /// <summary>The job for <paramref name="time"/>, not yet stored; <paramref name="zone"/> is whose clock the annotation shows.</summary>
    public static Job JobFor(CronJob owner, DateTimeOffset time, TimeZoneInfo zone)
    {
        var template = owner.Spec.JobTemplate;
        return new()
        {
            Metadata = new()
            {
                Name = NameOf(owner, time),
                Namespace = owner.Metadata.Namespace,
                Labels = template.Metadata.Labels,
                Annotations = template.Metadata.Annotations.With(TimeAnnotation, Written(time, zone)),
                OwnerReferences = [Ownership.ReferenceTo(owner)],
            },
            Spec = template.Spec,
        };
    }

    private static string Written(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return local.ToString(local.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }
}

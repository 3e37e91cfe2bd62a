using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Batch;

/// <summary>Jobs that begin at set times.</summary>
public sealed record CronJob : ApiRecord, IApiObject<CronJob>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("batch/v1", "cronjobs", "CronJob", true, "cj", "all", "status");

    /// <inheritdoc/>
    public string ApiVersion => "batch/v1";

    /// <inheritdoc/>
    public string Kind => "CronJob";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public CronJobSpec Spec { get => field ?? CronJobSpec.Empty; init => field = value == CronJobSpec.Empty ? null : value; }

    /// <summary>What the controller reports.</summary>
    public CronJobStatus Status { get => field ?? CronJobStatus.Empty; init => field = value == CronJobStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public CronJob WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in a cron job.</summary>
public sealed record CronJobSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static CronJobSpec Empty { get; } = new();

    /// <summary>When, as cron writes it: minute, hour, day of month, month, day of week.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Schedule { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Whose clock, for example <c>Europe/Zurich</c>; that of the controller when absent.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How late a job may begin.</summary>
    public long? StartingDeadlineSeconds { get; init; }

    /// <summary>What happens when the last job still runs: <c>Allow</c>, <c>Forbid</c> or <c>Replace</c>.</summary>
    public string? ConcurrencyPolicy { get; init; }

    /// <summary>Whether no new jobs begin.</summary>
    public bool? Suspend { get; init; }

    /// <summary>The job to begin.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JobTemplateSpec JobTemplate
    {
        get => field ?? JobTemplateSpec.Empty;
        init => field = value == JobTemplateSpec.Empty ? null : value;
    }

    /// <summary>How many jobs that succeeded are kept.</summary>
    public int? SuccessfulJobsHistoryLimit { get; init; }

    /// <summary>How many jobs that failed are kept.</summary>
    public int? FailedJobsHistoryLimit { get; init; }
}

/// <summary>A job that a cron job begins.</summary>
public sealed record JobTemplateSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static JobTemplateSpec Empty { get; } = new();

    /// <summary>Labels and annotations of the jobs.</summary>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public JobSpec Spec { get => field ?? JobSpec.Empty; init => field = value == JobSpec.Empty ? null : value; }
}

/// <summary>What the controller reports about a cron job.</summary>
public sealed record CronJobStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static CronJobStatus Empty { get; } = new();

    /// <summary>Jobs that run.</summary>
    public ValueList<ObjectReference> Active { get; init; }

    /// <summary>When a job last began.</summary>
    public Timestamp? LastScheduleTime { get; init; }

    /// <summary>When a job last succeeded.</summary>
    public Timestamp? LastSuccessfulTime { get; init; }
}

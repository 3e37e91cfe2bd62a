using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Batch;

/// <summary>Pods that run to their end, a number of times.</summary>
public sealed record Job : ApiRecord, IApiObject<Job>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("batch/v1", "jobs", "Job", true, "", "all", "status");

    /// <inheritdoc/>
    public string ApiVersion => "batch/v1";

    /// <inheritdoc/>
    public string Kind => "Job";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for.</summary>
    public JobSpec Spec { get => field ?? JobSpec.Empty; init => field = value == JobSpec.Empty ? null : value; }

    /// <summary>What the controller reports.</summary>
    public JobStatus Status { get => field ?? JobStatus.Empty; init => field = value == JobStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public Job WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>What is asked for in a job.</summary>
public sealed record JobSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static JobSpec Empty { get; } = new();

    /// <summary>How many pods may run at once.</summary>
    public int? Parallelism { get; init; }

    /// <summary>How many pods must succeed.</summary>
    public int? Completions { get; init; }

    /// <summary>Seconds after which it is given up.</summary>
    public long? ActiveDeadlineSeconds { get; init; }

    /// <summary>Which failures count, and which end everything.</summary>
    public JobPodFailurePolicy? PodFailurePolicy { get; init; }

    /// <summary>When it counts as done before all have succeeded.</summary>
    public JobSuccessPolicy? SuccessPolicy { get; init; }

    /// <summary>How many failures are forgiven.</summary>
    public int? BackoffLimit { get; init; }

    /// <summary>How many failures of one index are forgiven.</summary>
    public int? BackoffLimitPerIndex { get; init; }

    /// <summary>How many indexes may fail.</summary>
    public int? MaxFailedIndexes { get; init; }

    /// <summary>Which pods are its own; the server fills it in.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>Whether the user chose the selector.</summary>
    public bool? ManualSelector { get; init; }

    /// <summary>The pod to run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public PodTemplateSpec Template
    {
        get => field ?? PodTemplateSpec.Empty;
        init => field = value == PodTemplateSpec.Empty ? null : value;
    }

    /// <summary>Seconds after its end when it is removed.</summary>
    public int? TtlSecondsAfterFinished { get; init; }

    /// <summary><c>NonIndexed</c> or <c>Indexed</c>.</summary>
    public string? CompletionMode { get; init; }

    /// <summary>Whether it waits.</summary>
    public bool? Suspend { get; init; }

    /// <summary>Whether a pod that is on its way out is replaced already: <c>TerminatingOrFailed</c> or <c>Failed</c>.</summary>
    public string? PodReplacementPolicy { get; init; }

    /// <summary>Who looks after it, when not the job controller.</summary>
    public string? ManagedBy { get; init; }
}

/// <summary>Which failures count, and which end everything; the first rule that fits decides.</summary>
public sealed record JobPodFailurePolicy : ApiRecord
{
    /// <summary>The rules.</summary>
    public ValueList<JobPodFailureRule> Rules { get; init; }
}

/// <summary>One rule about failed pods.</summary>
public sealed record JobPodFailureRule : ApiRecord
{
    /// <summary><c>FailJob</c>, <c>FailIndex</c>, <c>Ignore</c> or <c>Count</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Action { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The exit codes it is about.</summary>
    public JobExitCodes? OnExitCodes { get; init; }

    /// <summary>The conditions it is about.</summary>
    public ValueList<JobPodCondition> OnPodConditions { get; init; }
}

/// <summary>Exit codes that a rule is about.</summary>
public sealed record JobExitCodes : ApiRecord
{
    /// <summary>The container; absent for all.</summary>
    public string? ContainerName { get; init; }

    /// <summary><c>In</c> or <c>NotIn</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Operator { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The exit codes.</summary>
    public ValueList<int> Values { get; init; }
}

/// <summary>A condition that a rule is about.</summary>
public sealed record JobPodCondition : ApiRecord
{
    /// <summary>The condition, for example <c>DisruptionTarget</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its status; <c>True</c> when absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Status { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>When a job counts as done before all have succeeded.</summary>
public sealed record JobSuccessPolicy : ApiRecord
{
    /// <summary>The rules; one is enough.</summary>
    public ValueList<JobSuccessRule> Rules { get; init; }
}

/// <summary>One rule of when a job counts as done.</summary>
public sealed record JobSuccessRule : ApiRecord
{
    /// <summary>Which indexes must have succeeded, for example <c>0,2-4</c>.</summary>
    public string? SucceededIndexes { get; init; }

    /// <summary>How many of them.</summary>
    public int? SucceededCount { get; init; }
}

/// <summary>What the controller reports about a job.</summary>
public sealed record JobStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static JobStatus Empty { get; } = new();

    /// <summary>Complete, Failed, Suspended and others.</summary>
    [MergeKey("type")]
    public ValueList<Condition> Conditions { get; init; }

    /// <summary>When it began.</summary>
    public Timestamp? StartTime { get; init; }

    /// <summary>When it was done.</summary>
    public Timestamp? CompletionTime { get; init; }

    /// <summary>Pods that are pending or running.</summary>
    public int Active { get; init; }

    /// <summary>Pods that have succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>Pods that have failed.</summary>
    public int Failed { get; init; }

    /// <summary>Pods that are on their way out.</summary>
    public int? Terminating { get; init; }

    /// <summary>The indexes that are done, for example <c>1,3-5</c>.</summary>
    public string? CompletedIndexes { get; init; }

    /// <summary>The indexes that were given up.</summary>
    public string? FailedIndexes { get; init; }

    /// <summary>Pods that have ended and are not yet counted.</summary>
    public JobUncountedPods? UncountedTerminatedPods { get; init; }

    /// <summary>Pods that are ready.</summary>
    public int? Ready { get; init; }
}

/// <summary>Uids of pods that have ended and are not yet counted.</summary>
public sealed record JobUncountedPods : ApiRecord
{
    /// <summary>Those that have succeeded.</summary>
    public ValueList<string> Succeeded { get; init; }

    /// <summary>Those that have failed.</summary>
    public ValueList<string> Failed { get; init; }
}

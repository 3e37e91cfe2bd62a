using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Metrics;

/// <summary>What a node used lately; computed at every reading, and stored nowhere.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/">Resource metrics pipeline</seealso>
public sealed record NodeMetrics : ApiRecord, IApiObject<NodeMetrics>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("metrics.k8s.io/v1beta1", "nodes", "NodeMetrics", false) with { Singular = "", Verbs = ["get", "list"] };

    /// <inheritdoc/>
    public string ApiVersion => "metrics.k8s.io/v1beta1";

    /// <inheritdoc/>
    public string Kind => "NodeMetrics";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>When it was measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Timestamp? Timestamp { get; init; }

    /// <summary>Over which time CPU is averaged, for example <c>15s</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Window { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>cpu</c> in cores, the mean over the window; <c>memory</c> in bytes, at the end of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ResourceList Usage { get; init; }

    /// <inheritdoc/>
    public NodeMetrics WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

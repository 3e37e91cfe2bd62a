using System.Text.Json.Serialization;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Events;

/// <summary>Something that happened to an object, in the words of the group <c>events.k8s.io</c>; what is stored is the same event.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/">Event</seealso>
public sealed record EventV1 : ApiRecord, IApiObject<EventV1>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } =
        ApiResource.Named("events.k8s.io/v1", "events", "Event", true, "ev", "", "") with { StorePrefix = Event.Resource.StorePrefix };

    /// <inheritdoc/>
    public string ApiVersion => "events.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "Event";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>When.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MicroTime? EventTime { get; init; }

    /// <summary>How often since.</summary>
    public OpaqueObject? Series { get; init; }

    /// <summary>Who says so, for example <c>kubernetes.io/kubelet</c>.</summary>
    public string? ReportingController { get; init; }

    /// <summary>Which instance of it.</summary>
    public string? ReportingInstance { get; init; }

    /// <summary>What was done about it.</summary>
    public string? Action { get; init; }

    /// <summary>What, in one word.</summary>
    public string? Reason { get; init; }

    /// <summary>What it happened to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ObjectReference Regarding { get => field ?? ObjectReference.Empty; init => field = value == ObjectReference.Empty ? null : value; }

    /// <summary>What else it is about.</summary>
    public ObjectReference? Related { get; init; }

    /// <summary>What, in a sentence.</summary>
    public string? Note { get; init; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Who said so in the words of the core group.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public EventSource DeprecatedSource { get => field ?? EventSource.Empty; init => field = value == EventSource.Empty ? null : value; }

    /// <summary>When first, in the words of the core group.</summary>
    public Timestamp? DeprecatedFirstTimestamp { get; init; }

    /// <summary>When last, in the words of the core group.</summary>
    public Timestamp? DeprecatedLastTimestamp { get; init; }

    /// <summary>How often, in the words of the core group.</summary>
    public int DeprecatedCount { get; init; }

    /// <inheritdoc/>
    public EventV1 WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>Something that happened to an object, for people to read.</summary>
public sealed record Event : ApiRecord, IApiObject<Event>
{
    private readonly long first;
    private readonly long last;
    private readonly long eventTime;

    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("v1", "events", "Event", true, "ev", "", "");

    /// <inheritdoc/>
    public string ApiVersion => "v1";

    /// <inheritdoc/>
    public string Kind => "Event";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What it happened to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ObjectReference InvolvedObject
    {
        get => field ?? ObjectReference.Empty;
        init => field = value == ObjectReference.Empty ? null : value;
    }

    /// <summary>What, in one word.</summary>
    public string? Reason { get; init; }

    /// <summary>What, in a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>Who says so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public EventSource Source { get => field ?? EventSource.Empty; init => field = value == EventSource.Empty ? null : value; }

    /// <summary>When first.</summary>
    public Timestamp? FirstTimestamp { get => Timestamp.Unpack(first); init => first = Timestamp.Pack(value); }

    /// <summary>When last.</summary>
    public Timestamp? LastTimestamp { get => Timestamp.Unpack(last); init => last = Timestamp.Pack(value); }

    /// <summary>How often.</summary>
    public int Count { get; init; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public string? Type { get; init; }

    /// <summary>When, for newer reporters.</summary>
    public MicroTime? EventTime { get => MicroTime.Unpack(eventTime); init => eventTime = MicroTime.Pack(value); }

    /// <summary>How often since, for newer reporters.</summary>
    public OpaqueObject? Series { get; init; }

    /// <summary>What was done about it.</summary>
    public string? Action { get; init; }

    /// <summary>What else it is about.</summary>
    public ObjectReference? Related { get; init; }

    /// <summary>Who says so, for newer reporters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonPropertyName("reportingComponent")]
    public string? ReportingController { get; init; }

    /// <summary>Which instance of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ReportingInstance { get; init; }

    /// <inheritdoc/>
    public Event WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>Who reports an event.</summary>
public sealed record EventSource : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static EventSource Empty { get; } = new();

    /// <summary>The component, for example <c>kubelet</c>.</summary>
    public string? Component { get; init; }

    /// <summary>The node.</summary>
    public string? Host { get; init; }
}

/// <summary>Which object is meant.</summary>
public sealed record ObjectReference : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ObjectReference Empty { get; } = new();

    /// <summary>Its kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Its namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its identity.</summary>
    public string? Uid { get; init; }

    /// <summary>Its group and version.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Its version.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>A part of it, for example <c>spec.containers{web}</c>.</summary>
    public string? FieldPath { get; init; }
}

using System.Text.Json.Serialization;

namespace KubeLab.Api.Core;

/// <summary>One aspect of an object's state that is true, false or unknown, and since when.</summary>
public sealed record Condition : ApiRecord
{
    /// <summary>Which aspect.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Type { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Status { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The generation it was judged from.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>When it was last confirmed (nodes).</summary>
    public Timestamp? LastHeartbeatTime { get; init; }

    /// <summary>When it was last probed (pods; always null in practice).</summary>
    public Timestamp? LastProbeTime { get; init; }

    /// <summary>When it was last written (deployments).</summary>
    public Timestamp? LastUpdateTime { get; init; }

    /// <summary>When the status last changed.</summary>
    public Timestamp? LastTransitionTime { get; init; }

    /// <summary>Why, in one word.</summary>
    public string? Reason { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Message { get; init; }
}

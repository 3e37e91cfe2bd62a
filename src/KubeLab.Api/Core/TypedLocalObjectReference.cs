using System.Text.Json.Serialization;

namespace KubeLab.Api.Core;

/// <summary>An object of the same namespace, with its kind.</summary>
public sealed record TypedLocalObjectReference : ApiRecord
{
    /// <summary>Its group.</summary>
    public string? ApiGroup { get; init; }

    /// <summary>Its kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Kind { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }
}

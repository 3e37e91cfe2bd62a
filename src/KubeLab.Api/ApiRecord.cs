using System.Text.Json.Serialization;

namespace KubeLab.Api;

/// <summary>Any JSON object of the Kubernetes API: immutable, compared by value, and lossless.</summary>
public abstract record ApiRecord
{
    /// <summary>The fields this record does not model, or null when there are none; <c>with</c> carries them along.</summary>
    [JsonExtensionData, JsonInclude]
    public Overflow? Overflow { get; internal set; }
}

/// <summary>A field of the API that is kept but not modelled: all of it is overflow.</summary>
public sealed record OpaqueObject : ApiRecord;

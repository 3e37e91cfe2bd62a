using System.Text.Json;
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
public sealed record OpaqueObject : ApiRecord
{
    /// <summary>The same object with the field <paramref name="name"/> set.</summary>
    public OpaqueObject With(string name, JsonElement value) =>
        this with { Overflow = new Overflow((Overflow ?? []).Where(f => f.Key != name).Append(new(name, value))) };
}

using KubeLab.Api.Meta;

namespace KubeLab.Api.Core;

/// <summary>The pod that a controller makes copies of.</summary>
public sealed record PodTemplateSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static PodTemplateSpec Empty { get; } = new();

    /// <summary>Labels and annotations of the copies.</summary>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>What is asked for in each copy.</summary>
    public PodSpec Spec { get => field ?? PodSpec.Empty; init => field = value == PodSpec.Empty ? null : value; }
}

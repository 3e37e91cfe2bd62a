namespace KubeLab.Controllers.PodGarbageCollection;

/// <summary>When pods that nobody will ever finish are removed; the defaults are upstream's.</summary>
public sealed record PodGarbageOptions
{
    /// <summary>Upstream's defaults.</summary>
    public static PodGarbageOptions Default { get; } = new();

    /// <summary>How often it is looked for.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a node must be missing before its pods are removed.</summary>
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How many ended pods are kept; 0 keeps all.</summary>
    public int TerminatedPodThreshold { get; init; } = 12_500;
}

namespace KubeLab.Observing.Costs;

/// <summary>A pod on a node, as it is charged.</summary>
internal sealed class CostPod(string ns, string workload, PodShape shape, string? node, IReadOnlyList<string> claims)
{
    public const string SystemNamespace = "kube-system";

    public string Namespace => ns;

    public string Workload => workload;

    public PodShape Shape => shape;

    public string? Node => node;

    /// <summary>The claims that it mounts, in its namespace.</summary>
    public IReadOnlyList<string> Claims => claims;

    /// <summary>What it uses now.</summary>
    public PodShape Usage { get; set; }

    /// <summary>What it is charged per hour for that.</summary>
    public double Used { get; set; }

    /// <summary>What it is charged per hour for what it requested in vain.</summary>
    public double Slack { get; set; }
}

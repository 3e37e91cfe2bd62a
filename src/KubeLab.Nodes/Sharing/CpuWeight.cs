namespace KubeLab.Nodes.Sharing;

/// <summary>How much a request for CPU weighs when processes compete: the kernel's <c>cpu.shares</c>.</summary>
/// <remarks>Upstream: MilliCPUToShares in pkg/kubelet/cm.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run">How Pods with resource limits are run</seealso>
public static class CpuWeight
{
    /// <summary>What asks for nothing weighs this, and so do all pods of class BestEffort together.</summary>
    public const long Min = 2;

    /// <summary>Nothing weighs more.</summary>
    public const long Max = 262_144;

    private const long OfOneCore = 1024;

    /// <summary>The weight of a request in thousandths of a core.</summary>
    public static long Of(long requestMillis) => requestMillis >= Max ? Max : Math.Clamp(requestMillis * OfOneCore / 1000, Min, Max);
}

namespace KubeLab.Nodes.Shutdown;

/// <summary>How long pods from a priority upwards get when their machine is about to go.</summary>
/// <param name="Priority">The lowest priority that it concerns.</param>
/// <param name="Grace">How long they get, all together.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#pod-priority-graceful-node-shutdown">Graceful node shutdown by pod priority</seealso>
public sealed record ShutdownGracePeriod(int Priority, TimeSpan Grace)
{
    private const int SystemCritical = 2_000_000_000;

    /// <summary>The kubelet's two older settings, <c>shutdownGracePeriod</c> and <c>shutdownGracePeriodCriticalPods</c>, as periods by priority: what is not the critical pods' is the others'.</summary>
    /// <returns>None when nothing is granted, or less than the critical pods alone would get: then a machine goes without a word.</returns>
    /// <remarks>Upstream: migrateConfig in pkg/kubelet/nodeshutdown.</remarks>
    public static IReadOnlyList<ShutdownGracePeriod> Of(TimeSpan total, TimeSpan critical) =>
        total == TimeSpan.Zero || total < critical || critical < TimeSpan.Zero ? [] : [new(0, total - critical), new(SystemCritical, critical)];
}

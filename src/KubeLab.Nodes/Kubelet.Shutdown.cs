using KubeLab.Nodes.Shutdown;

namespace KubeLab.Nodes;

/// <content>The machine is told that it goes.</content>
public sealed partial class Kubelet
{
    private readonly ShutdownManager shutdown;

    /// <summary>Whether the machine is on its way down.</summary>
    public bool IsShuttingDown => shutdown.IsShuttingDown;

    /// <summary>
    /// The machine's system begins to shut down, as when a provider takes a Spot machine back: the node is not ready any more, takes no new pods, and ends those it has, critical ones last. The power still
    /// goes when it goes. Does nothing when the kubelet does not run, or has no <see cref="NodeConfig.ShutdownGracePeriods"/>.
    /// </summary>
    public void ShutDown()
    {
        if (!IsActive || !shutdown.IsEnabled || shutdown.IsShuttingDown)
        {
            return;
        }

        RecordNode(isWarning: false, "NodeShutdown", "Shutdown manager detected shutdown event");
        shutdown.Begin(workers.Values.ToList());
        RecordNode(isWarning: false, "NodeNotReady", $"Node {Config.Name} status is now: NodeNotReady");
        reporter.ReportNow();
    }
}

using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Nodes.State;

/// <summary>Whether a node can take pods, as far as its conditions and the taints that stand for them tell.</summary>
/// <remarks>Upstream: utils/kubernetes/ready.go.</remarks>
public static class NodeReadiness
{
    /// <summary>Whether it is ready: no condition and no taint says otherwise.</summary>
    public static bool IsReady(Node node)
    {
        var found = false;
        foreach (var condition in node.Status.Conditions)
        {
            switch (condition.Type)
            {
                case "Ready":
                    found = true;
                    if (condition.Status is "False" or "Unknown")
                    {
                        return false;
                    }

                    break;
                case "DiskPressure" or "NetworkUnavailable" when condition.Status == "True":
                    return false;
                default:
                    break;
            }
        }

        return found && !node.Spec.Taints.Exists(static t =>
            t.Key is "node.kubernetes.io/not-ready" or "node.kubernetes.io/disk-pressure" or "node.kubernetes.io/network-unavailable");
    }

    /// <summary>Whether it is ready and not cordoned.</summary>
    public static bool IsReadyAndSchedulable(Node node) => IsReady(node) && !node.Spec.Unschedulable;

    /// <summary>Whether a taint says that the node still starts, which ends without its being unready.</summary>
    public static bool HasStartupTaint(Node node) => node.Spec.Taints.Exists(static t =>
        t.Key.StartsWith("startup-taint.cluster-autoscaler.kubernetes.io/", StringComparison.Ordinal)
        || t.Key.StartsWith("ignore-taint.cluster-autoscaler.kubernetes.io/", StringComparison.Ordinal));
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>The conditions of a node that its kubelet keeps, and what becomes of them when it falls silent.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/node/node-status/#condition">Node conditions</seealso>
public static class NodeConditions
{
    private static readonly string[] Kept = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    /// <summary>Whether the node can take pods, as its kubelet last said; null before it has spoken.</summary>
    public static Condition? Ready(Node node) => Conditions.Find(node.Status.Conditions, "Ready");

    /// <summary>The node's conditions with all that its kubelet keeps made Unknown.</summary>
    public static ValueList<Condition> Unknown(Node node, DateTimeOffset now)
    {
        var conditions = node.Status.Conditions;
        foreach (var type in Kept)
        {
            var index = conditions.FindIndex(c => c.Type == type);
            if (index < 0)
            {
                conditions = conditions.Add(new Condition
                {
                    Type = type,
                    Status = "Unknown",
                    Reason = "NodeStatusNeverUpdated",
                    Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = node.Metadata.CreationTimestamp,
                    LastTransitionTime = now,
                });
            }
            else if (conditions[index].Status != "Unknown")
            {
                conditions = conditions.SetItem(index, conditions[index] with
                {
                    Status = "Unknown",
                    Reason = "NodeStatusUnknown",
                    Message = "Kubelet stopped posting node status.",
                    LastTransitionTime = now,
                });
            }
        }

        return conditions;
    }
}

using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Queue;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Higher priority first; among equals, who came first.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/queuesort.</remarks>
public sealed class PrioritySort : IQueueSortPlugin
{
    /// <inheritdoc/>
    public string Name => "PrioritySort";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.None;

    /// <inheritdoc/>
    public int Compare(QueuedPod? x, QueuedPod? y)
    {
        var order = y!.Priority.CompareTo(x!.Priority);
        if (order != 0)
        {
            return order;
        }

        order = x.QueuedAt.CompareTo(y.QueuedAt);
        return order != 0 ? order : x.Sequence.CompareTo(y.Sequence);
    }
}

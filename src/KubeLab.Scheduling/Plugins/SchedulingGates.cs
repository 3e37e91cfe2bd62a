using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Plugins;

/// <summary>Keeps a pod out of the queue until its scheduling gates are lifted.</summary>
/// <remarks>Upstream: scheduler/framework/plugins/schedulinggates.</remarks>
public sealed class SchedulingGates : IPreEnqueuePlugin
{
    /// <inheritdoc/>
    public string Name => "SchedulingGates";

    /// <inheritdoc/>
    public ClusterChange HelpedBy => ClusterChange.PodUpdated;

    /// <inheritdoc/>
    public Verdict PreEnqueue(Pod pod)
    {
        if (pod.Spec.SchedulingGates.IsEmpty)
        {
            return Verdict.Success;
        }

        var gates = string.Join(" ", pod.Spec.SchedulingGates.Select(g => g.Name));
        return Verdict.Unresolvable($"waiting for scheduling gates: [{gates}]");
    }
}

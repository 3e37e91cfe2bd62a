using KubeLab.Autoscaling.Nodes.State;

namespace KubeLab.Autoscaling.Nodes;

/// <content>Loops that can be left out: nothing changed since the last one, and no time has come for which it waits.</content>
public sealed partial class ClusterAutoscaler
{
    private (long Cluster, long Controllers, long Cloud) seen = (-1, -1, -1);
    private DateTimeOffset due;
    private long triedBefore;
    private (long Cluster, long Controllers, long Cloud) seenAtTry;

    private (long Cluster, long Controllers, long Cloud) Versions => (cluster.Version, controllers.Version, cloud.Version);

    private bool IsQuiet => clock.Now < due && seen == Versions;

    /// <summary>Works out until when the next loops would come to the same result.</summary>
    private void Remember()
    {
        var now = clock.Now;
        if (planner.Tries != triedBefore)
        {
            (triedBefore, seenAtTry) = (planner.Tries, seen);
        }

        seen = Versions;
        due = DateTimeOffset.MaxValue;
        if (!actuator.IsIdle || state.IsInMotion || !state.IsHealthy || cluster.Waiting.Any(PodTraits.IsUnschedulable)
            || cluster.Pods.Objects.Any(static p => p.Metadata.DeletionTimestamp is not null))
        {
            due = now;
            return;
        }

        foreach (var node in planner.Unneeded)
        {
            Wait(node.Since + (NodeReadiness.IsReady(node.Removable.Node) ? options.ScaleDownUnneededTime : options.ScaleDownUnreadyTime));
        }

        if (planner.Unneeded.Count > 0 && CooldownUntil is { } end)
        {
            Wait(end);
        }

        // What was tried in vain is worth another try only if something has changed since.
        if (planner.NextRecheck is { } recheck && seenAtTry != seen)
        {
            Wait(recheck);
        }

        void Wait(DateTimeOffset time) => due = time >= now && time < due ? time : due;
    }

    private void Forget() => due = DateTimeOffset.MinValue;
}

using KubeLab.Autoscaling.Nodes.Provider;
using KubeLab.Autoscaling.Nodes.State;

namespace KubeLab.Autoscaling.Nodes;

/// <content>Machines that never became nodes, or could not be made.</content>
public sealed partial class ClusterAutoscaler
{
    /// <summary>Gives machines back that have had no node for longer than the provisioning time; no group falls below its minimum.</summary>
    private void RemoveUnregistered(DateTimeOffset now)
    {
        foreach (var late in state.Unregistered.Where(m => m.Since + options.MaxNodeProvisionTime < now).GroupBy(m => m.Group.Id).ToList())
        {
            var group = late.First().Group;
            var machines = late.Take(Math.Max(0, group.TargetSize - group.MinSize)).ToList();
            if (machines.Count == 0)
            {
                continue;
            }

            try
            {
                group.DeleteInstances([.. machines.Select(m => m.Instance.Id)]);
                machines.ForEach(m => status.Log(false, "DeleteUnregistered", $"Removed unregistered node {m.Instance.Id}"));
            }
            catch (CloudRefusalException refusal)
            {
                machines.ForEach(m => status.Log(true, "DeleteUnregisteredFailed", $"Failed to remove node {m.Instance.Id}: {refusal.Message}"));
            }
        }
    }

    private void DeleteFailed()
    {
        foreach (var group in cloud.Groups)
        {
            if (ClusterState.FailedInstances(group) is { Count: > 0 } failed)
            {
                try
                {
                    group.DeleteInstances([.. failed.Select(i => i.Id)]);
                    state.Recalculate();
                }
                catch (CloudRefusalException)
                {
                    // They are asked for again in the next loop.
                }
            }
        }
    }

    /// <summary>Lowers the target of groups that have had fewer nodes than that for longer than the provisioning time; true when any was.</summary>
    private bool FixSizes(DateTimeOffset now)
    {
        var isFixed = false;
        foreach (var group in cloud.Groups)
        {
            if (state.IncorrectSizeOf(group.Id) is { } size && size.Since + options.MaxNodeProvisionTime < now && size.Current < size.Expected)
            {
                try
                {
                    group.DecreaseTarget(size.Expected - size.Current);
                    isFixed = true;
                }
                catch (CloudRefusalException)
                {
                    // The orders are filled after all.
                }
            }
        }

        return isFixed;
    }
}

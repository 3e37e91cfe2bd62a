using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>What the pods of daemon sets will take of a new node.</summary>
/// <remarks>Upstream: getDaemonOverhead in pkg/controllers/provisioning/scheduling.</remarks>
internal static class DaemonOverhead
{
    /// <summary>The sum over the daemon sets that will run there.</summary>
    /// <param name="sets">All daemon sets.</param>
    /// <param name="labels">The node's labels.</param>
    /// <param name="taints">The node's taints, once it is open for pods.</param>
    /// <param name="isThere">Which sets have their pod there already.</param>
    public static ResourceVector Of(IEnumerable<DaemonSet> sets, StringMap labels, ValueList<Taint> taints, Func<DaemonSet, bool>? isThere = null)
    {
        var sum = default(ResourceVector);
        foreach (var set in sets)
        {
            var spec = set.Spec.Template.Spec;
            if (RequirementMatch.Matches(spec, labels, "") && Tolerates(spec, taints) && isThere?.Invoke(set) != true)
            {
                sum.Add(PodRequests.Of(spec));
            }
        }

        return sum;
    }

    private static bool Tolerates(PodSpec spec, ValueList<Taint> taints)
    {
        foreach (var taint in taints)
        {
            if (taint.Effect != "PreferNoSchedule" && !TaintToleration.Tolerates(spec.Tolerations, taint))
            {
                return false;
            }
        }

        return true;
    }
}

using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>The taints that every daemon pod lives with: a daemon serves its node above all when the node is in trouble.</summary>
/// <remarks>Upstream: AddOrUpdateDaemonPodTolerations in pkg/controller/daemon/util.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations">Taints and tolerations</seealso>
public static class DaemonTolerations
{
    private static readonly Toleration[] Always =
    [
        Of("not-ready", "NoExecute"),
        Of("unreachable", "NoExecute"),
        Of("disk-pressure", "NoSchedule"),
        Of("memory-pressure", "NoSchedule"),
        Of("pid-pressure", "NoSchedule"),
        Of("unschedulable", "NoSchedule"),
    ];

    private static readonly Toleration OnHostNetwork = Of("network-unavailable", "NoSchedule");

    /// <summary>The tolerations of <paramref name="spec"/> and those of every daemon.</summary>
    public static ValueList<Toleration> AddedTo(PodSpec spec)
    {
        var tolerations = spec.Tolerations;
        foreach (var toleration in Always)
        {
            tolerations = With(tolerations, toleration);
        }

        return spec.HostNetwork ? With(tolerations, OnHostNetwork) : tolerations;
    }

    /// <summary>One for the same taint gives way, so that a limited patience becomes an unlimited one.</summary>
    private static ValueList<Toleration> With(ValueList<Toleration> tolerations, Toleration added)
    {
        var index = tolerations.FindIndex(
            t => t.Key == added.Key && t.Effect == added.Effect && t.Operator == added.Operator && (t.Value ?? "") == (added.Value ?? ""));
        return index < 0 ? tolerations.Add(added) : tolerations.SetItem(index, added);
    }

    private static Toleration Of(string taint, string effect) => new() { Key = $"node.kubernetes.io/{taint}", Operator = "Exists", Effect = effect };
}

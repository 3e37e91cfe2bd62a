using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.ReplicaSets;

/// <summary>Which pods go first when there are too many: those that are missed least.</summary>
/// <remarks>
/// In this order: unassigned, pending, not ready, cheap to delete, on a node that holds many of its like, ready for a shorter time,
/// often restarted, young.
/// Times are compared by the logarithm of their age and, within one step of it, by uid, so that the oldest of a rollout are not always
/// spared.
/// Upstream: ActivePodsWithRanks in pkg/controller/controller_utils.go. It compares restarts of ready pods that became ready in the
/// very same second before it
/// compares uids, which makes circles possible; here uids come first, so the order is total.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-a-replicaset">Scaling a
/// ReplicaSet</seealso>
public sealed record DeletionRank : IComparable<DeletionRank>
{
    /// <summary>The annotation with what a pod's deletion costs; pods that cost less go first.</summary>
    public const string CostAnnotation = "controller.kubernetes.io/pod-deletion-cost";

    private readonly bool assigned;
    private readonly int phase;
    private readonly bool ready;
    private readonly int cost;
    private readonly int crowd;
    private readonly int readyAge;
    private readonly int restarts;
    private readonly int sidecarRestarts;
    private readonly int age;
    private readonly string uid;

    /// <summary>The rank of <paramref name="pod"/>.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="crowd">How many active pods of the same owner, this one included, its node holds.</param>
    /// <param name="now">The present.</param>
    public DeletionRank(Pod pod, int crowd, DateTimeOffset now)
    {
        assigned = !string.IsNullOrEmpty(pod.Spec.NodeName);
        phase = pod.Status.Phase switch { "Running" => 2, "Unknown" => 1, _ => 0 };
        ready = PodState.IsReady(pod);
        cost = CostOf(pod);
        this.crowd = crowd;
        readyAge = ready ? AgeStep(PodState.ReadySince(pod), now) : 0;
        restarts = ready ? 0 : Restarts(pod.Status.ContainerStatuses);
        sidecarRestarts = ready ? 0 : SidecarRestarts(pod);
        age = ready ? 0 : AgeStep(pod.Metadata.CreationTimestamp, now);
        uid = pod.Metadata.Uid ?? "";
    }

    /// <summary>What the deletion of <paramref name="pod"/> costs; 0 when it does not say, or says nonsense.</summary>
    public static int CostOf(Pod pod) =>
        int.TryParse(pod.Metadata.Annotations[CostAnnotation], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost)
            ? cost
            : 0;

    /// <summary>Negative when this one goes before <paramref name="other"/>.</summary>
    public int CompareTo(DeletionRank? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = assigned.CompareTo(other.assigned);
        order = order != 0 ? order : phase.CompareTo(other.phase);
        order = order != 0 ? order : ready.CompareTo(other.ready);
        order = order != 0 ? order : cost.CompareTo(other.cost);
        order = order != 0 ? order : other.crowd.CompareTo(crowd);
        order = order != 0 ? order : readyAge.CompareTo(other.readyAge);
        order = order != 0 ? order : other.restarts.CompareTo(restarts);
        order = order != 0 ? order : other.sidecarRestarts.CompareTo(sidecarRestarts);
        order = order != 0 ? order : age.CompareTo(other.age);
        return order != 0 ? order : string.CompareOrdinal(uid, other.uid);
    }

    /// <summary>Goes before.</summary>
    public static bool operator <(DeletionRank left, DeletionRank right) => left.CompareTo(right) < 0;

    /// <summary>Goes after.</summary>
    public static bool operator >(DeletionRank left, DeletionRank right) => left.CompareTo(right) > 0;

    /// <summary>Goes before, or is the same.</summary>
    public static bool operator <=(DeletionRank left, DeletionRank right) => left.CompareTo(right) <= 0;

    /// <summary>Goes after, or is the same.</summary>
    public static bool operator >=(DeletionRank left, DeletionRank right) => left.CompareTo(right) >= 0;

    /// <summary>The logarithm of an age in nanoseconds, base 2, rounded down; an unknown time counts as youngest.</summary>
    private static int AgeStep(Timestamp? since, DateTimeOffset now)
    {
        if (since is not { } time)
        {
            return -2;
        }

        var nanoseconds = (now - time.Instant).Ticks * 100.0;
        return nanoseconds > 0 ? (int)Math.Log2(nanoseconds) : -1;
    }

    private static int Restarts(ValueList<ContainerStatus> statuses)
    {
        var most = 0;
        foreach (var status in statuses)
        {
            most = Math.Max(most, status.RestartCount);
        }

        return most;
    }

    /// <summary>The most restarts of an init container that runs beside the others.</summary>
    private static int SidecarRestarts(Pod pod)
    {
        var most = 0;
        foreach (var status in pod.Status.InitContainerStatuses)
        {
            if (status.RestartCount > most && pod.Spec.InitContainers.Exists(c => c.Name == status.Name && c.RestartPolicy == "Always"))
            {
                most = status.RestartCount;
            }
        }

        return most;
    }
}

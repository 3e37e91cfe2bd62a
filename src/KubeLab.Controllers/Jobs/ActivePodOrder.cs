using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.Jobs;

/// <summary>Which pods of a job go first when there are too many: those that have come least far.</summary>
/// <remarks>Upstream: ActivePods in pkg/controller/controller_utils.go; ties are broken by uid, so that the order is total.</remarks>
public sealed class ActivePodOrder : IComparer<Pod>
{
    private ActivePodOrder()
    {
    }

    /// <summary>The order.</summary>
    public static ActivePodOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(Pod? x, Pod? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var order = IsAssigned(x).CompareTo(IsAssigned(y));
        order = order != 0 ? order : Phase(x).CompareTo(Phase(y));
        order = order != 0 ? order : PodState.IsReady(x).CompareTo(PodState.IsReady(y));
        order = order != 0 ? order : Since(PodState.ReadySince(y)).CompareTo(Since(PodState.ReadySince(x)));
        order = order != 0 ? order : Restarts(y).CompareTo(Restarts(x));
        order = order != 0 ? order : Since(y.Metadata.CreationTimestamp).CompareTo(Since(x.Metadata.CreationTimestamp));
        return order != 0 ? order : string.CompareOrdinal(x.Metadata.Uid, y.Metadata.Uid);
    }

    private static bool IsAssigned(Pod pod) => !string.IsNullOrEmpty(pod.Spec.NodeName);

    private static int Phase(Pod pod) => pod.Status.Phase switch { "Running" => 2, "Unknown" => 1, _ => 0 };

    // An unknown time counts as youngest.
    private static DateTimeOffset Since(Api.Timestamp? time) => time?.Instant ?? DateTimeOffset.MaxValue;

    private static int Restarts(Pod pod)
    {
        var most = 0;
        foreach (var status in pod.Status.ContainerStatuses)
        {
            most = Math.Max(most, status.RestartCount);
        }

        return most;
    }
}

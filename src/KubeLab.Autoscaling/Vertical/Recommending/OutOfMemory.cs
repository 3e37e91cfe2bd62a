using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>A container that was killed for want of memory.</summary>
/// <param name="Pod">Its pod.</param>
/// <param name="Container">Its name.</param>
/// <param name="At">When.</param>
/// <param name="RequestedBytes">What it requested.</param>
internal readonly record struct OutOfMemory(ObjectKey Pod, string Container, DateTimeOffset At, long RequestedBytes)
{
    private const string Reason = "OOMKilled";

    /// <summary>The kills that a change of a pod tells of.</summary>
    /// <remarks>Upstream: pkg/recommender/input/oom/observer.go. A container may be running again by the time that its end is told.</remarks>
    public static IReadOnlyList<OutOfMemory> Between(Pod before, Pod after)
    {
        if (ReferenceEquals(before.Status, after.Status))
        {
            return [];
        }

        var kills = new List<OutOfMemory>();
        foreach (var status in after.Status.ContainerStatuses)
        {
            if (before.Status.ContainerStatuses.Find(s => s.Name == status.Name) is not { } old)
            {
                continue;
            }

            var restarted = status.RestartCount > old.RestartCount;
            var isNew = status.State?.Terminated is { Reason: Reason } && (old.State?.Terminated is null || restarted);
            var isPrevious = restarted && status.State?.Running is not null && old.State?.Running is not null && status.LastState?.Terminated is { Reason: Reason };
            if (isNew || isPrevious)
            {
                var (end, pod) = isNew ? (status.State!.Terminated!, after) : (status.LastState!.Terminated!, before);
                var requested = pod.Spec.Containers.Find(c => c.Name == status.Name)?.Resources.Requests[Amounts.Memory]?.Value ?? 0;
                kills.Add(new(ObjectKey.Of(after), status.Name, end.FinishedAt?.Instant ?? default, requested));
            }
        }

        return kills;
    }
}

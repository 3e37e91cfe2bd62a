using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Vertical.Admission;
using KubeLab.Autoscaling.Vertical.Capping;

namespace KubeLab.Autoscaling.Vertical.Updating;

/// <summary>Which of an autoscaler's pods should have other requests, the most urgent first.</summary>
/// <remarks>Upstream: UpdatePriorityCalculator in pkg/updater/priority.</remarks>
internal sealed class UpdateOrder(Vpa vpa, VerticalPodAutoscalerOptions options, Func<Pod, CappedRecommendation?> recommend)
{
    private readonly List<(Pod Pod, PodPriority Priority, CappedRecommendation Recommendation)> pods = [];

    /// <summary>Takes a pod, if it should be updated.</summary>
    public void Add(Pod pod, DateTimeOffset now)
    {
        var recommendation = recommend(pod) ?? new([], new Dictionary<string, IReadOnlyList<string>>());
        var priority = PodPriority.Of(pod, recommendation);
        var isQuickOom = IsQuickOom(pod);
        if (priority.IsOutsideRange || isQuickOom || IsRipe(pod, priority, now))
        {
            // A pod that died of hunger is evicted only when that gives it more.
            if (!isQuickOom || priority.ResourceDiff != 0)
            {
                pods.Add((pod, priority, recommendation));
            }
        }
    }

    /// <summary>The pods to update, but for those that the autoscaler's eviction requirements keep.</summary>
    public IEnumerable<Pod> Sorted() => pods
        .OrderByDescending(p => p.Priority)
        .Where(p => EvictionRequirements.Admit(p.Pod, p.Recommendation, vpa.Spec.UpdatePolicy))
        .Select(p => p.Pod);

    /// <summary>Within the bounds, only old pods are updated, and only when it makes a difference.</summary>
    private bool IsRipe(Pod pod, PodPriority priority, DateTimeOffset now) =>
        pod.Status.StartTime?.Instant is { } started
        && now >= started + options.InRecommendationBoundsEvictionLifetimeThreshold
        && priority.ResourceDiff >= options.PodUpdateThreshold;

    private bool IsQuickOom(Pod pod)
    {
        var observed = ObservedContainers.Of(pod);
        return pod.Status.ContainerStatuses.Exists(status =>
            (observed is null || observed.Contains(status.Name))
            && !Policies.IsOff(status.Name, vpa.Spec.ResourcePolicy)
            && status.LastState?.Terminated is { Reason: "OOMKilled" } end
            && Instant(end.FinishedAt) - Instant(end.StartedAt) < options.EvictAfterOomThreshold);
    }

    private static DateTimeOffset Instant(Timestamp? time) => time?.Instant ?? default;
}

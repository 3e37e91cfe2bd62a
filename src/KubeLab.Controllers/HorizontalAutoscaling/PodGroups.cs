using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>Which pods an autoscaler may judge by their measure, and which not.</summary>
/// <remarks>Upstream: groupPods in pkg/controller/podautoscaler/replica_calculator.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details">Algorithm details</seealso>
internal sealed class PodGroups
{
    /// <summary>How many count as they are.</summary>
    public int Ready { get; private set; }

    /// <summary>Those whose measure says nothing yet: pending, or just started.</summary>
    public List<Pod> Unready { get; } = [];

    /// <summary>Those without a measure.</summary>
    public List<Pod> Missing { get; } = [];

    /// <summary>Those that are on their way out.</summary>
    public List<Pod> Ignored { get; } = [];

    /// <summary>Divides <paramref name="pods"/>.</summary>
    /// <param name="pods">The pods that the target selects.</param>
    /// <param name="metrics">Their measures, by name.</param>
    /// <param name="isCpu">Whether the measure is CPU, which a starting pod uses a lot of.</param>
    /// <param name="options">How long a pod counts as starting.</param>
    /// <param name="now">The present.</param>
    public static PodGroups Of(IEnumerable<Pod> pods, IReadOnlyDictionary<string, PodMetric> metrics, bool isCpu, AutoscalingOptions options, DateTimeOffset now)
    {
        var groups = new PodGroups();
        foreach (var pod in pods)
        {
            groups.Add(pod, metrics, isCpu, options, now);
        }

        return groups;
    }

    private void Add(Pod pod, IReadOnlyDictionary<string, PodMetric> metrics, bool isCpu, AutoscalingOptions options, DateTimeOffset now)
    {
        if (pod.Metadata.DeletionTimestamp is not null || pod.Status.Phase == "Failed")
        {
            Ignored.Add(pod);
        }
        else if (pod.Status.Phase == "Pending")
        {
            Unready.Add(pod);
        }
        else if (!metrics.TryGetValue(pod.Metadata.Name!, out var metric))
        {
            Missing.Add(pod);
        }
        else if (isCpu && IsStarting(pod, metric, options, now))
        {
            Unready.Add(pod);
        }
        else
        {
            Ready++;
        }
    }

    private static bool IsStarting(Pod pod, PodMetric metric, AutoscalingOptions options, DateTimeOffset now)
    {
        if (Conditions.Find(pod.Status.Conditions, "Ready") is not { } ready || pod.Status.StartTime is not { } start)
        {
            return true;
        }

        var since = ready.LastTransitionTime?.Instant ?? DateTimeOffset.MinValue;
        if (start.Instant + options.CpuInitializationPeriod > now)
        {
            // While it may still be starting, a measure counts that lies wholly behind the moment at which the pod became ready.
            return ready.Status == "False" || metric.Timestamp < since + metric.Window;
        }

        // Later it counts, unless it has never been ready at all.
        return ready.Status == "False" && start.Instant + options.InitialReadinessDelay > since;
    }
}

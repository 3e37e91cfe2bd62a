namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>What pods use, set against what they should use.</summary>
/// <param name="Ratio">Used over wanted; 1 is just right.</param>
/// <param name="Value">The mean per pod, in thousandths.</param>
/// <param name="Utilization">The same in percent of the requests, where the target is one.</param>
/// <remarks>Upstream: pkg/controller/podautoscaler/metrics/utilization.go, whole-numbered as there.</remarks>
internal readonly record struct Usage(double Ratio, long Value, int? Utilization = null)
{
    /// <summary>Against a part of what the pods request.</summary>
    /// <param name="metrics">What is used, by pod.</param>
    /// <param name="requests">What is requested, by pod, in thousandths.</param>
    /// <param name="target">In percent.</param>
    /// <exception cref="MetricsException">No pod with a measure requests anything.</exception>
    public static Usage OfRequests(IReadOnlyDictionary<string, PodMetric> metrics, IReadOnlyDictionary<string, long> requests, int target)
    {
        long used = 0, requested = 0;
        var pods = 0;
        foreach (var (pod, metric) in metrics)
        {
            if (requests.TryGetValue(pod, out var request))
            {
                used += metric.Value;
                requested += request;
                pods++;
            }
        }

        if (requested == 0)
        {
            throw new MetricsException("no metrics returned matched known pods");
        }

        var percent = (int)(used * 100 / requested);
        return new Usage((double)percent / target, used / pods, percent);
    }

    /// <summary>Against an amount per pod.</summary>
    /// <param name="metrics">What is used, by pod; at least one.</param>
    /// <param name="target">In thousandths.</param>
    public static Usage OfAmount(IReadOnlyDictionary<string, PodMetric> metrics, long target)
    {
        long used = 0;
        foreach (var metric in metrics.Values)
        {
            used += metric.Value;
        }

        var mean = used / metrics.Count;
        return new Usage((double)mean / target, mean);
    }
}

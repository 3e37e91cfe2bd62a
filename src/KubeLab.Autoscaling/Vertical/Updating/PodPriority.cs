using KubeLab.Api.Core;
using KubeLab.Autoscaling.Vertical.Admission;
using KubeLab.Autoscaling.Vertical.Capping;

namespace KubeLab.Autoscaling.Vertical.Updating;

/// <summary>How badly a pod needs other requests.</summary>
/// <remarks>Upstream: defaultPriorityProcessor in pkg/updater/priority.</remarks>
/// <param name="IsOutsideRange">Whether a request of a container lies outside of what is recommended, or is missing.</param>
/// <param name="ScalesUp">Whether a container wants more.</param>
/// <param name="ResourceDiff">By which part of what is requested the sums over all containers would change; those of CPU and memory together.</param>
internal readonly record struct PodPriority(bool IsOutsideRange, bool ScalesUp, double ResourceDiff) : IComparable<PodPriority>
{
    /// <summary>Compares what a pod requests with what is recommended for it.</summary>
    public static PodPriority Of(Pod pod, CappedRecommendation recommendation)
    {
        var observed = ObservedContainers.Of(pod);
        var (outside, up) = (false, false);
        var sums = new SortedDictionary<string, (long Requested, long Recommended)>(StringComparer.Ordinal);
        foreach (var container in pod.Spec.Containers)
        {
            if ((observed is not null && !observed.Contains(container.Name)) || recommendation.Find(container.Name) is not { } recommended)
            {
                continue;
            }

            foreach (var (resource, target) in recommended.Target)
            {
                var sum = sums.GetValueOrDefault(resource);
                sum.Recommended += target.MilliValue;
                if (container.Resources.Requests[resource] is { } request)
                {
                    sum.Requested += request.MilliValue;
                    up |= target.MilliValue > request.MilliValue;
                    outside |= (recommended.LowerBound[resource] is { } lower && request < lower) || (recommended.UpperBound[resource] is { } upper && request > upper);
                }
                else
                {
                    (outside, up) = (true, true);
                }

                sums[resource] = sum;
            }
        }

        var diff = 0.0;
        foreach (var (requested, wanted) in sums.Values)
        {
            var total = Math.Max(requested, 1.0);
            diff += Math.Abs(total - wanted) / total;
        }

        return new(outside, up, diff);
    }

    /// <summary>Pods that want more come after the others in this order, and of those alike the one that changes more.</summary>
    public int CompareTo(PodPriority other) => ScalesUp != other.ScalesUp ? ScalesUp.CompareTo(other.ScalesUp) : ResourceDiff.CompareTo(other.ResourceDiff);

    /// <summary>Less urgent.</summary>
    public static bool operator <(PodPriority left, PodPriority right) => left.CompareTo(right) < 0;

    /// <summary>More urgent.</summary>
    public static bool operator >(PodPriority left, PodPriority right) => left.CompareTo(right) > 0;

    /// <summary>Not more urgent.</summary>
    public static bool operator <=(PodPriority left, PodPriority right) => left.CompareTo(right) <= 0;

    /// <summary>Not less urgent.</summary>
    public static bool operator >=(PodPriority left, PodPriority right) => left.CompareTo(right) >= 0;
}

using KubeLab.Api.Core;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>How many copies a measure asks for: as many as there are, times the ratio of measure to target, with care where measures are missing.</summary>
/// <remarks>Upstream: pkg/controller/podautoscaler/replica_calculator.go. Pure: everything comes in, nothing is remembered.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details">Algorithm details</seealso>
public sealed class ReplicaCalculator(AutoscalingOptions options, Tolerances tolerances, DateTimeOffset now)
{
    /// <summary>For a part of what the pods request.</summary>
    /// <param name="current">How many copies are wished for now.</param>
    /// <param name="target">In percent of the requests.</param>
    /// <param name="resource"><c>cpu</c> or <c>memory</c>.</param>
    /// <param name="container">The one container that counts, or null.</param>
    /// <param name="pods">The pods that the target selects.</param>
    /// <param name="metrics">What they use, by name.</param>
    /// <exception cref="MetricsException">There are no pods, no measures of them, or no requests.</exception>
    public Proposal ForUtilization(int current, int target, string resource, string? container, IReadOnlyList<Pod> pods, IReadOnlyDictionary<string, PodMetric> metrics)
    {
        RequirePods(pods);
        var (groups, known) = Group(pods, metrics, resource == "cpu");
        var requests = PodRequests.Of(pods, resource, container);
        RequireMeasures(known);
        var fallback = Math.Max(100, target);
        return Decide(
            current,
            groups,
            known,
            measures => Usage.OfRequests(measures, requests, target),
            pod => requests[pod.Metadata.Name!] * fallback / 100);
    }

    /// <summary>For an amount per pod.</summary>
    /// <param name="current">How many copies are wished for now.</param>
    /// <param name="target">In thousandths.</param>
    /// <param name="isCpu">Whether the measure is CPU.</param>
    /// <param name="pods">The pods that the target selects.</param>
    /// <param name="metrics">What they use, by name.</param>
    /// <exception cref="MetricsException">There are no pods, or no measures of them.</exception>
    public Proposal ForAmountPerPod(int current, long target, bool isCpu, IReadOnlyList<Pod> pods, IReadOnlyDictionary<string, PodMetric> metrics)
    {
        RequirePods(pods);
        var (groups, known) = Group(pods, metrics, isCpu);
        RequireMeasures(known);
        return Decide(current, groups, known, measures => Usage.OfAmount(measures, target), _ => target);
    }

    /// <summary>For a measure that is not of the pods, such as the length of a queue, and a target for all of it.</summary>
    /// <param name="current">How many copies are wished for now; none at all scale by the ratio alone.</param>
    /// <param name="target">In thousandths.</param>
    /// <param name="value">What was measured, in thousandths.</param>
    /// <param name="pods">The pods that the target selects.</param>
    /// <exception cref="MetricsException">There are no pods.</exception>
    public Proposal ForWhole(int current, long target, long value, IReadOnlyList<Pod> pods)
    {
        var ratio = (double)value / target;
        if (current == 0)
        {
            return new Proposal(Up(ratio), value);
        }

        if (tolerances.Contain(ratio))
        {
            return new Proposal(current, value);
        }

        if (pods.Count == 0)
        {
            throw new MetricsException("unable to calculate ready pods: no pods returned by selector while calculating replica count");
        }

        return new Proposal(Up(ratio * pods.Count(p => p.Status.Phase == "Running" && PodState.IsReady(p))), value);
    }

    /// <summary>For a measure that is not of the pods, and a share of it per pod.</summary>
    /// <param name="running">How many copies there are.</param>
    /// <param name="target">In thousandths, per pod.</param>
    /// <param name="value">What was measured, in thousandths.</param>
    public Proposal ForShare(int running, long target, long value)
    {
        var ratio = value / ((double)target * running);
        var mean = running == 0 ? 0 : (long)Math.Ceiling((double)value / running);
        return new Proposal(tolerances.Contain(ratio) ? running : Up((double)value / target), mean);
    }

    private Proposal Decide(
        int current, PodGroups groups, Dictionary<string, PodMetric> measures, Func<IReadOnlyDictionary<string, PodMetric>, Usage> usageOf, Func<Pod, long> assumedWhenShrinking)
    {
        var usage = usageOf(measures);
        Proposal Stay() => new(current, usage.Value, usage.Utilization);
        var unreadyMatter = groups.Unready.Count > 0 && usage.Ratio > 1.0;
        if (!unreadyMatter && groups.Missing.Count == 0)
        {
            return tolerances.Contain(usage.Ratio) ? Stay() : new(Up(usage.Ratio * groups.Ready), usage.Value, usage.Utilization);
        }

        // Who is not known is assumed to work fully when the number would fall, and not at all when it would rise.
        foreach (var pod in groups.Missing)
        {
            if (usage.Ratio != 1.0)
            {
                measures[pod.Metadata.Name!] = new PodMetric(usage.Ratio < 1.0 ? assumedWhenShrinking(pod) : 0);
            }
        }

        if (unreadyMatter)
        {
            groups.Unready.ForEach(p => measures[p.Metadata.Name!] = new PodMetric(0));
        }

        var ratio = usageOf(measures).Ratio;
        if (tolerances.Contain(ratio) || (usage.Ratio < 1.0 && ratio > 1.0) || (usage.Ratio > 1.0 && ratio < 1.0))
        {
            return Stay();
        }

        var replicas = Up(ratio * measures.Count);
        var turnsAround = (ratio < 1.0 && replicas > current) || (ratio > 1.0 && replicas < current);
        return turnsAround ? Stay() : new(replicas, usage.Value, usage.Utilization);
    }

    private (PodGroups Groups, Dictionary<string, PodMetric> Known) Group(IReadOnlyList<Pod> pods, IReadOnlyDictionary<string, PodMetric> metrics, bool isCpu)
    {
        var groups = PodGroups.Of(pods, metrics, isCpu, options, now);
        var known = new Dictionary<string, PodMetric>(metrics, StringComparer.Ordinal);
        foreach (var pod in groups.Ignored.Concat(groups.Unready))
        {
            known.Remove(pod.Metadata.Name!);
        }

        return (groups, known);
    }

    private static void RequirePods(IReadOnlyList<Pod> pods)
    {
        if (pods.Count == 0)
        {
            throw new MetricsException("no pods returned by selector while calculating replica count");
        }
    }

    private static void RequireMeasures(Dictionary<string, PodMetric> known)
    {
        if (known.Count == 0)
        {
            throw new MetricsException("did not receive metrics for targeted pods (pods might be unready)");
        }
    }

    private static int Up(double copies) => copies >= int.MaxValue ? int.MaxValue : (int)Math.Ceiling(copies);
}

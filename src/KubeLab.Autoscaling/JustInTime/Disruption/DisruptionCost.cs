using System.Globalization;
using KubeLab.Api.Core;

namespace KubeLab.Autoscaling.JustInTime.Disruption;

/// <summary>How much it costs the pods of a node to be moved; nodes that cost least go first.</summary>
/// <remarks>Upstream: pkg/utils/disruption.</remarks>
internal static class DisruptionCost
{
    /// <summary>The sum over pods, less the nearer the node's end is anyway.</summary>
    /// <param name="pods">The pods that would move.</param>
    /// <param name="age">How old the node is.</param>
    /// <param name="lifetime">How old it may become; null without bound.</param>
    public static double Of(IEnumerable<Pod> pods, TimeSpan age, TimeSpan? lifetime) => pods.Sum(OfEviction) * Remaining(age, lifetime);

    /// <summary>Of one pod: 1, changed by its deletion cost and its priority, from -10 to 10.</summary>
    public static double OfEviction(Pod pod)
    {
        var cost = 1.0;
        if (pod.Metadata.Annotations[KarpenterNames.DeletionCost] is { } text && double.TryParse(text, CultureInfo.InvariantCulture, out var deletion))
        {
            cost += deletion / Math.Pow(2, 27);
        }

        cost += (pod.Spec.Priority ?? 0) / Math.Pow(2, 25);
        return Math.Clamp(cost, -10, 10);
    }

    /// <summary>The part of its life that a node has before it, from 0 to 1.</summary>
    public static double Remaining(TimeSpan age, TimeSpan? lifetime) =>
        lifetime is { } whole ? whole > TimeSpan.Zero ? Math.Clamp((whole - age) / whole, 0, 1) : 0 : 1;
}

using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.Disruptions;

/// <summary>How many pods a budget needs and how many it can spare.</summary>
/// <remarks>Upstream: pkg/controller/disruption/disruption.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/configure-pdb/">Specifying a Disruption Budget</seealso>
public static class BudgetMath
{
    /// <summary>After so long a pod that was to be evicted and is still there counts again.</summary>
    public static readonly TimeSpan DisruptionTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Whether the wanted numbers depend on how many pods their controllers are to keep, not just on the pods that are there.</summary>
    public static bool NeedsScale(PodDisruptionBudgetSpec spec) => spec.MaxUnavailable is not null || spec.MinAvailable is { IsString: true };

    /// <summary>How many pods must be healthy when there should be <paramref name="expected"/>; percentages are rounded up.</summary>
    /// <exception cref="FormatException">A text is no percentage.</exception>
    public static int Desired(PodDisruptionBudgetSpec spec, int expected) => (spec.MaxUnavailable, spec.MinAvailable) switch
    {
        ({ } most, _) => Math.Max(0, expected - most.Scaled(expected, roundUp: true)),
        (_, { } least) => least.Scaled(expected, roundUp: true),
        _ => 0,
    };

    /// <summary>The grants that still hold: their pods are there and not yet on their way out; and when the first of them ends.</summary>
    /// <param name="pods">The pods that the budget guards.</param>
    /// <param name="granted">The times of the grants by pod.</param>
    /// <param name="now">The present.</param>
    /// <param name="stale">Pods whose grant has run out although they are still there.</param>
    public static (SortedDictionary<string, DateTimeOffset> Holding, DateTimeOffset? Recheck) Holding(
        IEnumerable<Pod> pods, IReadOnlyDictionary<string, DateTimeOffset> granted, DateTimeOffset now, ICollection<Pod> stale)
    {
        var holding = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        DateTimeOffset? recheck = null;
        foreach (var pod in pods)
        {
            if (pod.Metadata.DeletionTimestamp is not null || !granted.TryGetValue(pod.Metadata.Name ?? "", out var time))
            {
                continue;
            }

            var end = time + DisruptionTimeout;
            if (end < now)
            {
                stale.Add(pod);
                continue;
            }

            holding.Add(pod.Metadata.Name!, time);
            recheck = recheck is { } known && known < end ? known : end;
        }

        return (holding, recheck);
    }

    /// <summary>The pods that are ready, not on their way out and not granted to anybody.</summary>
    public static int Healthy(IEnumerable<Pod> pods, IReadOnlyDictionary<string, DateTimeOffset> granted, DateTimeOffset now) => pods.Count(pod =>
        pod.Metadata.DeletionTimestamp is null
        && !(granted.TryGetValue(pod.Metadata.Name ?? "", out var time) && time + DisruptionTimeout > now)
        && PodState.IsReady(pod));

    /// <summary>How many may go. A budget that guards nothing allows nothing, so that it is safe when its first pods appear.</summary>
    public static int Allowed(int healthy, int desired, int expected) => expected <= 0 ? 0 : Math.Max(0, healthy - desired);
}

using KubeLab.Api;
using KubeLab.Api.Apps;

namespace KubeLab.Controllers.Deployments;

/// <summary>How far a rolling update may stray from the wished number of pods.</summary>
/// <param name="MaxSurge">How many pods may be too many.</param>
/// <param name="MaxUnavailable">How many pods may be missing.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment">Rolling update</seealso>
public readonly record struct RolloutBounds(int MaxSurge, int MaxUnavailable)
{
    /// <summary>
    /// The bounds of a deployment as numbers of pods; one that is recreated has none, and one whose bounds cannot be read stands still,
    /// as upstream.
    /// </summary>
    public static RolloutBounds Of(Deployment deployment)
    {
        var desired = deployment.Spec.Replicas ?? 1;
        if (!IsRolling(deployment))
        {
            return default;
        }

        var rolling = deployment.Spec.Strategy?.RollingUpdate;
        try
        {
            return Resolve(rolling?.MaxSurge ?? "25%", rolling?.MaxUnavailable ?? "25%", desired);
        }
        catch (FormatException)
        {
            return default;
        }
    }

    /// <summary>
    /// Percentages of <paramref name="desired"/>: surge rounds up, unavailable rounds down; when both are zero one pod may be missing,
    /// or nothing could move.
    /// </summary>
    /// <exception cref="FormatException">A bound is neither a number nor a percentage.</exception>
    public static RolloutBounds Resolve(IntOrString maxSurge, IntOrString maxUnavailable, int desired)
    {
        var surge = maxSurge.Scaled(desired, roundUp: true);
        var unavailable = maxUnavailable.Scaled(desired, roundUp: false);
        if (surge == 0 && unavailable == 0)
        {
            unavailable = 1;
        }

        return new(surge, Math.Min(unavailable, desired));
    }

    /// <summary>Whether the deployment rolls, which it does unless it is to be recreated.</summary>
    public static bool IsRolling(Deployment deployment) => deployment.Spec.Strategy?.Type != "Recreate";
}

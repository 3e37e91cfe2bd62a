using KubeLab.Api;
using KubeLab.Api.Apps;

namespace KubeLab.Controllers.DaemonSets;

/// <summary>How far a rolling update may go at once.</summary>
/// <param name="MaxUnavailable">On how many nodes the daemon may be missing.</param>
/// <param name="MaxSurge">On how many nodes there may be two.</param>
/// <seealso href="https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/">Rolling update of a DaemonSet</seealso>
public readonly record struct DaemonBounds(int MaxUnavailable, int MaxSurge)
{
    /// <summary>The bounds when <paramref name="desired"/> nodes should have a pod; percentages round up, and both are never zero.</summary>
    public static DaemonBounds Of(DaemonSet set, int desired)
    {
        var rolling = set.Spec.UpdateStrategy.Type == "RollingUpdate" ? set.Spec.UpdateStrategy.RollingUpdate : null;
        var unavailable = Scaled(rolling?.MaxUnavailable, desired);
        var surge = Scaled(rolling?.MaxSurge, desired);
        return new(desired > 0 && unavailable == 0 && surge == 0 ? 1 : unavailable, surge);
    }

    /// <summary>Whether a node may have two pods for a while.</summary>
    public static bool AllowsSurge(DaemonSet set) => Of(set, 1).MaxSurge > 0;

    private static int Scaled(IntOrString? bound, int desired)
    {
        try
        {
            return bound?.Scaled(desired, roundUp: true) ?? 0;
        }
        catch (FormatException)
        {
            return 0;
        }
    }
}

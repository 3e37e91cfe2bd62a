using KubeLab.Api.Core;
using KubeLab.Api.Selecting;

namespace KubeLab.Autoscaling.Vertical.Targets;

/// <summary>Which autoscaler a pod belongs to: the oldest of those that are about its topmost controller.</summary>
/// <remarks>Upstream: GetControllingVPAForPod in pkg/utils/vpa/api.go.</remarks>
internal static class ControllingVpa
{
    /// <summary>The autoscaler, or null.</summary>
    public static Vpa? Of(Pod pod, IEnumerable<(Vpa Vpa, Selector Selector)> autoscalers, TargetControllers targets)
    {
        Vpa? strongest = null;
        ControllerKey? parent = null;
        foreach (var (vpa, selector) in autoscalers)
        {
            // The parent is looked for only when there may be need of it: most pods have no autoscaler.
            if (vpa.Key.Namespace == pod.Metadata.Namespace
                && selector.Matches(pod.Metadata.Labels)
                && (parent ??= targets.ParentOf(pod)) is { } above
                && vpa.Spec.TargetRef is { } target
                && (target.Kind, target.Name) == (above.Kind, above.Name)
                && vpa.IsStrongerThan(strongest))
            {
                strongest = vpa;
            }
        }

        return strongest;
    }
}

using KubeLab.Api.Autoscaling;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>How far a measure may be from its target, as a part of it, before anything is done about it.</summary>
/// <param name="Down">Below the target.</param>
/// <param name="Up">Above it.</param>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#tolerance">Tolerance</seealso>
public readonly record struct Tolerances(double Down, double Up)
{
    /// <summary>Those of an autoscaler: its own where it names them, <paramref name="usual"/> otherwise.</summary>
    public static Tolerances Of(HorizontalPodAutoscalerSpec spec, double usual) =>
        new(Of(spec.Behavior?.ScaleDown, usual), Of(spec.Behavior?.ScaleUp, usual));

    /// <summary>Whether nothing is to be done at a ratio of measure to target.</summary>
    public bool Contain(double ratio) => 1.0 - Down <= ratio && ratio <= 1.0 + Up;

    private static double Of(HPAScalingRules? rules, double usual) => rules?.Tolerance is { } own ? own.MilliValue / 1000.0 : usual;
}

using KubeLab.Api.Autoscaling;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what autoscalers leave out: at least one copy, eight tenths of the requested CPU, and how fast the number may change.</summary>
/// <remarks>Upstream: pkg/apis/autoscaling/v2/defaults.go.</remarks>
internal static class AutoscalerDefaults
{
    private static readonly MetricSpec Cpu = new() { Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = 80 } } };

    private static readonly HPAScalingRules Up = new()
    {
        StabilizationWindowSeconds = 0,
        SelectPolicy = "Max",
        Policies = [new() { Type = "Pods", Value = 4, PeriodSeconds = 15 }, new() { Type = "Percent", Value = 100, PeriodSeconds = 15 }],
    };

    private static readonly HPAScalingRules Down = new() { SelectPolicy = "Max", Policies = [new() { Type = "Percent", Value = 100, PeriodSeconds = 15 }] };

    public static HorizontalPodAutoscaler Fill(HorizontalPodAutoscaler obj)
    {
        var spec = obj.Spec;
        var behavior = spec.Behavior;
        var filled = spec with
        {
            MinReplicas = spec.MinReplicas ?? 1,
            Metrics = spec.Metrics.IsEmpty ? [Cpu] : spec.Metrics,
            Behavior = behavior is null ? null : behavior with { ScaleUp = Rules(behavior.ScaleUp, Up), ScaleDown = Rules(behavior.ScaleDown, Down) },
        };
        return filled == spec ? obj : obj with { Spec = filled };
    }

    private static HPAScalingRules Rules(HPAScalingRules? rules, HPAScalingRules usual) => (rules ?? usual) with
    {
        StabilizationWindowSeconds = rules?.StabilizationWindowSeconds ?? usual.StabilizationWindowSeconds,
        SelectPolicy = rules?.SelectPolicy ?? usual.SelectPolicy,
        Policies = rules is null || rules.Policies.IsEmpty ? usual.Policies : rules.Policies,
    };
}

using KubeLab.Api;
using KubeLab.Api.Autoscaling;

namespace KubeLab.ApiServer.Converting;

/// <summary>Autoscalers of version 2, which are stored, and of version 1, whose fields know nothing but CPU.</summary>
/// <remarks>Upstream: pkg/apis/autoscaling/v1/conversion.go.</remarks>
internal static class AutoscalerConversion
{
    /// <summary>The stored autoscaler as version 1 shows it: what has no field is written into annotations.</summary>
    public static HorizontalPodAutoscalerV1 ToOld(HorizontalPodAutoscaler hpa) => new()
    {
        Metadata = hpa.Metadata with { Annotations = AutoscalerAnnotations.Write(hpa) },
        Spec = new()
        {
            ScaleTargetRef = hpa.Spec.ScaleTargetRef,
            MinReplicas = hpa.Spec.MinReplicas,
            MaxReplicas = hpa.Spec.MaxReplicas,
            TargetCPUUtilizationPercentage = hpa.Spec.Metrics.Find(IsCpu)?.Resource!.Target.AverageUtilization,
        },
        Status = new()
        {
            ObservedGeneration = hpa.Status.ObservedGeneration,
            LastScaleTime = hpa.Status.LastScaleTime,
            CurrentReplicas = hpa.Status.CurrentReplicas,
            DesiredReplicas = hpa.Status.DesiredReplicas,
            CurrentCPUUtilizationPercentage =
                hpa.Status.CurrentMetrics.Find(m => m is { Type: "Resource", Resource: { Name: "cpu", Current.AverageUtilization: not null } })?.Resource!.Current.AverageUtilization,
        },
    };

    /// <summary>The autoscaler as it is stored: what stands in the annotations goes back into its fields.</summary>
    public static HorizontalPodAutoscaler ToStored(HorizontalPodAutoscalerV1 hpa)
    {
        var cpu = hpa.Spec.TargetCPUUtilizationPercentage is { } percent ? Cpu(percent) : null;
        var used = hpa.Status.CurrentCPUUtilizationPercentage is { } now
            ? new MetricStatus { Type = "Resource", Resource = new() { Name = "cpu", Current = new() { AverageUtilization = now } } }
            : null;
        var annotations = hpa.Metadata.Annotations;
        var others = AutoscalerAnnotations.Metrics(annotations);
        return new HorizontalPodAutoscaler
        {
            Metadata = hpa.Metadata with { Annotations = AutoscalerAnnotations.Without(annotations) },
            Spec = new()
            {
                ScaleTargetRef = hpa.Spec.ScaleTargetRef,
                MinReplicas = hpa.Spec.MinReplicas,
                MaxReplicas = hpa.Spec.MaxReplicas,
                Metrics = (others ?? []).Concat(cpu is null ? [] : [cpu]).ToValueList(),
                Behavior = AutoscalerAnnotations.Behavior(annotations),
            },
            Status = new()
            {
                ObservedGeneration = hpa.Status.ObservedGeneration,
                LastScaleTime = hpa.Status.LastScaleTime,
                CurrentReplicas = hpa.Status.CurrentReplicas,
                DesiredReplicas = hpa.Status.DesiredReplicas,
                CurrentMetrics = AutoscalerAnnotations.CurrentMetrics(annotations) ?? (used is null ? [] : [used]),
                Conditions = AutoscalerAnnotations.Conditions(annotations) ?? [],
            },
        };
    }

    /// <summary>Whether version 1 has a field for a metric.</summary>
    public static bool IsCpu(MetricSpec metric) => metric is { Type: "Resource", Resource: { Name: "cpu", Target.AverageUtilization: not null } };

    private static MetricSpec Cpu(int percent) => new() { Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = percent } } };
}

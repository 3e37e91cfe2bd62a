using KubeLab.Api.Autoscaling;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>Measures of one's own, such as requests per second or the length of a queue, as an adapter serves them. All values are in thousandths; null where there is no such measure.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-on-custom-metrics">Custom metrics</seealso>
public interface ICustomMetrics
{
    /// <summary>A measure that each pod reports, by the pods' names.</summary>
    IReadOnlyDictionary<string, PodMetric>? Pods(string metric, string ns, Selector pods, LabelSelector? series);

    /// <summary>A measure of one object.</summary>
    long? Object(string metric, string ns, ScaleTargetReference about, LabelSelector? series);

    /// <summary>A measure from outside of the cluster: the values of all series that are selected.</summary>
    IReadOnlyList<long>? External(string metric, string ns, LabelSelector? series);
}

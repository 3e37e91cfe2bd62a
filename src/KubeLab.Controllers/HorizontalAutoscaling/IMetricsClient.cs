using KubeLab.Api.Autoscaling;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>Where autoscalers learn what is used. All values are in thousandths of their unit.</summary>
/// <remarks>Upstream: MetricsClient in pkg/controller/podautoscaler/metrics.</remarks>
public interface IMetricsClient
{
    /// <summary>CPU or memory of the pods that <paramref name="pods"/> selects, by their names; of one container when <paramref name="container"/> is not null.</summary>
    /// <exception cref="MetricsException">Nothing is known.</exception>
    IReadOnlyDictionary<string, PodMetric> Resource(string resource, string ns, Selector pods, string? container);

    /// <summary>A measure that each pod reports.</summary>
    /// <exception cref="MetricsException">Nothing is known.</exception>
    IReadOnlyDictionary<string, PodMetric> Pods(string metric, string ns, Selector pods, LabelSelector? series);

    /// <summary>A measure of one object.</summary>
    /// <exception cref="MetricsException">Nothing is known.</exception>
    long Object(string metric, string ns, ScaleTargetReference about, LabelSelector? series);

    /// <summary>A measure from outside of the cluster: the values of all series that are selected.</summary>
    /// <exception cref="MetricsException">Nothing is known.</exception>
    IReadOnlyList<long> External(string metric, string ns, LabelSelector? series);
}

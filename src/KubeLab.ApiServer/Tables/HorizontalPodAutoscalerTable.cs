using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Autoscaling;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of autoscalers.</summary>
internal sealed class HorizontalPodAutoscalerTable : TablePrinter<HorizontalPodAutoscaler>
{
    private const int MetricsShown = 2;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Reference", "What is scaled."),
        TableColumn.Text("Targets", "The load, and what it should be."),
        TableColumn.Text("MinPods", "The least number of copies."),
        TableColumn.Text("MaxPods", "The greatest number of copies."),
        TableColumn.Text("Replicas", "How many copies there are."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(HorizontalPodAutoscaler obj, DateTimeOffset now) =>
    [
        Name(obj), $"{obj.Spec.ScaleTargetRef.Kind}/{obj.Spec.ScaleTargetRef.Name}", Targets(obj), obj.Spec.MinReplicas is { } least ? least : "<unset>",
        obj.Spec.MaxReplicas, obj.Status.CurrentReplicas, Age(obj, now),
    ];

    private static string Targets(HorizontalPodAutoscaler obj)
    {
        var metrics = obj.Spec.Metrics;
        if (metrics.IsEmpty)
        {
            return None;
        }

        var texts = new List<string>();
        for (var i = 0; i < Math.Min(metrics.Count, MetricsShown); i++)
        {
            texts.Add(Target(metrics[i], i < obj.Status.CurrentMetrics.Count ? obj.Status.CurrentMetrics[i] : null));
        }

        var rest = metrics.Count - texts.Count;
        return string.Join(", ", texts) + (rest > 0 ? string.Create(CultureInfo.InvariantCulture, $" + {rest} more...") : "");
    }

    private static string Target(MetricSpec metric, MetricStatus? seen) => metric switch
    {
        { Resource: { } own } => $"{own.Name}: {Share(own.Target, seen?.Resource?.Current)}",
        { ContainerResource: { } own } => $"{own.Name}: {Share(own.Target, seen?.ContainerResource?.Current)}",
        { Pods: { } own } => Amount(seen?.Pods?.Current.AverageValue, own.Target.AverageValue, ""),
        { Object.Target: { AverageValue: { } each } } => Amount(seen?.Object?.Current.AverageValue, each, " (avg)"),
        { Object.Target: { } target } => Amount(seen?.Object?.Current.Value, target.Value, ""),
        { External.Target: { AverageValue: { } each } } => Amount(seen?.External?.Current.AverageValue, each, " (avg)"),
        { External.Target: { } target } => Amount(seen?.External?.Current.Value, target.Value, ""),
        _ => "<unknown type>",
    };

    private static string Share(MetricTarget target, MetricValueStatus? seen) => target.AverageValue is { } value
        ? Amount(seen?.AverageValue, value, "")
        : string.Create(CultureInfo.InvariantCulture, $"{(seen?.AverageUtilization is { } now ? $"{now}%" : "<unknown>")}/{(target.AverageUtilization is { } goal ? $"{goal}%" : "<auto>")}");

    private static string Amount(Quantity? seen, Quantity? target, string suffix) => $"{seen?.ToString() ?? "<unknown>"}/{target?.ToString() ?? "<auto>"}{suffix}";
}

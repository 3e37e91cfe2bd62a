using System.Text.RegularExpressions;
using KubeLab.Api;
using KubeLab.Simulated.Metrics.Adapting;

namespace KubeLab.Simulated;

/// <content>Measures of one's own, by which autoscalers scale.</content>
public sealed partial class SimulatedCluster
{
    private MetricsAdapter? adapter;

    /// <inheritdoc/>
    public override void AddMetricsAdapter(AdapterOptions? options = null)
    {
        if (adapter is not null)
        {
            throw new InvalidOperationException("this cluster has a metrics adapter already");
        }

        Act(c => c.StartAdapter(options ?? AdapterOptions.Default));
    }

    /// <inheritdoc/>
    public override void AddExternalMetric(string name, Func<Cluster, double> value, params ReadOnlySpan<(string Label, string Value)> labels)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!MetricName().IsMatch(name))
        {
            throw new ArgumentException($"\"{name}\" is no name of a metric: letters, digits and _ are allowed, and a digit not at the beginning", nameof(name));
        }

        if (adapter is null)
        {
            throw new InvalidOperationException("nobody serves external metrics yet: call AddMetricsAdapter() first");
        }

        var series = StringMap.Of(labels.ToArray());
        Act(c => c.adapter!.Add(name, series, () => value(c)));
    }

    private void StartAdapter(AdapterOptions options)
    {
        adapter = new MetricsAdapter(
            plane.Balancer.ConnectAs("system:serviceaccount:monitoring:prometheus-adapter"), Clock, options, () => kubelets.Values.SelectMany(k => k.CountRequests()), traffic.Count);
        plane.Adapter = adapter;
        adapter.Start();
        recorder.Mark("metrics adapter");
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$")]
    private static partial Regex MetricName();
}

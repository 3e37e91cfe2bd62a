using KubeLab.Charts;
using KubeLab.Delays;

namespace KubeLab.Observing;

/// <content>Load, copies and nodes.</content>
public sealed partial class ClusterCharts
{
    private const int WorkloadsMax = 3;

    /// <summary>Explains delays; null where nobody can.</summary>
    internal Func<RequestLoad, DateTimeOffset?, TimeSpan?, DelayLens>? Lens { get; init; }

    /// <summary>Load, latency, copies, workers and money on one time axis: who reacted to what, when, and for how much.</summary>
    /// <remarks>Panels, for predictions: <c>requests</c>, <c>latency</c>, <c>replicas</c>, <c>nodes</c>, <c>cost</c>, <c>rate</c>.</remarks>
    /// <param name="load">The clients, from <see cref="Cluster.Load(string, LoadShape, string, TimeSpan?)"/>.</param>
    /// <param name="deployments">The workloads whose copies are shown, three at most; those behind the load's service when none is named.</param>
    /// <exception cref="ArgumentException">There is nothing recorded of a workload; the message lists those that there are.</exception>
    public Figure Autoscaling(RequestLoad load, params IReadOnlyList<string> deployments) => Autoscaling(load, null, deployments);

    /// <summary>The same from an instant on.</summary>
    /// <param name="load">The clients.</param>
    /// <param name="from">The left end as time since the lab started; the start when null.</param>
    /// <param name="deployments">The workloads.</param>
    /// <exception cref="ArgumentException">There is nothing recorded of a workload; the message lists those that there are.</exception>
    public Figure Autoscaling(RequestLoad load, TimeSpan? from, params IReadOnlyList<string> deployments)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(deployments);
        var scaling = recorder.Scaling;
        var workloads = deployments.Count > 0 ? [.. deployments.Select(Find)] : LoadTarget.Of(api, load).Workloads(scaling);
        if (workloads.Count == 0)
        {
            throw new ArgumentException($"no workload answers {load.Service} yet: name one, or let time pass until its service selects pods", nameof(load));
        }

        return AutoscalingChart.Of(
            load.Service,
            TrafficOf(load),
            [.. workloads.Take(WorkloadsMax).Select(w => w.AsSeries())],
            new NodeSeries(scaling.ReadyNodes, scaling.UnreadyNodes, scaling.BootingNodes),
            recorder.Money,
            Frame(from, "requests", "latency", "replicas", "nodes", "cost", "rate"));
    }

    /// <summary>A waterfall of which control loop spent each second between a load step and served load, see <see cref="Cluster.Delays"/>.</summary>
    /// <param name="load">The clients.</param>
    /// <param name="since">From where on to look for the shortage; where the load rises most when null.</param>
    /// <param name="p95">Also answers that take longer than this, at the 95th percentile, count as not served; any time is good enough when null.</param>
    /// <exception cref="InvalidOperationException">All was served, or still is not.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public Figure Delays(RequestLoad load, DateTimeOffset? since = null, TimeSpan? p95 = null) =>
        (Lens ?? throw new NotSupportedException("only a simulated cluster can explain delays: nobody else records when each loop looked"))(load, since, p95).Chart();

    private static TrafficSeries TrafficOf(RequestLoad load) =>
        new(load.Offered, load.Served, load.Refused, load.TimedOut, load.NoEndpoint, load.P50, load.P95, load.P99);

    private ReplicaRecord Find(string workload) => recorder.Scaling.Find(Namespace, workload)
        ?? throw new ArgumentException(
            $"nothing is recorded of \"{workload}\" in namespace {Namespace}; there are: "
            + string.Join(", ", recorder.Scaling.Workloads.Where(w => w.Key.Namespace == Namespace).Select(w => w.Key.Name).DefaultIfEmpty("none")),
            nameof(workload));
}

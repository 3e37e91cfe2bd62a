using KubeLab.Charts;

namespace KubeLab.Observing;

/// <content>How versions take each other's place.</content>
public sealed partial class ClusterCharts
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    /// <summary>Copies of a deployment by version: how the newest one took the place of the one before.</summary>
    /// <remarks>Its panel, for predictions: <c>copies</c>.</remarks>
    /// <param name="deployment">Its name.</param>
    /// <param name="from">The left end as time since the lab started; a little before the newest version came when null.</param>
    /// <exception cref="ArgumentException">There is nothing recorded of it; the message lists what there is.</exception>
    public Figure Rollout(string deployment, TimeSpan? from = null)
    {
        Find(deployment);
        return Rollout(deployment, recorder.Scaling.VersionsOf(Namespace, deployment), null, from, "copies");
    }

    /// <summary>Copies by version behind the service that is asked, whichever deployments they are of, and below them what clients saw of it.</summary>
    /// <remarks>Its panel, for predictions: <c>requests</c>.</remarks>
    /// <param name="load">The clients, from <see cref="Cluster.Load(string, LoadShape, string, TimeSpan?)"/>.</param>
    /// <param name="from">The left end as time since the lab started; a little before the newest version came when null.</param>
    /// <exception cref="ArgumentException">The service selects no pods of any workload.</exception>
    public Figure Versions(RequestLoad load, TimeSpan? from = null)
    {
        ArgumentNullException.ThrowIfNull(load);
        var target = LoadTarget.Of(api, load);
        return Rollout(load.Service, [.. recorder.Scaling.Versions.Where(v => target.Selects(v.Workload.Namespace, v.Labels))], TrafficOf(load), from, "requests");
    }

    private Figure Rollout(string what, IReadOnlyList<VersionRecord> versions, TrafficSeries? traffic, TimeSpan? from, params ReadOnlySpan<string> panels)
    {
        var begun = versions.Count == 0 ? recorder.Started : versions.Max(v => v.Began) - Before;
        var frame = Frame(from ?? (begun < recorder.Started ? TimeSpan.Zero : begun - recorder.Started), panels);
        return RolloutChart.Of(what, VersionRecord.AsSeries([.. versions.Where(v => v.ExistsWithin(frame.From ?? recorder.Started, clock.Now))]), traffic, frame);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Charts;
using KubeLab.KubectlText.CommandLine;
using KubeLab.Observing;
using KubeLab.Simulated.Metrics;

namespace KubeLab.Delays;

/// <summary>Finds the shortage of a load and the pod that ended it in what was recorded.</summary>
internal sealed partial class DelayFinder(IKubernetesApi api, ScalingRecorder scaling, DateTimeOffset? firstScrape, MetricsOptions metrics)
{
    /// <summary>Looks at a load.</summary>
    /// <param name="load">The clients.</param>
    /// <param name="since">From where on to look for a shortage; where the load rises most when null.</param>
    /// <param name="boundMilliseconds">The 95th percentile that is good enough.</param>
    /// <exception cref="InvalidOperationException">There was no shortage, or it is not over.</exception>
    public DelayLens Find(RequestLoad load, DateTimeOffset? since, double boundMilliseconds)
    {
        var start = since ?? Shortage.GreatestRise(load.Offered);
        var shortage = Shortage.Find(load.Offered, load.Served, load.P95, start, boundMilliseconds)
            ?? throw new InvalidOperationException($"the load on {load.Service} was served all the time since {Text(start)}: there is no delay to explain");
        if (shortage.To is not { } to)
        {
            throw new InvalidOperationException($"the load on {load.Service} is still not served, since {Text(shortage.From)}: let more time pass");
        }

        var target = LoadTarget.Of(api, load);
        var pod = shortage.LoadFell ? null : scaling.Lives.Where(l => target.Selects(l) && l.ReadyAt > shortage.From && l.ReadyAt <= to).OrderBy(l => l.ReadyAt).LastOrDefault();
        var parts = pod is null
            ? new DelayPath(shortage.From, to).Rest(shortage.LoadFell ? "until the load fell" : "until what was there caught up", DelayStage.Routing).Parts
            : CriticalPath.Of(shortage.From, to, pod, scaling.Nodes.FirstOrDefault(n => n.Name == pod.Node), Facts(pod, load));
        return new DelayLens(load.Service, shortage.From, to, pod?.Key.Name, [.. parts.Where(p => p.Length > TimeSpan.Zero)]);
    }

    private DelayFacts Facts(PodLife pod, RequestLoad load) => new()
    {
        IsAutoscaled = pod.Workload?.Bounds is not null,
        FirstScrapeEver = firstScrape,
        ScrapePeriod = metrics.Resolution,
        ScrapeLag = metrics.Lag,
        Held = pod.Workload?.Held,
        Pull = PullOf(pod),
        Routed = load.Served.Samples.Concat(load.P95.Samples).Where(s => s.At > pod.ReadyAt).Select(s => (DateTimeOffset?)s.At).Min(),
    };

    /// <summary>Events say how long an image was waited for; they are kept for an hour, afterwards it is part of the start.</summary>
    private TimeSpan PullOf(PodLife pod)
    {
        var sum = TimeSpan.Zero;
        foreach (var said in api.List<Event>(pod.Key.Namespace).Where(e => e.Reason == "Pulled" && e.InvolvedObject.Name == pod.Key.Name))
        {
            sum += Waited().Match(said.Message ?? "") is { Success: true } match ? GoDuration.Parse(match.Groups[1].Value) ?? TimeSpan.Zero : TimeSpan.Zero;
        }

        return sum;
    }

    private static string Text(DateTimeOffset at) => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\((\S+) including waiting\)")]
    private static partial Regex Waited();
}

using KubeLab.Api.Autoscaling;
using KubeLab.Api.Verbs;

namespace KubeLab.Lessons;

/// <summary>Exercise E14.5: an autoscaler that followed each swing of its load changes at most six times an hour, and still scales.</summary>
internal static class CalmNews
{
    private const int ChangesMax = 6;
    private const int MinMax = 4;
    private const int MaxMin = 12;
    private const double ErrorsMax = 0.01;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static CheckResult Look(Cluster cluster)
    {
        if (cluster.Deployment("news").Object is null)
        {
            return CheckResult.NotYet("there is no deployment \"news\". Run the cell that makes it.");
        }

        if (cluster.Api.List<HorizontalPodAutoscaler>("default").FirstOrDefault(h => h.Spec.ScaleTargetRef.Name == "news") is not { } autoscaler)
        {
            return CheckResult.NotYet("nobody scales news any more: it was to be calmed, not removed.");
        }

        if ((autoscaler.Spec.MinReplicas ?? 1) > MinMax || autoscaler.Spec.MaxReplicas < MaxMin)
        {
            return CheckResult.NotYet($"its bounds are {autoscaler.Spec.MinReplicas ?? 1} and {autoscaler.Spec.MaxReplicas}: at night {MinMax} copies must do, and on a busy day it may need {MaxMin}. Leave them as they were.");
        }

        if (cluster.Loads.LastOrDefault(l => l.Service == "news") is not { IsStopped: false } load)
        {
            return CheckResult.NotYet("nobody reads the news now: run the cell that begins the load.");
        }

        var from = cluster.Now - Hour;
        if (load.Offered.Samples is not [var first, ..] || first.At > from)
        {
            return CheckResult.NotYet("the load is younger than an hour. Let an hour pass: cluster.RunFor(60 * 60).");
        }

        return Calm(cluster, autoscaler, from) ?? Served(load, from, cluster.Now);
    }

    private static CheckResult? Calm(Cluster cluster, HorizontalPodAutoscaler autoscaler, DateTimeOffset from)
    {
        var history = new History(cluster.Recorder.Scaling.Find("default", "news")?.Wanted, from, cluster.Now);
        var changes = history.ChangesWithin(Hour);
        var window = autoscaler.Spec.Behavior?.ScaleDown?.StabilizationWindowSeconds;
        return changes <= ChangesMax ? null : CheckResult.NotYet(
            $"{changes} changes in the last hour, between {history.Least.Value:0} and {history.Most.Value:0} copies. Its window for going down is {(window is { } seconds ? $"{seconds} s" : "the usual 300 s")}, "
            + "and the load swings once in six minutes. After a change let a whole hour pass.");
    }

    private static CheckResult Served(RequestLoad load, DateTimeOffset from, DateTimeOffset to)
    {
        var served = load.Served.Integral(from, to) / load.Offered.Integral(from, to);
        return served >= 1 - ErrorsMax
            ? CheckResult.Passed($"at most {ChangesMax} changes in the last hour, and {100 * served:0.0} % of the requests were served. A window longer than the swing keeps the copies of the last crest for the next one.")
            : CheckResult.NotYet($"it is calm, but only {100 * served:0.0} % of the last hour's requests were served. Are there copies enough for the crests?");
    }
}

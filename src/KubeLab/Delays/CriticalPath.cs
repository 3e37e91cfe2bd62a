using KubeLab.Charts;
using KubeLab.Observing;
using static System.FormattableString;

namespace KubeLab.Delays;

/// <summary>What one pod waited for, from the load step to the instant at which the load was served: each piece ends where the next one begins.</summary>
internal static class CriticalPath
{
    private const int StepsMax = 8;

    /// <summary>Walks it.</summary>
    /// <param name="from">When the shortage began.</param>
    /// <param name="to">When it was over.</param>
    /// <param name="pod">The pod whose readiness ended it.</param>
    /// <param name="node">The worker it runs on, when something is known of that.</param>
    /// <param name="facts">What else was recorded.</param>
    public static IReadOnlyList<DelayPart> Of(DateTimeOffset from, DateTimeOffset to, PodLife pod, NodeLife? node, DelayFacts facts)
    {
        var path = new DelayPath(from, to);
        Decide(path, from, pod, facts);
        Place(path, pod, node);
        Start(path, pod, facts);
        return path.Until(facts.Routed, "endpoints and proxies", DelayStage.Routing).Rest("until all is served", DelayStage.Routing).Parts;
    }

    private static void Decide(DelayPath path, DateTimeOffset from, PodLife pod, DelayFacts facts)
    {
        var rises = Rises(from, pod);
        if (rises.Count == 0)
        {
            path.Until(pod.CreatedAt, "until the pod was made", DelayStage.Deciding);
            return;
        }

        if (facts.IsAutoscaled)
        {
            var used = facts.LastScrape(rises[0].At);
            var held = facts.HeldSince(from, rises[0].At);
            path.Until(facts.FirstScrape(from), "metrics server: next scrape", DelayStage.Measuring)
                .Until(Least(used, held), "metrics server: mean over scrapes catches up", DelayStage.Measuring)
                .Until(Least(used + facts.ScrapeLag, held), "metrics server: until it tells", DelayStage.Measuring)
                .Until(held ?? rises[0].At, "horizontal autoscaler: next look", DelayStage.Deciding)
                .Until(rises[0].At, "horizontal autoscaler: stabilization window", DelayStage.Deciding);
        }
        else
        {
            path.Until(rises[0].At, "until somebody scaled", DelayStage.Deciding);
        }

        FurtherSteps(path, rises, facts.IsAutoscaled ? "horizontal autoscaler" : "until it was scaled again");
        path.Until(pod.CreatedAt, "controllers make the pod", DelayStage.Deciding);
    }

    /// <summary>One number was not enough: each later one is a piece of its own, as far as a picture has room for them.</summary>
    private static void FurtherSteps(DelayPath path, List<Rise> rises, string who)
    {
        var folded = Math.Max(0, rises.Count - StepsMax);
        for (var i = 1; i < rises.Count; i++)
        {
            if (i == StepsMax - 1 && folded > 0)
            {
                var first = rises[i];
                i += folded;
                path.Until(rises[i].At, Invariant($"{who}: steps {i - folded + 1} to {i + 1}, {first.Before} to {rises[i].After} copies"), DelayStage.Deciding);
            }
            else
            {
                path.Until(rises[i].At, Invariant($"{who}: step {i + 1}, {rises[i].Before} to {rises[i].After} copies"), DelayStage.Deciding);
            }
        }
    }

    private static void Place(DelayPath path, PodLife pod, NodeLife? node)
    {
        if (node is { Machine: { } machine } && node.ReadyAt > pod.CreatedAt)
        {
            path.Until(machine.CreatedAt, "pending: until a machine is asked for", DelayStage.Deciding)
                .Until(machine.RunningAt, "machine: provisioning", DelayStage.Machine)
                .Until(node.BootedAt, "machine: boot", DelayStage.Machine)
                .Until(node.RegisteredAt, "node: registration", DelayStage.Machine)
                .Until(node.ReadyAt, "node: becoming ready", DelayStage.Machine);
        }

        path.Until(pod.ScheduledAt, "scheduler", DelayStage.Deciding);
    }

    private static void Start(DelayPath path, PodLife pod, DelayFacts facts) =>
        path.Until(path.At + facts.Pull, "image pull", DelayStage.Pod)
            .Until(pod.StartedAt, "sandbox and container start", DelayStage.Pod)
            .Until(pod.ReadyAt, "readiness", DelayStage.Pod);

    private static List<Rise> Rises(DateTimeOffset from, PodLife pod)
    {
        var rises = new List<Rise>();
        var wanted = pod.Workload?.Wanted.Samples ?? [];
        for (var i = 1; i < wanted.Count; i++)
        {
            if (wanted[i].At > from && wanted[i].At <= pod.CreatedAt && wanted[i].Value > wanted[i - 1].Value)
            {
                rises.Add(new Rise(wanted[i].At, wanted[i - 1].Value, wanted[i].Value));
            }
        }

        return rises;
    }

    private static DateTimeOffset? Least(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private readonly record struct Rise(DateTimeOffset At, double Before, double After);
}

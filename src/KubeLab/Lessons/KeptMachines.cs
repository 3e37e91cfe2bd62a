using KubeLab.Api.Policy;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Nodes.ScaleDown;
using KubeLab.Observing;

namespace KubeLab.Lessons;

/// <summary>Exercise E14.3: three pods keep machines, each for another reason; the machines go and the pods' users stay.</summary>
internal static class KeptMachines
{
    private const int WorkersMax = 2;
    private static readonly string[] Apps = ["notebook", "ledger", "thumbs"];

    public static CheckResult Look(Cluster cluster)
    {
        if (!Apps.Any(app => cluster.Pods($"app={app}").Count > 0))
        {
            return CheckResult.NotYet("neither notebook nor ledger nor thumbs is there. Run the cell that makes them.");
        }

        foreach (var app in Apps)
        {
            if (!cluster.Pods($"app={app}").Any(PodPhases.IsReady))
            {
                return CheckResult.NotYet($"{app} does not run any more (its label is app={app}). Machines were to go, not users.{(app == "notebook" ? " A pod of its own that is evicted is not made again; a Deployment would." : "")}");
            }
        }

        if (!cluster.Api.List<PodDisruptionBudget>("default").Any(ProtectsLedger))
        {
            return CheckResult.NotYet("ledger has lost its PodDisruptionBudget. Keep it with at least one pod: with more copies a budget allows a disruption.");
        }

        if (Kept(cluster) is { } kept)
        {
            return kept;
        }

        var workers = cluster.Recorder.Scaling.ReadyNodes.Latest;
        return workers <= WorkersMax
            ? CheckResult.Passed($"nothing keeps a machine any more: {workers:0} {(workers == 1 ? "is" : "are")} left, and all three apps run.")
            : CheckResult.NotYet($"nothing keeps a machine any more, but {workers:0} workers are still there. The autoscaler takes its time: let 20 minutes pass.");
    }

    private static CheckResult? Kept(Cluster cluster)
    {
        var nodes = cluster.WhyNotScaledDown().Nodes;
        List<string> named = [.. nodes.Where(n => n.BlockingReason is not null).Select(n => $"{n.Name} ({n.Pod!.Split('/')[^1]}: {Words(n.BlockingReason!.Value)})")];
        return named.Count == 0 ? null : CheckResult.NotYet($"{named.Count} {(named.Count == 1 ? "machine is" : "machines are")} kept: {string.Join("; ", named)}. cluster.WhyNotScaledDown() says what to do.");
    }

    private static string Words(BlockingPodReason reason) => reason switch
    {
        BlockingPodReason.NotReplicated => "nobody would make it again",
        BlockingPodReason.LocalStorageRequested => "it keeps files on the machine",
        BlockingPodReason.NotEnoughPdb => "its budget allows no disruption",
        BlockingPodReason.NotSafeToEvictAnnotation => "an annotation says that it is not safe to evict",
        _ => reason.ToString(),
    };

    private static bool ProtectsLedger(PodDisruptionBudget budget) =>
        budget.Status.DesiredHealthy >= 1 && budget.Spec.Selector is { } selector && Selector.From(selector).Matches(LedgerLabels);

    private static Api.StringMap LedgerLabels { get; } = Api.StringMap.Of(("app", "ledger"));
}

using System.Globalization;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.Deployments;
using KubeLab.Observing;
using KubeLab.Simulated;
using KubeLab.Simulation;

namespace KubeLab.Lessons;

/// <summary>The exercises of episode 08, Deployments.</summary>
internal static class Episode08
{
    private const string New = "2.0";
    private const string Revision = "deployment.kubernetes.io/revision";
    private const string ChangeCause = "kubernetes.io/change-cause";
    private const int TillCopies = 10;
    private const int TillPodsMax = 11;
    private const int BoothCopies = 10;
    private const double CanaryShareMax = 0.12;
    private const double WatchedSeconds = 60;
    private static readonly int[] Sizes = [3, 4, 10];

    public static IReadOnlyList<Exercise> Exercises { get; } =
    [
        new("E08.1", "Say how many pods a rollout of 3, 4 and 10 copies has at the most, and how many are available at the least.", (_, answer) => Bounds(answer)),
        new("E08.2", "Roll ten copies of till to 2.0 without a lost request and with eleven pods at the most.", (cluster, _) => WithoutLoss(cluster)),
        new("E08.3", "Bring the broken kiosk back to 2.0, and write down why.", (cluster, _) => RolledBack(cluster)),
        new("E08.4", "Show 2.0 to at most 12 % of the clients of booth until it is approved, then to all.", (cluster, _) => Canary(cluster)),
    ];

    private static CheckResult Bounds(IReadOnlyList<string>? answer)
    {
        if (Answers.Numbers(answer, 2 * Sizes.Length) is not { } numbers)
        {
            return CheckResult.NotYet("give six numbers, the most pods and the fewest available for 3, 4 and 10 copies: lesson.Check(\"E08.1\", 0, …).");
        }

        for (var i = 0; i < Sizes.Length; i++)
        {
            var bounds = RolloutBounds.Resolve("25%", "25%", Sizes[i]);
            if ((int)numbers[2 * i] != Sizes[i] + bounds.MaxSurge)
            {
                return CheckResult.NotYet($"{Sizes[i]} copies, at the most: a quarter of {Sizes[i]} is {Text(Sizes[i] / 4.0)}. The surge rounds up, and comes on top.");
            }

            if ((int)numbers[(2 * i) + 1] != Sizes[i] - bounds.MaxUnavailable)
            {
                return CheckResult.NotYet($"{Sizes[i]} copies, at the least: a quarter of {Sizes[i]} is {Text(Sizes[i] / 4.0)}. What may be missing rounds down.");
            }
        }

        return CheckResult.Passed("surge rounds up and unavailable rounds down, so that in doubt the service wins: small deployments never lose a copy.");
    }

    private static CheckResult WithoutLoss(Cluster cluster)
    {
        if (cluster.Deployment("till").Object is not { } till)
        {
            return CheckResult.NotYet("there is no deployment \"till\" in the namespace default. Apply it first.");
        }

        if (!ImageOf(till).EndsWith($":{New}", StringComparison.Ordinal))
        {
            return CheckResult.NotYet($"till is to run {ImageOf(till)}. Prepare its strategy and its template, then set the image to hello-app:{New}.");
        }

        if ((till.Spec.Replicas ?? 1) != TillCopies)
        {
            return CheckResult.NotYet($"till wants {till.Spec.Replicas ?? 1} copies, not {TillCopies}.");
        }

        var rollout = cluster.Rollout("till");
        if (rollout.Tag != New || rollout.Ended is null || !cluster.Deployment("till").IsAvailable)
        {
            return CheckResult.NotYet($"the rollout is not done: {cluster.Deployment("till")}. Give it time, then read kubectl describe deployment till.");
        }

        if (rollout.MostPods > TillPodsMax)
        {
            return CheckResult.NotYet($"there were {rollout.MostPods} pods at once, {rollout.MostPods - TillPodsMax} more than allowed. See spec.strategy.rollingUpdate.maxSurge. Go back with kubectl rollout undo, mend it, and roll again.");
        }

        return cluster is SimulatedCluster ? Served(cluster, till, rollout.Began) : CheckResult.Passed($"never more than {rollout.MostPods} pods; whether a request was lost, only your clients know.");
    }

    /// <summary>Looks at every request since the rollout began.</summary>
    private static CheckResult Served(Cluster cluster, Deployment till, DateTimeOffset began)
    {
        if (cluster.Loads.LastOrDefault(l => l.Service == "till" && !l.IsStopped) is not { } load || new History(load.Served, began, cluster.Now) is not { IsEmpty: false } served || served.Samples[0].At > began)
        {
            return CheckResult.NotYet("nobody asked the service till while it rolled: run the cell with cluster.Load(\"till\", …) before you roll.");
        }

        foreach (var lost in new[] { load.NoEndpoint, load.Refused, load.TimedOut })
        {
            if (new History(lost, began, cluster.Now).FirstBreach(v => v < 0.001) is { } breach)
            {
                var when = $"{Text((breach.At - began).TotalSeconds)} s into the rollout requests were lost ({lost.Name})";
                return CheckResult.NotYet($"{when}. {Cause(till)} Go back with kubectl rollout undo, mend it, and roll again.");
            }
        }

        var view = cluster.Rollout("till");
        return CheckResult.Passed($"no request was lost, and there were {view.MostPods} pods at the most; it took {Text((view.Ended!.Value - began).TotalSeconds)} s.");
    }

    private static string Cause(Deployment till)
    {
        var container = till.Spec.Template.Spec.Containers[0];
        return container.ReadinessProbe is null ? "The template has no readinessProbe: a copy counts as ready as soon as its process runs, before it listens."
            : container.Lifecycle?.PreStop is null ? "A copy that is told to end stops listening before all nodes have taken it off their lists: let it wait a few seconds, with lifecycle.preStop.sleep."
            : "Was the rollout before it really over, and its last old pod gone? Those pods had no preStop yet.";
    }

    private static CheckResult RolledBack(Cluster cluster)
    {
        if (cluster.Deployment("kiosk").Object is not { } kiosk)
        {
            return CheckResult.NotYet("there is no deployment \"kiosk\" in the namespace default. Run the cell that makes it.");
        }

        var revision = long.Parse(kiosk.Metadata.Annotations[Revision] ?? "0", CultureInfo.InvariantCulture);
        if (ImageOf(kiosk) is var image && !image.EndsWith($":{New}", StringComparison.Ordinal))
        {
            return CheckResult.NotYet(image.EndsWith(":1.0", StringComparison.Ordinal)
                ? "kiosk is back at 1.0, one too far: 2.0 was well. kubectl rollout history shows the revisions, and undo takes --to-revision."
                : $"kiosk is to run {image}, which is broken. kubectl rollout undo brings the template of the revision before back.");
        }

        if (revision < 4)
        {
            return CheckResult.NotYet($"kiosk is at revision {revision}: a rollback is a rollout of its own and gives a new number, 4 here. Was it deleted and made anew? Then its history is lost.");
        }

        if (kiosk.Metadata.Annotations[ChangeCause] is not { Length: > 0 } cause || cause.StartsWith("the better", StringComparison.Ordinal))
        {
            return CheckResult.NotYet($"kubectl rollout history does not say why: kubectl annotate deployment/kiosk {ChangeCause}=\"…\" --overwrite.");
        }

        return cluster.Deployment("kiosk").IsAvailable
            ? CheckResult.Passed($"kiosk runs 2.0 again as revision {revision}, and the history says why: {cause}")
            : CheckResult.NotYet($"not yet: {cluster.Deployment("kiosk")}. Give it a moment: cluster.RunFor(30).");
    }

    private static CheckResult Canary(Cluster cluster)
    {
        VersionRecord[] all = [.. cluster.Recorder.Scaling.Versions.Where(v => v.Workload.Namespace == "default" && v.Labels["app"] == "booth")];
        VersionRecord[] fresh = [.. all.Where(v => v.Tag == New)];
        if (all.Length == 0)
        {
            return CheckResult.NotYet("no pod has the label app=booth. Apply booth first.");
        }

        if (cluster.Api.List<ConfigMap>("default").FirstOrDefault(c => c.Metadata.Name == "approval")?.Metadata.CreationTimestamp?.Instant is not { } approved)
        {
            return CheckResult.NotYet("nobody has approved yet: kubectl create configmap approval, when a canary of 2.0 has served for a minute.");
        }

        var share = ShareOf(fresh, all);
        var until = new History(share, cluster.Recorder.Started, approved);
        if (until.FirstBreach(v => v <= CanaryShareMax) is { } breach)
        {
            return CheckResult.NotYet($"{Text((approved - breach.At).TotalSeconds)} s before the approval {breach.Value:P0} of the ready copies were 2.0, and so many of the requests went there. Allowed are {CanaryShareMax:P0}. Delete the configmap and begin again from 1.0.");
        }

        if (until.FirstTime(v => v > 0) is not { } first || (approved - first.At).TotalSeconds < WatchedSeconds)
        {
            return CheckResult.NotYet($"when it was approved, 2.0 had not served for {WatchedSeconds:0} s: what was there to approve? Its pods need the label that the service asks for, app=booth.");
        }

        var (ready, old) = (fresh.Sum(v => v.Ready.Latest), all.Except(fresh).Sum(v => v.Existing.Latest));
        return old > 0 || ready < BoothCopies
            ? CheckResult.NotYet($"approved, and the canary was {until.Most.Value:P0} at the most; now {ready:0} copies of 2.0 are ready and {old:0} of other versions are left. All {BoothCopies} are to be 2.0.")
            : CheckResult.Passed($"the canary had {until.Most.Value:P0} of the requests for {Text((approved - first.At).TotalSeconds)} s, and only after the approval all.");
    }

    /// <summary>Which share of the ready copies some versions have, over time: connections are spread evenly, so it is their share of the requests.</summary>
    private static TimeSeries ShareOf(IReadOnlyList<VersionRecord> some, IReadOnlyList<VersionRecord> all)
    {
        var share = new TimeSeries("share", "");
        foreach (var at in all.SelectMany(v => v.Ready.Samples).Select(s => s.At).Distinct().Order())
        {
            var ready = all.Sum(v => v.Ready.ValueAt(at));
            share.Record(at, ready > 0 ? some.Sum(v => v.Ready.ValueAt(at)) / ready : 0);
        }

        return share;
    }

    private static string ImageOf(Deployment deployment) => deployment.Spec.Template.Spec.Containers[0].Image ?? "";

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}

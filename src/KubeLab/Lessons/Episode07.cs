using System.Globalization;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Verbs;
using KubeLab.Observing;

namespace KubeLab.Lessons;

/// <summary>The exercises of episode 07, Labels, ReplicaSets and self-healing.</summary>
internal static class Episode07
{
    /// <summary>What the selectors of E07.1 are asked of.</summary>
    public const string Twelve = "set=twelve";

    private const int TillReplicas = 3;
    private const int TeamReplicas = 5;
    private const int Kills = 5;
    private static readonly TimeSpan HealedWithin = TimeSpan.FromSeconds(60);

    private static readonly (string Selector, string Hint)[] Questions =
    [
        ("env=prod,tier!=web", "a comma means and: of the pods with env=prod, those of another tier than web."),
        ("env in (prod,test),tier notin (db,cache)", "first those whose env is prod or test, then leave out db and cache."),
        ("env!=prod", "a pod that has no label env at all is not env=prod either."),
        ("!env", "an exclamation mark alone asks for pods that do not have the label at all."),
    ];

    public static IReadOnlyList<Exercise> Exercises { get; } =
    [
        new("E07.1", "Say how many of twelve pods each of four selectors finds.", SelectedPods),
        new("E07.2", "Take exactly one pod of till out of service without ending it, while three go on serving.", (cluster, _) => OneAside(cluster)),
        new("E07.3", "Let team have five ready pods again within 60 seconds after each of five kills.", (cluster, _) => HealedEachTime(cluster)),
        new("E07.4", "Say how many pods two ReplicaSets with the same selector keep, how many they delete, and why.", (_, answer) => SameSelector(answer)),
    ];

    private static CheckResult SelectedPods(Cluster cluster, IReadOnlyList<string>? answer)
    {
        if (Answers.Numbers(answer, Questions.Length) is not { } numbers)
        {
            return CheckResult.NotYet("give four numbers in the order of the selectors: lesson.Check(\"E07.1\", 1, 2, 3, 4).");
        }

        var there = cluster.Pods(Twelve).Count;
        if (there != 12)
        {
            return CheckResult.NotYet($"there are {there} pods with the label {Twelve}, not twelve. Run the cell that makes them.");
        }

        for (var i = 0; i < Questions.Length; i++)
        {
            if (numbers[i] != cluster.Pods($"{Twelve},{Questions[i].Selector}").Count)
            {
                return CheckResult.NotYet($"not {Text(numbers[i])} for {Questions[i].Selector}: {Questions[i].Hint}");
            }
        }

        return CheckResult.Passed($"{string.Join(", ", numbers.Select(Text))}. What has no label is different from every value.");
    }

    private static CheckResult OneAside(Cluster cluster)
    {
        var till = cluster.ReplicaSet("till");
        if (!till.Exists || cluster.Api.Find<Service>(cluster.Namespace, "till") is not { } service)
        {
            return CheckResult.NotYet("there is no replica set \"till\" with a service \"till\". Run the cell that applies them.");
        }

        List<Pod> aside = [.. cluster.Pods().Where(p => p.Metadata.GenerateName == "till-" && WorkloadRecords.OwnerUidOf(p) is null && p.Metadata.DeletionTimestamp is null)];
        if (aside.Count == 0)
        {
            return CheckResult.NotYet("every pod that till made still belongs to it, or is gone. A pod that is deleted cannot be examined: take away what till knows it by.");
        }

        if (aside.Count > 1)
        {
            return CheckResult.NotYet($"{aside.Count} pods were taken out ({string.Join(", ", aside.Select(p => p.Metadata.Name))}); it was to be one. Give the others their label back: till takes them in again.");
        }

        var pod = aside[0];
        if (!PodPhases.IsReady(pod) || pod.Status.ContainerStatuses.Exists(c => c.RestartCount > 0))
        {
            return CheckResult.NotYet($"{pod.Metadata.Name} is out, but it does not simply run on: it is {PodPhases.Of(pod)} and its container was restarted {pod.Status.ContainerStatuses.Sum(c => c.RestartCount)} times.");
        }

        if (till.Replicas != TillReplicas || !till.IsReady)
        {
            return CheckResult.NotYet($"till has {till.Ready} of {till.Replicas} pods ready; it should be {TillReplicas} of {TillReplicas}. Give it a moment: cluster.RunFor(30).");
        }

        var behind = Endpoints(cluster, "till");
        if (behind.Contains(pod.Metadata.Name))
        {
            return CheckResult.NotYet($"{pod.Metadata.Name} has left its replica set, yet the service till still sends it customers: it has {behind.Count} endpoints. Compare the service's selector ({string.Join(',', service.Spec.Selector.Select(p => $"{p.Key}={p.Value}"))}) with the pod's labels.");
        }

        return behind.Count == TillReplicas
            ? CheckResult.Passed($"{pod.Metadata.Name} runs on, no customer reaches it, and till has replaced it: {behind.Count} endpoints.")
            : CheckResult.NotYet($"your service has {behind.Count} endpoints, not {TillReplicas}: compare two label maps, kubectl get service till -o wide and kubectl get pods --show-labels.");
    }

    private static CheckResult HealedEachTime(Cluster cluster)
    {
        var team = cluster.ReplicaSet("team");
        if (!team.Exists || team.Replicas != TeamReplicas)
        {
            return CheckResult.NotYet(team.Exists ? $"team wants {team.Replicas} pods, not {TeamReplicas}." : "there is no replica set \"team\". Run the cell that applies it.");
        }

        var kills = Wounds(cluster);
        if (kills.Count > 0 && kills[^1].Healed is null)
        {
            return CheckResult.NotYet($"team has {team.Ready} of {TeamReplicas} pods ready. Wait until it is whole: cluster.RunUntil(c => c.ReplicaSet(\"team\").IsReady).");
        }

        var good = kills.AsEnumerable().Reverse().TakeWhile(k => k.Healed - k.At <= HealedWithin).Count();
        if (good >= Kills)
        {
            var slowest = kills.TakeLast(Kills).Max(k => (k.Healed!.Value - k.At).TotalSeconds);
            return CheckResult.Passed($"five times a pod was killed, and five times all {TeamReplicas} were ready again, after {slowest.ToString("0", CultureInfo.InvariantCulture)} s at the most.");
        }

        if (kills.Count > good)
        {
            var slow = kills[^(good + 1)];
            var seconds = (slow.Healed!.Value - slow.At).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            return CheckResult.NotYet(good == 0
                ? $"after the last kill it took {seconds} s until {TeamReplicas} pods were ready again. What keeps a new pod from being ready? kubectl describe pod, the line Readiness; and of which template was it made?"
                : $"the last {good} kills were healed in time, the one before took {seconds} s. Kill on, one pod after the other, until it is five in a row.");
        }

        return CheckResult.NotYet($"I see {good} kills since team was whole; it takes five, each when all {TeamReplicas} pods are ready again.");
    }

    /// <summary>Each time that team was whole and lost pods while it was to have five, and when it was whole again.</summary>
    private static List<(DateTimeOffset At, DateTimeOffset? Healed)> Wounds(Cluster cluster)
    {
        var wanted = cluster.Recorder.Scaling.Find(cluster.Namespace, "team")?.Wanted;
        var ready = new History(cluster.Recorder.Workloads.ReadyOf(cluster.Namespace, "team"), DateTimeOffset.MinValue, cluster.Now).Since(n => n >= TeamReplicas);
        var wounds = new List<(DateTimeOffset At, DateTimeOffset? Healed)>();
        DateTimeOffset? since = null;
        var wasWhole = false;
        foreach (var sample in ready.Samples)
        {
            var isWhole = sample.Value >= TeamReplicas;
            if (isWhole && since is { } at)
            {
                wounds.Add((at, sample.At));
                since = null;
            }
            else if (!isWhole && wasWhole && wanted?.ValueAt(sample.At) == TeamReplicas)
            {
                since = sample.At;
            }

            wasWhole = isWhole;
        }

        if (since is { } open)
        {
            wounds.Add((open, null));
        }

        return wounds;
    }

    private static CheckResult SameSelector(IReadOnlyList<string>? answer)
    {
        if (answer is not { Count: 3 } || Answers.Numbers([answer[0], answer[1]], 2) is not [var pods, var deleted])
        {
            return CheckResult.NotYet("give two numbers and a letter: lesson.Check(\"E07.4\", 1, 2, \"A\").");
        }

        // Tests play it on a cluster: 3 of left and 2 of right, and neither touches what the other owns.
        if (pods != 5)
        {
            return CheckResult.NotYet(pods is 2 or 3
                ? $"{Text(pods)} would be so if one counted the other's pods as its own. Apply them and look at kubectl get replicasets."
                : "apply both, wait a minute and count: kubectl get pods -l app=twin.");
        }

        if (deleted != 0)
        {
            return CheckResult.NotYet("a pod that a replica set deletes leaves an event SuccessfulDelete. How many are there? kubectl get events --field-selector reason=SuccessfulDelete, and look at the names.");
        }

        return answer[2].Trim().ToUpperInvariant() switch
        {
            "B" => CheckResult.Passed("5 pods, none deleted: each counts those that name it as their owner. A pod without an owner, though, belongs to whoever sees it first, and a service with that selector sees them all."),
            "A" => CheckResult.NotYet("not A: no controller knows of the other's wish. Look at a pod's metadata.ownerReferences."),
            "C" => CheckResult.NotYet("not C: the younger one has all its pods as well. Look at a pod's metadata.ownerReferences."),
            _ => CheckResult.NotYet("the third answer is a letter: A, B or C."),
        };
    }

    private static HashSet<string?> Endpoints(Cluster cluster, string service) =>
    [
        .. cluster.Api.List<EndpointSlice>(cluster.Namespace, new ListOptions { LabelSelector = $"kubernetes.io/service-name={service}" })
            .SelectMany(slice => slice.Endpoints).Where(e => e.Conditions.Ready != false).Select(e => e.TargetRef?.Name),
    ];

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}

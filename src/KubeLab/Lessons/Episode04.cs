using System.Globalization;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Cloud.Machines;
using KubeLab.Simulated;

namespace KubeLab.Lessons;

/// <summary>The exercises of episode 04, Workers.</summary>
internal static class Episode04
{
    private const int AvailableMin = 2;
    private const double MovedWithinSeconds = 90;
    private const double BlipSeconds = 60;

    public static IReadOnlyList<Exercise> Exercises { get; } =
    [
        new("E04.1", "Say after how many seconds a pod with tolerationSeconds 30 is given up when its node dies.", (_, answer) => SecondsToGiveUp(answer)),
        new("E04.2", "Drain all workers one after the other with never fewer than two pods of shop ready.", (cluster, _) => DrainedInTurn(cluster)),
        new("E04.3", "Compute the allocatable CPU and memory of an e2-standard-2.", (_, answer) => AllocatableOfTwoCores(answer)),
        new("E04.4", "Let the pods of nimble move within 90 seconds, and stay through 60 seconds of silence.", (cluster, _) => Nimble(cluster)),
    ];

    private static CheckResult SecondsToGiveUp(IReadOnlyList<string>? answer)
    {
        if (Answers.Numbers(answer, 1) is not [var seconds])
        {
            return CheckResult.NotYet("give one number of seconds: lesson.Check(\"E04.1\", 123).");
        }

        return seconds switch
        {
            >= 75 and <= 90 => CheckResult.Passed("about 50 s until the node is called NotReady, and the pod's own 30 s after that. Another pod starts when it is given up."),
            30 => CheckResult.NotYet("the 30 s begin when the node is tainted, not when it dies. How long did it take until kubectl get nodes said NotReady?"),
            70 => CheckResult.NotYet("up to Kubernetes 1.31 a silent node was given 40 s. What did you measure here?"),
            >= 330 and <= 370 => CheckResult.NotYet("that is what a pod gets that says nothing: 300 s. This one says tolerationSeconds: 30."),
            _ => CheckResult.NotYet("add two waits: until the node is NotReady, and as long as the pod tolerates that."),
        };
    }

    private static CheckResult AllocatableOfTwoCores(IReadOnlyList<string>? answer)
    {
        const int Millis = 2000;
        const double Gib = 1L << 30;
        if (Answers.Numbers(answer, 2) is not [var cpu, var memory])
        {
            return CheckResult.NotYet("give two numbers, CPUs and GiB: lesson.Check(\"E04.3\", 1.5, 7.5).");
        }

        var right = Allocatable.For(Millis, 8L << 30);
        var (rightCpu, rightMemory) = (right.CpuMillis / 1000.0, right.MemoryBytes / Gib);
        if (Math.Abs(cpu - rightCpu) > 0.006)
        {
            return CheckResult.NotYet(cpu >= 2 ? "2 is its capacity; the system keeps a part." : "CPU: 6 % of the first core and 1 % of the second are kept. Take them off 2.");
        }

        if (Math.Abs(memory - rightMemory) > 0.06)
        {
            return CheckResult.NotYet(memory >= 8 ? "8 GiB is its capacity; the system keeps a part." : "memory: 25 % of the first 4 GiB, 20 % of the next 4, and 100 MiB for emergencies are kept. Take them off 8 GiB.");
        }

        return CheckResult.Passed(string.Create(CultureInfo.InvariantCulture, $"{rightCpu:0.00} CPUs and {rightMemory:0.0} GiB: of a small machine the system keeps a larger share than of a large one."));
    }

    private static CheckResult DrainedInTurn(Cluster cluster)
    {
        if (cluster.Deployment("shop").Object is not { } shop)
        {
            return CheckResult.NotYet("there is no deployment \"shop\" in the namespace default. Apply it first.");
        }

        if (!cluster.Api.List<PodDisruptionBudget>("default").Any(b => Protects(b, shop)))
        {
            return CheckResult.NotYet("no budget keeps two pods of shop. See kubectl get pdb: its selector must match the pods' labels, with minAvailable 2.");
        }

        List<Node> workers = [.. cluster.Nodes().Where(n => n.Metadata.Labels["node-role.kubernetes.io/control-plane"] is null)];
        var born = shop.Metadata.CreationTimestamp!.Value.Instant;
        foreach (var name in workers.Select(n => n.Metadata.Name!))
        {
            if (cluster.Recorder.CordonedAt(name) is not { } at || at < born)
            {
                return CheckResult.NotYet($"{name} has not been drained since shop is there. Drain one worker, uncordon it, drain the next.");
            }

            if (cluster.Deployment("shop").Pods.FirstOrDefault(p => p.Spec.NodeName == name && p.Metadata.CreationTimestamp!.Value.Instant < at) is { } stayed)
            {
                return CheckResult.NotYet($"{name} was cordoned, yet {stayed.Metadata.Name} is still on it: cordon keeps new pods away, drain also evicts those that are there.");
            }
        }

        if (workers.Find(n => n.Spec.Unschedulable == true) is { } closed)
        {
            return CheckResult.NotYet($"{closed.Metadata.Name} is still out of service: kubectl uncordon {closed.Metadata.Name}.");
        }

        return KeptReady(cluster, shop, born);
    }

    /// <summary>Looks at the whole history, not at the end.</summary>
    private static CheckResult KeptReady(Cluster cluster, Deployment shop, DateTimeOffset born)
    {
        var wanted = shop.Spec.Replicas ?? 1;
        var ready = new History(cluster.Recorder.Workloads.ReadyOf("default", "shop"), born, cluster.Now).Since(n => n >= wanted);
        if (ready.IsEmpty)
        {
            return CheckResult.NotYet("shop never had all its pods ready. Wait for it before you drain: cluster.RunUntil(c => c.Deployment(\"shop\").IsAvailable).");
        }

        var least = ready.Least;
        return least.Value >= AvailableMin
            ? CheckResult.Passed($"every worker was drained, and there were never fewer than {least.Value:0} pods of shop ready: the budget made drain wait.")
            : CheckResult.NotYet($"after {(least.At - born).TotalSeconds:0} s of shop's life only {least.Value:0} of its pods were ready. Delete shop, apply it again, and drain behind a budget.");
    }

    private static bool Protects(PodDisruptionBudget budget, Deployment shop) =>
        budget.Spec.Selector is { } selector && Selector.From(selector).Matches(shop.Spec.Template.Metadata.Labels) && budget.Status.DesiredHealthy >= AvailableMin;

    private static CheckResult Nimble(Cluster cluster)
    {
        var view = cluster.Deployment("nimble");
        if (view.Object is not { } nimble)
        {
            return CheckResult.NotYet("there is no deployment \"nimble\" in the namespace default. Apply it with tolerations in its template.");
        }

        foreach (var key in new[] { "node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready" })
        {
            if (nimble.Spec.Template.Spec.Tolerations.Find(t => t.Key == key && t.Effect is null or "NoExecute") is not { } toleration)
            {
                return CheckResult.NotYet($"the template has no toleration of {key}: then the cluster adds one of 300 seconds. See spec.template.spec.tolerations.");
            }

            if (toleration.TolerationSeconds is null)
            {
                return CheckResult.NotYet($"the toleration of {key} has no tolerationSeconds: without it a pod stays for ever.");
            }
        }

        if (!view.IsAvailable)
        {
            return CheckResult.NotYet("nimble is not available yet. Give it a moment: cluster.RunFor(30).");
        }

        return cluster is SimulatedCluster ? Tried(cluster, view.Pods[0].Spec.NodeName!) : Reckoned(nimble);
    }

    /// <summary>Tries it twice in branches of the cluster: once the node is silent for a while, once it dies.</summary>
    private static CheckResult Tried(Cluster cluster, string node)
    {
        using (var blip = cluster.Branch())
        {
            var before = PodsOf(blip);
            blip.Partition(node);
            blip.RunFor(BlipSeconds);
            blip.Heal();
            blip.RunFor(BlipSeconds);
            if (!before.SetEquals(PodsOf(blip)))
            {
                return CheckResult.NotYet($"I tried it in a branch of your cluster: {node} was silent for {BlipSeconds:0} s, and its pod was replaced. It must be more patient.");
            }
        }

        using var death = cluster.Branch();
        var died = death.Now;
        death.Kill(node);
        var moved = death.Clock.RunUntil(() => death.Deployment("nimble") is { IsAvailable: true } d && d.Pods.All(p => p.Spec.NodeName != node || p.Metadata.DeletionTimestamp is not null), TimeSpan.FromMinutes(10));
        var seconds = (death.Now - died).TotalSeconds;
        return moved && seconds <= MovedWithinSeconds
            ? CheckResult.Passed($"tried in two branches of your cluster: {BlipSeconds:0} s of silence moved nothing, and when {node} died all pods ran elsewhere after {seconds:0} s.")
            : CheckResult.NotYet($"I tried it in a branch of your cluster: when {node} died, it took {seconds:0} s until all pods ran elsewhere. It must be less patient.");
    }

    /// <summary>A real cluster cannot be branched: what the numbers promise.</summary>
    private static CheckResult Reckoned(Deployment nimble)
    {
        var seconds = nimble.Spec.Template.Spec.Tolerations.Find(t => t.Key == "node.kubernetes.io/unreachable")!.TolerationSeconds!.Value;
        return seconds switch
        {
            < 28 => CheckResult.NotYet($"{seconds} s is less than a node may be tainted after a minute of silence."),
            > 40 => CheckResult.NotYet($"50 s until NotReady and {seconds} s more are over 90 s."),
            _ => CheckResult.Passed($"50 s until NotReady and {seconds} s more: within 90 s, and longer than the taint of a minute's silence lasts."),
        };
    }

    private static HashSet<string> PodsOf(Cluster cluster) => [.. cluster.Deployment("nimble").Pods.Select(p => p.Metadata.Uid!)];
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Controllers.HorizontalAutoscaling;

namespace KubeLab.Lessons;

/// <summary>The exercises of episode 14, Autoscaling pods and nodes; those on the cluster have files of their own.</summary>
internal static class Episode14
{
    private const int Target = 60;

    public static IReadOnlyList<Exercise> Exercises { get; } =
    [
        new("E14.1", "Say how many copies the horizontal autoscaler wants in four cases.", (_, answer) => DesiredCopies(answer)),
        new("E14.2", "Serve an announced sale within 300 ms, for at most 1.3 times what exactly enough machines cost.", (cluster, _) => AnnouncedSale.Look(cluster)),
        new("E14.3", "Find the three pods that keep machines, and let the machines go without losing a pod.", (cluster, _) => KeptMachines.Look(cluster)),
        new("E14.4", "Say after how many seconds without need a machine is removed at the earliest.", (_, answer) => SecondsToRemoval(answer)),
        new("E14.5", "Calm an autoscaler that follows each swing, to at most six changes an hour.", (cluster, _) => CalmNews.Look(cluster)),
    ];

    /// <summary>What the autoscaler's own arithmetic wants for so many copies that all request 100m.</summary>
    /// <param name="copies">How many there are.</param>
    /// <param name="percent">What each of those uses that are known, in percent of its request.</param>
    /// <param name="unknown">Of how many nothing is known.</param>
    internal static int Desired(int copies, int percent, int unknown = 0)
    {
        var now = DateTimeOffset.UnixEpoch.AddHours(1);
        List<Pod> pods = [.. Enumerable.Range(1, copies).Select(Running)];
        var metrics = pods.SkipLast(unknown).ToDictionary(p => p.Metadata.Name!, _ => new PodMetric(percent, now), StringComparer.Ordinal);
        return new ReplicaCalculator(AutoscalingOptions.Default, new Tolerances(AutoscalingOptions.Default.Tolerance, AutoscalingOptions.Default.Tolerance), now)
            .ForUtilization(copies, Target, "cpu", null, pods, metrics).Replicas;
    }

    private static Pod Running(int number) => new()
    {
        Metadata = new ObjectMeta { Name = $"pod-{number}" },
        Spec = new PodSpec
        {
            Containers = [new Container { Name = "app", Resources = new ResourceRequirements { Requests = ResourceList.Of(("cpu", Quantity.Parse("100m"))) } }],
        },
        Status = new PodStatus
        {
            Phase = "Running",
            StartTime = new Timestamp(DateTimeOffset.UnixEpoch),
            Conditions = [new Condition { Type = "Ready", Status = "True", LastTransitionTime = new Timestamp(DateTimeOffset.UnixEpoch) }],
        },
    };

    private static CheckResult DesiredCopies(IReadOnlyList<string>? answer)
    {
        const int Min = 3;
        if (Answers.Numbers(answer, 4) is not { } said)
        {
            return CheckResult.NotYet("give four numbers, in the order of the shops: lesson.Check(\"E14.1\", 1, 2, 3, 4).");
        }

        (int Right, string Hint)[] shops =
        [
            (Desired(4, 90), "shop a: copies times measured, divided by the target, rounded up."),
            (Desired(10, 57), "shop b: 57 is 95 % of 60. What did the autoscaler do when the load was off by a twentieth?"),
            (Math.Max(Min, Desired(6, 15)), "shop c: the arithmetic is only half of it: see its minReplicas."),
            (Desired(5, 90, unknown: 1), "shop d: the number would rise, so the pod of which nothing is known counts as one that does nothing. What is the mean of the five then?"),
        ];
        for (var i = 0; i < shops.Length; i++)
        {
            if (said[i] != shops[i].Right)
            {
                return CheckResult.NotYet(shops[i].Hint);
            }
        }

        return CheckResult.Passed($"{string.Join(", ", shops.Select(s => s.Right))}: by the formula, within the tolerance, at the minimum, and with care where a measure is missing.");
    }

    private static CheckResult SecondsToRemoval(IReadOnlyList<string>? answer)
    {
        var options = new Autoscaling.Nodes.ClusterAutoscalerOptions();
        var (wait, scan) = (options.ScaleDownUnneededTime.TotalSeconds, options.ScanInterval.TotalSeconds);
        if (Answers.Numbers(answer, 1) is not [var seconds])
        {
            return CheckResult.NotYet("give one number of seconds: lesson.Check(\"E14.4\", 123).");
        }

        var window = AutoscalingOptions.Default.DownscaleStabilization.TotalSeconds;
        return seconds switch
        {
            _ when seconds >= wait && seconds <= wait + (2 * scan) => CheckResult.Passed($"{wait:0} s unneeded, and up to {scan:0} s until the next look."),
            _ when seconds == window => CheckResult.NotYet("that is how long the horizontal autoscaler remembers. The copies have gone already; how long does the other one wait?"),
            _ when seconds >= wait + window && seconds <= wait + window + (2 * scan) => CheckResult.NotYet("the five minutes of the horizontal autoscaler are over: count from when the last copy has left the machine."),
            _ when seconds is 10 or 11 or 15 or 16 => CheckResult.NotYet("seconds are asked for, not minutes."),
            _ => CheckResult.NotYet("a machine must not be needed for some minutes in a row. The chart of the evening shows it, and so does the list under it."),
        };
    }
}

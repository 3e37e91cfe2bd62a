using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Observing;

namespace KubeLab.Lessons;

/// <summary>The exercises of episode 05, Pods and kubectl.</summary>
internal static class Episode05
{
    public static IReadOnlyList<Exercise> Exercises { get; } =
    [
        new("E05.1", "Run a pod \"web\" with the label run=web that requests 100m CPU and 64Mi memory, and is ready.", (cluster, _) => WebPod(cluster)),
        new("E05.2", "Repair the four broken pods so that each runs, or has done its work.", (cluster, _) => RepairedPods(cluster)),
        new("E05.3", "Name the QoS class of three pods.", (_, answer) => QosClasses(answer)),
        new("E05.4", "Sum the first five back-off delays, in seconds.", (_, answer) => BackoffSum(answer)),
    ];

    private static readonly string[] Broken = ["typo", "greedy", "crasher", "slow-starter"];

    private static CheckResult WebPod(Cluster cluster)
    {
        if (cluster.Pod("web").Object is not { } pod)
        {
            return CheckResult.NotYet("there is no pod named \"web\" in the namespace default. What does kubectl get pods show?");
        }

        if (pod.Metadata.Labels["run"] != "web")
        {
            return CheckResult.NotYet("pod web has no label run=web. Look at kubectl get pod web --show-labels.");
        }

        var requests = pod.Spec.Containers[0].Resources.Requests;
        if (requests["cpu"] != Quantity.Parse("100m"))
        {
            return CheckResult.NotYet($"the container requests cpu {requests["cpu"]?.ToString() ?? "nothing"}, not 100m: see spec.containers[0].resources.requests.");
        }

        if (requests["memory"] != Quantity.Parse("64Mi"))
        {
            return CheckResult.NotYet($"the container requests memory {requests["memory"]?.ToString() ?? "nothing"}, not 64Mi: see spec.containers[0].resources.requests.");
        }

        return PodPhases.IsReady(pod)
            ? CheckResult.Passed("pod web runs and is ready, with the label and the requests that were asked for.")
            : CheckResult.NotYet($"pod web is there, but it is {PodPhases.Of(pod)}, not ready. Give it a moment (cluster.RunFor(30)), then read its events.");
    }

    private static CheckResult RepairedPods(Cluster cluster)
    {
        var sick = new List<string>();
        foreach (var name in Broken)
        {
            if (cluster.Pod(name).Object is not { } pod)
            {
                sick.Add($"{name} is missing");
            }
            else if (!PodPhases.IsReady(pod) && pod.Status.Phase != "Succeeded")
            {
                sick.Add($"{name} is {PodPhases.Of(pod)}");
            }
            else if (RestartedLately(pod, cluster.Now))
            {
                sick.Add($"{name} runs, but was restarted within the last minute; see whether it holds");
            }
        }

        return sick.Count == 0
            ? CheckResult.Passed("all four pods are well.")
            : CheckResult.NotYet($"{string.Join("; ", sick)}. Read kubectl describe pod from the bottom up: the events say why.");
    }

    private static bool RestartedLately(Pod pod, DateTimeOffset now) =>
        pod.Status.ContainerStatuses.Exists(c => c.RestartCount > 0 && c.State?.Running?.StartedAt is { } since && now - since.Instant < TimeSpan.FromMinutes(1));

    private static CheckResult QosClasses(IReadOnlyList<string>? answer)
    {
        string[] right = ["Guaranteed", "Burstable", "BestEffort"];
        if (answer is not { Count: 3 })
        {
            return CheckResult.NotYet("give three words in the order of the pods: lesson.Check(\"E05.3\", \"…\", \"…\", \"…\").");
        }

        var wrong = Enumerable.Range(0, 3).Where(i => !string.Equals(answer[i], right[i], StringComparison.OrdinalIgnoreCase)).Select(i => i + 1).ToList();
        return wrong.Count == 0
            ? CheckResult.Passed("limits equal to requests for CPU and memory is Guaranteed, any request or limit less than that is Burstable, none at all is BestEffort.")
            : CheckResult.NotYet($"not pod {string.Join(" and ", wrong)}. Compare requests with limits: equal and complete, some, or none?");
    }

    private static CheckResult BackoffSum(IReadOnlyList<string>? answer)
    {
        const int First = 10;
        var sum = Enumerable.Range(0, 5).Sum(n => Math.Min(First << n, 300));
        if (answer is not { Count: 1 } || !double.TryParse(answer[0], System.Globalization.CultureInfo.InvariantCulture, out var seconds))
        {
            return CheckResult.NotYet("give one number of seconds: lesson.Check(\"E05.4\", 123).");
        }

        return seconds == sum
            ? CheckResult.Passed($"10 + 20 + 40 + 80 + 160 = {sum} s; the next ones would be 300 s each, the cap.")
            : CheckResult.NotYet("the first delay is 10 s, each is twice the one before, and none is longer than 300 s. The chart of the back-off shows them.");
    }
}

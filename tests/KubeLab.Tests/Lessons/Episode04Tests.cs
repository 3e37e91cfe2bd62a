using KubeLab.Lessons;

namespace KubeLab.Tests.Lessons;

/// <summary>The checks of episode 04 recognise what usually goes wrong, and say so.</summary>
public sealed class Episode04Tests
{
    private const string Shop = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers: [{name: app, image: "nginx:1.27", resources: {requests: {cpu: 100m, memory: 64Mi}}}]
        """;

    [Theory]
    [InlineData("80", true, "about 50 s")]
    [InlineData("30", false, "when the node is tainted")]
    [InlineData("70", false, "Kubernetes 1.31")]
    [InlineData("350", false, "300 s")]
    [InlineData("5", false, "add two waits")]
    [InlineData("soon", false, "give one number")]
    public void Seconds_until_a_pod_is_given_up(string answer, bool passes, string says) => AssertSays(passes, says, Check("E04.1", answer));

    [Theory]
    [InlineData("1.93", "6.1", true, "1.93 CPUs and 6.1 GiB")]
    [InlineData("2", "8", false, "2 is its capacity")]
    [InlineData("1.93", "8", false, "8 GiB is its capacity")]
    [InlineData("1.92", "6.1", false, "6 % of the first core")]
    [InlineData("1.93", "6.2", false, "25 % of the first 4 GiB")]
    public void Allocatable_of_the_smaller_machine(string cpu, string memory, bool passes, string says) => AssertSays(passes, says, Check("E04.3", cpu, memory));

    [Fact]
    public void Draining_is_looked_at_throughout()
    {
        using var cluster = Workers();
        AssertSays(false, "no deployment \"shop\"", Check(cluster, "E04.2"));
        cluster.Apply(Shop);
        cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
        AssertSays(false, "no budget", Check(cluster, "E04.2"));
        cluster.Kubectl("create poddisruptionbudget shop --selector=app=shop --min-available=2");
        cluster.RunFor(5);
        AssertSays(false, "workers-1 has not been drained", Check(cluster, "E04.2"));
        foreach (var name in new[] { "workers-1", "workers-2", "workers-3" })
        {
            cluster.Kubectl($"cordon {name}");
            cluster.RunFor(2);
            cluster.Kubectl($"uncordon {name}");
        }

        AssertSays(false, "is still on it", Check(cluster, "E04.2"));
        foreach (var name in new[] { "workers-1", "workers-2", "workers-3" })
        {
            cluster.Kubectl($"drain {name} --ignore-daemonsets");
            cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
            if (name == "workers-3")
            {
                AssertSays(false, "still out of service", Check(cluster, "E04.2"));
            }

            cluster.Kubectl($"uncordon {name}");
        }

        AssertSays(true, "never fewer than 2", Check(cluster, "E04.2"));
        cluster.Kubectl("scale deployment shop --replicas=1");
        cluster.RunFor(10);
        AssertSays(false, "only 1 of its pods", Check(cluster, "E04.2"));
    }

    [Theory]
    [InlineData("", "no toleration of node.kubernetes.io/unreachable")]
    [InlineData("{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute}", "stays for ever")]
    [InlineData("{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 2}, {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 2}", "more patient")]
    [InlineData("{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 200}, {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 200}", "less patient")]
    public void Patience_is_tried_in_branches(string tolerations, string says)
    {
        using var cluster = Workers();
        cluster.Apply("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: nimble}
            spec:
              replicas: 2
              selector: {matchLabels: {app: nimble}}
              template:
                metadata: {labels: {app: nimble}}
                spec:
                  tolerations: [TOLERATIONS]
                  containers: [{name: app, image: "nginx:1.27", resources: {requests: {cpu: 100m, memory: 64Mi}}}]
            """.Replace("TOLERATIONS", tolerations, StringComparison.Ordinal));
        cluster.RunUntil(c => c.Deployment("nimble").IsAvailable);
        var now = cluster.Now;
        AssertSays(false, says, Check(cluster, "E04.4"));
        Assert.Equal(now, cluster.Now);
    }

    private static Cluster Workers()
    {
        var cluster = Lab.Open(seed: 11, target: "simulated");
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 3);
        return cluster;
    }

    private static CheckResult Check(string id, params string[] answer)
    {
        using var cluster = Lab.Open(target: "simulated");
        return cluster.Lesson("04").Check(id, [.. answer]);
    }

    private static CheckResult Check(Cluster cluster, string id) => cluster.Lesson("04").Check(id);

    private static void AssertSays(bool passes, string says, CheckResult result)
    {
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.Equal(passes, result.IsPassed);
    }
}

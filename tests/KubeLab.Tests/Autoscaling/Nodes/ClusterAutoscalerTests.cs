using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Autoscaling.Nodes.ScaleDown;
using KubeLab.Simulated;
using KubeLab.Simulation;

namespace KubeLab.Tests.Autoscaling.Nodes;

/// <summary>Whole clusters: machines of e2-standard-4, of which pods may request 3.92 cores.</summary>
public sealed class ClusterAutoscalerTests
{
    [Fact]
    public void A_burst_gets_machines_and_when_it_is_over_they_go_again()
    {
        using var cluster = Cluster(1, 8);
        Deploy(cluster, "web", 15);
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(5, Workers(cluster).Count);
        Assert.All(cluster.Pods(), p => Assert.Equal("Running", p.Status.Phase));

        Scale(cluster, "web", 2);
        cluster.RunFor(TimeSpan.FromMinutes(9));
        Assert.Equal(5, Workers(cluster).Count);
        cluster.RunFor(TimeSpan.FromMinutes(40));
        Assert.Single(Workers(cluster));
        Assert.Equal(2, cluster.Pods().Count(p => p.Status.Phase == "Running"));
    }

    [Fact]
    public void A_pool_grows_from_nothing_by_its_template_and_shrinks_to_nothing()
    {
        using var cluster = Cluster(1, 3);
        cluster.AddNodePool("big", "e2-standard-8", 0);
        cluster.Autoscale("big", 0, 3);
        Deploy(cluster, "large", 1, cpu: "6");
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal("big-1", Assert.Single(cluster.Pods()).Spec.NodeName);
        Scale(cluster, "large", 0);
        cluster.RunFor(TimeSpan.FromMinutes(25));
        Assert.DoesNotContain(cluster.Nodes(), n => n.Metadata.Name!.StartsWith("big", StringComparison.Ordinal));
    }

    [Fact]
    public void At_its_maximum_a_pool_says_so_in_the_words_that_people_search_for()
    {
        using var cluster = Cluster(1, 2);
        Deploy(cluster, "web", 9);
        cluster.RunFor(TimeSpan.FromMinutes(6));
        Assert.Equal(2, Workers(cluster).Count);
        Assert.Contains("pod didn't trigger scale-up: 1 max node group size reached", Messages(cluster, "NotTriggerScaleUp"));
    }

    [Fact]
    public void A_pod_that_no_machine_of_the_pool_would_hold_triggers_nothing()
    {
        using var cluster = Cluster(1, 4);
        Deploy(cluster, "huge", 1, cpu: "5");
        cluster.RunFor(TimeSpan.FromMinutes(3));
        Assert.Single(Workers(cluster));
        Assert.Contains("pod didn't trigger scale-up: 1 Insufficient cpu", Messages(cluster, "NotTriggerScaleUp"));
    }

    [Fact]
    public void When_machines_run_out_the_pool_is_left_alone_and_another_one_grows()
    {
        using var cluster = Cluster(1, 4);
        cluster.AddNodePool("other", "n2-standard-4", 0);
        cluster.ClusterAutoscaler(o => o with { Expanders = [KubeLab.Autoscaling.Nodes.Expanders.ExpanderName.Price] });
        cluster.RunOut("e2");
        cluster.Autoscale("other", 0, 4);
        Deploy(cluster, "web", 5);
        cluster.RunFor(TimeSpan.FromMinutes(12));
        Assert.Equal(5, cluster.Pods().Count(p => p.Status.Phase == "Running"));
        Assert.Contains(cluster.Api.List<Event>("kube-system"), e => e.Reason == "ScaleUpFailed" && e.Message!.Contains("OutOfResource.RESOURCE_POOL_EXHAUSTED", StringComparison.Ordinal));
    }

    public static TheoryData<string, string, BlockingPodReason?> Blockers => new()
    {
        { "spec: {containers: [{name: c, image: nginx}], nodeName: workers-2}", "", BlockingPodReason.NotReplicated },
        { "", "spec: {containers: [{name: c, image: nginx}], volumes: [{name: scratch, emptyDir: {}}], nodeSelector: {kubernetes.io/hostname: workers-2}}", BlockingPodReason.LocalStorageRequested },
        { "", "metadata: {annotations: {cluster-autoscaler.kubernetes.io/safe-to-evict: 'false'}}\n    spec: {containers: [{name: c, image: nginx}], nodeSelector: {kubernetes.io/hostname: workers-2}}", BlockingPodReason.NotSafeToEvictAnnotation },
        { "", "spec: {containers: [{name: c, image: nginx}], nodeSelector: {kubernetes.io/hostname: workers-2}}", null },
    };

    [Theory]
    [MemberData(nameof(Blockers))]
    public void A_pod_that_must_stay_keeps_its_node(string bare, string template, BlockingPodReason? reason)
    {
        using var cluster = Cluster(0, 4, workers: 2);
        Block(cluster, "default", bare, template);
        cluster.RunFor(TimeSpan.FromMinutes(15));
        Assert.Equal(["workers-2"], Workers(cluster));
        var seen = cluster.WhyNotScaledDown()["workers-2"];
        Assert.Equal(reason is null ? UnremovableReason.NoPlaceToMovePods : UnremovableReason.BlockedByPod, seen.Reason);
        Assert.Equal(reason, seen.BlockingReason);
        Assert.StartsWith("default/blocker", seen.Pod, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_pod_stays_until_a_budget_says_that_it_may_move()
    {
        using var cluster = Cluster(0, 4, workers: 2);
        Block(cluster, "kube-system", "", "spec: {containers: [{name: c, image: nginx}]}");
        cluster.RunFor(TimeSpan.FromMinutes(15));
        var node = cluster.Pods("app=blocker", "kube-system")[0].Spec.NodeName!;
        var seen = cluster.WhyNotScaledDown()[node];
        Assert.Equal((UnremovableReason.BlockedByPod, BlockingPodReason.UnmovableKubeSystemPod), (seen.Reason, seen.BlockingReason));
        Assert.StartsWith("kube-system/blocker-", seen.Pod, StringComparison.Ordinal);
        Assert.Equal([node], Workers(cluster));
    }

    [Fact]
    public void A_budget_that_allows_nothing_keeps_the_node_until_it_allows_something()
    {
        using var cluster = Cluster(1, 4, workers: 2);
        Deploy(cluster, "web", 2, cpu: "1500m", spread: true);
        cluster.Kubectl("create pdb web --selector=app=web --min-available=2");
        cluster.RunFor(TimeSpan.FromMinutes(20));
        Assert.Equal(2, Workers(cluster).Count);
        Assert.Contains(cluster.WhyNotScaledDown().Nodes, n => n.BlockingReason == BlockingPodReason.NotEnoughPdb);
        cluster.Kubectl("delete pdb web");
        cluster.RunFor(TimeSpan.FromMinutes(25));
        Assert.Single(Workers(cluster));
        Assert.Equal(2, cluster.Pods().Count(p => p.Status.Phase == "Running"));
    }

    [Fact]
    public void A_node_that_must_not_go_says_so()
    {
        using var cluster = Cluster(0, 4, workers: 2);
        cluster.Kubectl("annotate node workers-1 cluster-autoscaler.kubernetes.io/scale-down-disabled=true");
        cluster.RunFor(TimeSpan.FromMinutes(15));
        Assert.Equal(["workers-1"], Workers(cluster));
        Assert.Equal(UnremovableReason.ScaleDownDisabledAnnotation, cluster.WhyNotScaledDown()["workers-1"].Reason);
    }

    [Fact]
    public void Without_an_API_server_nothing_happens_and_afterwards_it_goes_on()
    {
        using var cluster = Cluster(1, 4);
        Deploy(cluster, "web", 6);
        cluster.RunFor(2);
        cluster.StopComponent("master-1", "kube-apiserver");
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.Single(cluster.Cloud.Pool("workers").Machines);
        cluster.StartComponent("master-1", "kube-apiserver");
        cluster.RunFor(TimeSpan.FromMinutes(8));
        Assert.Equal(2, cluster.Cloud.Pool("workers").Size);
        Assert.Equal(6, cluster.Pods().Count(p => p.Status.Phase == "Running"));
    }

    [Fact]
    public void A_branch_repeats_what_the_autoscaler_did()
    {
        using var cluster = Cluster(1, 4);
        Deploy(cluster, "web", 7);
        cluster.RunFor(TimeSpan.FromMinutes(6));
        Scale(cluster, "web", 1);
        cluster.RunFor(TimeSpan.FromMinutes(16));
        using var branch = cluster.Branch();
        Assert.Equal(Workers(cluster), Workers((SimulatedCluster)branch));
    }

    [Fact]
    public void Bad_bounds_and_settings_are_refused_by_name()
    {
        using var cluster = Cluster(1, 4);
        Assert.Contains("no node pool \"nope\"", Assert.Throws<ArgumentException>(() => cluster.Autoscale("nope", 1, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => cluster.Autoscale("workers", 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => cluster.Autoscale("workers", -1, 2));
        Assert.Contains("masters", Assert.Throws<ArgumentException>(() => cluster.Autoscale("master", 1, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("scale-down-utilization-threshold", Assert.Throws<ArgumentException>(() => cluster.ClusterAutoscaler(o => o with { ScaleDownUtilizationThreshold = 2 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_load_pools_stay_within_their_bounds_and_no_pod_waits_because_a_node_went(long seed)
    {
        using var cluster = Lab.Simulate(new SimulationOptions { Seed = seed });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        cluster.Autoscale("workers", 1, 6);
        cluster.ClusterAutoscaler(o => o with { ScaleDownUnneededTime = TimeSpan.FromMinutes(2), ScaleDownDelayAfterAdd = TimeSpan.FromMinutes(2) });
        Deploy(cluster, "web", 1);
        Deploy(cluster, "small", 1, cpu: "300m");
        var chance = new Randomness(seed);
        for (var round = 0; round < 8; round++)
        {
            Scale(cluster, "web", 1 + chance.NextInt(12));
            Scale(cluster, "small", 1 + chance.NextInt(12));
            for (var i = 0; i < 20; i++)
            {
                cluster.RunFor(30);
                Assert.InRange(cluster.Cloud.Pool("workers").Size, 1, 6);

                // Five minutes after the load changed the machines are there; from then on only the autoscaler itself changes anything.
                if (i >= 12)
                {
                    var orphans = cluster.Pods().Where(p => p.Status.Phase == "Pending" && p.Spec.NodeName is null && p.Metadata.DeletionTimestamp is null
                        && cluster.Now - p.Metadata.CreationTimestamp!.Value.Instant > TimeSpan.FromSeconds(20)).ToList();
                    Assert.True(orphans.Count == 0 || cluster.Cloud.Pool("workers").Size == 6, $"seed {seed}, round {round}: {orphans.Count} pods wait");
                }
            }
        }
    }

    private static SimulatedCluster Cluster(int min, int max, int workers = 1)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", workers);
        cluster.Autoscale("workers", min, max);
        return cluster;
    }

    private static void Deploy(SimulatedCluster cluster, string name, int replicas, string cpu = "1", bool spread = false)
    {
        var spreading = spread ? "topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: " + name + "}}}]" : "restartPolicy: Always";
        cluster.Apply(
            $$$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{{name}}}}
            spec:
              replicas: {{{replicas}}}
              selector: {matchLabels: {app: {{{name}}} } }
              template:
                metadata: {labels: {app: {{{name}}} } }
                spec:
                  {{{spreading}}}
                  containers: [{name: c, image: nginx, resources: {requests: {cpu: {{{cpu}}} } } }]
            """);
    }

    private static void Block(SimulatedCluster cluster, string ns, string bare, string template)
    {
        if (bare.Length > 0)
        {
            cluster.Apply($"apiVersion: v1\nkind: Pod\nmetadata: {{name: blocker, namespace: {ns}}}\n{bare}\n");
            return;
        }

        var meta = template.StartsWith("metadata: {", StringComparison.Ordinal)
            ? template.Replace("metadata: {", "metadata: {labels: {app: blocker}, ", StringComparison.Ordinal)
            : $"metadata: {{labels: {{app: blocker}}}}\n    {template}";
        cluster.Apply($"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: blocker, namespace: {ns}}}\nspec:\n  selector: {{matchLabels: {{app: blocker}}}}\n  template:\n    {meta}\n");
    }

    private static void Scale(SimulatedCluster cluster, string name, int replicas) => Assert.Equal(0, cluster.Kubectl($"scale deployment {name} --replicas={replicas}").ExitCode);

    private static List<string> Workers(SimulatedCluster cluster) => [.. cluster.Nodes().Select(n => n.Metadata.Name!).Where(n => n.StartsWith("workers", StringComparison.Ordinal))];

    private static IEnumerable<string> Messages(SimulatedCluster cluster, string reason) => cluster.Api.List<Event>("default").Where(e => e.Reason == reason).Select(e => e.Message!);
}

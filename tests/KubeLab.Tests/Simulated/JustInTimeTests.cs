using KubeLab.Simulated;
using KubeLab.Testing;
using KubeLab.Tests.KubectlText;

namespace KubeLab.Tests.Simulated;

public sealed class JustInTimeTests
{
    [Theory]
    [InlineData("just-in-time")]
    public void A_burst_and_what_is_left_of_it_are_told_as_before(string name)
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2,n2");
        var path = SourceTree.PathOf("tests", "KubeLab.Tests", "testdata", "transcripts", $"{name}.txt");
        Golden.Compare(path, Transcript.Replay(cluster, File.ReadAllText(path)));
    }

    [Fact]
    public void A_burst_gets_the_cheapest_machines_that_hold_it_and_they_go_when_it_is_over()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2,n2");
        cluster.Kubectl("create deployment web --image=nginx:1.27 --replicas=6");
        cluster.Kubectl("set resources deployment web --requests=cpu=1,memory=1Gi");
        cluster.RunUntil(c => Ready(c) == 6);
        Assert.All(Rented(cluster), m => Assert.Equal("e2", m.Type.Family));

        cluster.Kubectl("delete deployment web");
        cluster.RunUntil(c => Rented(cluster).Count == 0);
        cluster.RunFor(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("flex", cluster.Kubectl("get nodeclaims").StdOut, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_of_a_burst_moves_to_one_cheaper_machine()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool(new JustInTimePool("flex") { Families = ["e2"], Budget = "100%" });
        cluster.Kubectl("create deployment web --image=nginx:1.27 --replicas=12");
        cluster.Kubectl("set resources deployment web --requests=cpu=1,memory=1Gi");
        cluster.RunUntil(c => Ready(c) == 12);
        var before = cluster.Cloud.RatePerHour.Amount;

        cluster.Kubectl("scale deployment web --replicas=1");
        cluster.RunUntil(c => Rented(cluster) is [{ Type.Name: "e2-standard-2" }] && Ready(c) == 1, TimeSpan.FromMinutes(30));
        Assert.True(cluster.Cloud.RatePerHour.Amount < before);
    }

    [Fact]
    public void When_a_type_has_run_out_the_next_is_taken()
    {
        using var cluster = Cluster();
        cluster.RunOut("e2");
        cluster.AddJustInTimePool("flex", "e2,n2");
        cluster.Apply(Pod("big", "3"));
        cluster.RunUntil(c => c.Pod("big").Phase == "Running", TimeSpan.FromMinutes(15));
        Assert.All(Rented(cluster), m => Assert.Equal("n2", m.Type.Family));
        Assert.Contains("insufficient capacity, ZONE_RESOURCE_POOL_EXHAUSTED", cluster.Kubectl("get events").StdOut, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quota_lets_the_next_family_be_taken()
    {
        using var cluster = Cluster();
        cluster.SetQuota("CPUS", 4);
        cluster.AddJustInTimePool("flex", "e2,n2");
        cluster.Apply(Pod("big", "3"));
        cluster.RunUntil(c => c.Pod("big").Phase == "Running", TimeSpan.FromMinutes(15));
        Assert.Equal("n2", Assert.Single(Rented(cluster)).Type.Family);
    }

    [Fact]
    public void Limits_are_kept_and_the_pod_is_told()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2", cpuLimit: 4);
        for (var i = 0; i < 3; i++)
        {
            cluster.Apply(Pod($"p{i}", "3"));
        }

        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.True(Rented(cluster).Sum(m => m.Type.Vcpus) <= 4);
        Assert.Contains("all available instance types exceed limits for nodepool: \"flex\"", cluster.Kubectl("get events").StdOut, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_for_which_nothing_is_large_enough_is_told_so()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2");
        cluster.Apply(Pod("huge", "64"));
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.Empty(Rented(cluster));
        Assert.Contains("no instance type has enough resources", cluster.Kubectl("get events").StdOut, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_that_must_not_be_disrupted_keeps_its_node()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2");
        cluster.Apply(Pod("big", "7"));
        cluster.Apply(Pod("stay", "500m", "karpenter.sh/do-not-disrupt: \"true\""));
        cluster.RunUntil(c => c.Pod("big").Phase == "Running" && c.Pod("stay").Phase == "Running");
        var machines = Rented(cluster).Select(m => m.Name).ToList();
        cluster.Kubectl("delete pod big");
        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.Contains(cluster.Pod("stay").Object!.Spec.NodeName, machines);
        Assert.Contains(Rented(cluster), m => m.Name == cluster.Pod("stay").Object!.Spec.NodeName);

        cluster.Kubectl("annotate pod stay karpenter.sh/do-not-disrupt-");
        cluster.RunUntil(c => Rented(cluster) is [var left] && left.Type.Vcpus == 2, TimeSpan.FromMinutes(20));
    }

    [Fact]
    public void A_spot_node_that_is_taken_back_is_replaced_before_it_is_gone()
    {
        using var cluster = Cluster();
        cluster.SpotPreemptions(0);
        cluster.AddJustInTimePool("flex", "e2,n2", spot: true);
        cluster.Kubectl("create deployment web --image=nginx:1.27");
        cluster.Kubectl("set resources deployment web --requests=cpu=1,memory=1Gi");
        cluster.RunUntil(c => Ready(c) == 1);
        var first = Assert.Single(Rented(cluster));
        Assert.True(first.Pool.Options.Spot);

        cluster.Preempt(first.Name);
        cluster.RunFor(TimeSpan.FromSeconds(25));
        Assert.Contains(Rented(cluster), m => m.Name != first.Name);
        cluster.RunUntil(c => Ready(c) == 1 && !Rented(cluster).Contains(first));
    }

    [Fact]
    public void Pods_that_spread_over_zones_get_nodes_in_several()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2");
        cluster.Apply("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  topologySpreadConstraints:
                  - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}
                  containers:
                  - {name: web, image: "nginx:1.27", resources: {requests: {cpu: 500m}}}
            """);
        cluster.RunUntil(c => Ready(c) == 3);
        Assert.Equal(3, Rented(cluster).Select(m => m.Zone).Distinct().Count());
    }

    [Fact]
    public void A_budget_of_pods_that_is_used_up_blocks_consolidation_and_a_drain_waits_for_it()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool(new JustInTimePool("flex") { Types = ["e2-standard-8"], Budget = "100%" });
        cluster.Kubectl("create deployment web --image=nginx:1.27");
        cluster.Kubectl("set resources deployment web --requests=cpu=1,memory=1Gi");
        cluster.Kubectl("create pdb web --selector=app=web --min-available=1");
        cluster.RunUntil(c => Ready(c) == 1);
        var first = Assert.Single(Rented(cluster));
        cluster.Kubectl("patch nodepool flex --type=merge -p '{\"spec\":{\"template\":{\"spec\":{\"requirements\":[{\"key\":\"node.kubernetes.io/instance-type\",\"operator\":\"In\",\"values\":[\"e2-standard-8\",\"e2-standard-2\"]}]}}}}'");
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal([first], Rented(cluster));
        Assert.Contains("Pdb prevents pod evictions (PodDisruptionBudget=[default/web])", cluster.Kubectl("get events").StdOut, StringComparison.Ordinal);

        cluster.Kubectl($"delete node {first.Name} --wait=false");
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.Contains(first, Rented(cluster));
        Assert.Contains("Failed to drain node, 1 pods are waiting to be evicted", cluster.Kubectl("get events").StdOut, StringComparison.Ordinal);

        cluster.Kubectl("delete pdb web");
        cluster.RunUntil(c => !Rented(cluster).Contains(first) && Ready(c) == 1);
        Assert.Equal("e2-standard-2", Assert.Single(Rented(cluster)).Type.Name);
    }

    [Fact]
    public void Nodes_that_are_not_any_more_what_their_pool_wants_are_replaced()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool(new JustInTimePool("flex") { Families = ["e2"], ConsolidateAfter = null });
        cluster.Apply(Deployment(1));
        cluster.RunUntil(c => Ready(c) == 1);
        var first = Assert.Single(Rented(cluster));
        cluster.Kubectl("patch nodepool flex --type=merge -p '{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"team\":\"shop\"}}}}}'");
        cluster.RunUntil(c => Ready(c) == 1 && !Rented(cluster).Contains(first));
        Assert.Equal("shop", Assert.Single(Rented(cluster)).NodeLabels["team"]);
        Assert.Contains("Disrupting Node: Drifted", cluster.Kubectl("get events").StdOut, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_expire()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool(new JustInTimePool("flex") { Families = ["e2"], ExpireAfter = TimeSpan.FromHours(2) });
        cluster.Apply(Deployment(1));
        cluster.RunUntil(c => Ready(c) == 1);
        var first = Assert.Single(Rented(cluster));
        cluster.RunFor(TimeSpan.FromMinutes(115));
        Assert.Equal([first], Rented(cluster));
        cluster.RunFor(TimeSpan.FromMinutes(15));
        Assert.NotEqual(first, Assert.Single(Rented(cluster)));
        Assert.Equal(1, Ready(cluster));
    }

    [Fact]
    public void What_daemons_need_is_counted_before_a_machine_is_chosen()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2");
        cluster.Apply("""
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent}
            spec:
              selector: {matchLabels: {app: agent}}
              template:
                metadata: {labels: {app: agent}}
                spec:
                  containers:
                  - {name: agent, image: "nginx:1.27", resources: {requests: {cpu: "1"}}}
            """);
        cluster.Apply(Pod("web", "1500m"));
        cluster.RunUntil(c => c.Pod("web").Phase == "Running");
        Assert.Equal("e2-standard-4", Assert.Single(Rented(cluster)).Type.Name);
    }

    [Fact]
    public void The_heavier_pool_is_tried_first_and_the_next_when_its_limit_is_reached()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool(new JustInTimePool("any") { Families = ["e2"] });
        cluster.AddJustInTimePool(new JustInTimePool("first") { Families = ["n2"], NodeLimit = 1, Weight = 10 });
        for (var i = 0; i < 3; i++)
        {
            cluster.Apply(Pod($"p{i}", "3"));
        }

        cluster.RunUntil(c => Ready(c) == 3);
        Assert.Equal(["e2", "n2"], Rented(cluster).Select(m => m.Type.Family).Order());
    }

    [Fact]
    public void What_is_wrong_with_a_pool_is_told_by_its_field()
    {
        using var cluster = Cluster();
        cluster.InstallKarpenter();
        const string manifest = """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: flex}
            spec:
              disruption: {consolidateAfter: soon, budgets: [{nodes: "10%", schedule: "@daily"}]}
              weight: 101
              template:
                spec:
                  nodeClassRef: {group: karpenter.kubelab.dev, kind: KubeLabNodeClass, name: default}
                  requirements: [{key: karpenter.sh/capacity-type, operator: Near, values: [spot]}]
            """;
        var refusal = cluster.Kubectl("apply -f -", manifest).StdErr;
        Assert.Contains("spec.disruption.consolidateAfter: Invalid value: \"soon\"", refusal, StringComparison.Ordinal);
        Assert.Contains("spec.template.spec.requirements[0].operator: Unsupported value: \"Near\"", refusal, StringComparison.Ordinal);
        Assert.Contains("spec.weight: Invalid value: 101", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_without_its_node_class_is_not_ready()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2");
        cluster.Kubectl("delete kubelabnodeclass default");
        cluster.Kubectl("label nodepool flex a=b");
        cluster.RunFor(TimeSpan.FromSeconds(30));
        Assert.Contains("False", cluster.Kubectl("get nodepool flex").StdOut, StringComparison.Ordinal);
        cluster.Apply(Pod("web", "1"));
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.Empty(Rented(cluster));
    }

    [Fact]
    public void The_same_seed_makes_the_same_nodes()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2,n2", spot: true);
        cluster.Kubectl("create deployment web --image=nginx:1.27 --replicas=4");
        cluster.Kubectl("set resources deployment web --requests=cpu=1,memory=1Gi");
        cluster.RunFor(TimeSpan.FromMinutes(20));
        using var again = cluster.Branch();
        Assert.Equal(Rented(cluster).Select(m => m.Name), Rented(again).Select(m => m.Name));
        Assert.NotEmpty(Rented(again));
    }

    [Fact]
    public void Who_deletes_the_cluster_goes_on_paying_for_machines_that_were_rented_just_in_time()
    {
        using var cluster = Cluster();
        cluster.AddJustInTimePool("flex", "e2");
        cluster.Apply(Deployment(1));
        cluster.RunUntil(c => Ready(c) == 1);
        var left = Assert.Single(Rented(cluster)).Name;
        cluster.Delete();
        cluster.RunFor(TimeSpan.FromMinutes(30));
        Assert.Contains(left, cluster.StillRented().ToString(), StringComparison.Ordinal);
        cluster.GiveBack(left);
        Assert.Equal(0, cluster.Cloud.RatePerHour.Amount);
    }

    [Fact]
    public void A_pool_that_names_nothing_that_exists_is_refused()
    {
        using var cluster = Cluster();
        Assert.Contains("e2, n1", Assert.Throws<ArgumentException>(() => cluster.AddJustInTimePool("flex", "e9")).Message, StringComparison.Ordinal);
    }

    private static SimulatedCluster Cluster()
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        cluster.AddMasters(1);
        return cluster;
    }

    private static List<KubeLab.Cloud.Machines.Machine> Rented(SimulatedCluster cluster) => [.. cluster.Cloud.Machines.Where(m => m.Pool.IsStandalone)];

    private static int Ready(Cluster cluster) => cluster.Pods().Count(p => p.Metadata.DeletionTimestamp is null && p.Status.Conditions.Exists(c => c is { Type: "Ready", Status: "True" }));

    private static string Deployment(int replicas) => $"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: {replicas}
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
              - name: c
                image: nginx:1.27
                resources:
                  requests:
                    cpu: "1"
        """;

    private static string Pod(string name, string cpu, string annotation = "") => $"""
        apiVersion: v1
        kind: Pod
        metadata:
          name: {name}
          annotations:
            note: none
            {annotation}
        spec:
          containers:
          - name: c
            image: nginx:1.27
            resources:
              requests:
                cpu: "{cpu}"
        """;
}

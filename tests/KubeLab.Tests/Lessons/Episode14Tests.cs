using KubeLab.Lessons;
using KubeLab.Simulation;

namespace KubeLab.Tests.Lessons;

/// <summary>The checks of episode 14 recognise what usually goes wrong, and say so.</summary>
public sealed class Episode14Tests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3, 180, 0, 9)]
    [InlineData(4, 90, 0, 6)]
    [InlineData(10, 57, 0, 10)]
    [InlineData(10, 66, 0, 10)]
    [InlineData(10, 67, 0, 12)]
    [InlineData(6, 15, 0, 2)]
    [InlineData(5, 90, 1, 6)]
    [InlineData(5, 20, 1, 3)]
    public void The_right_answers_are_the_autoscalers_own(int copies, int percent, int unknown, int desired) => Assert.Equal(desired, Episode14.Desired(copies, percent, unknown));

    [Theory]
    [InlineData("6 10 3 6", true, "within the tolerance")]
    [InlineData("7 10 3 6", false, "shop a")]
    [InlineData("6 9 3 6", false, "shop b")]
    [InlineData("6 10 2 6", false, "minReplicas")]
    [InlineData("6 10 3 8", false, "the mean of the five")]
    [InlineData("6 10 3", false, "give four numbers")]
    public void Copies_of_four_shops(string answer, bool passes, string says) => AssertSays(passes, says, Check("E14.1", answer.Split(' ')));

    [Theory]
    [InlineData("600", true, "until the next look")]
    [InlineData("610", true, "until the next look")]
    [InlineData("300", false, "horizontal autoscaler remembers")]
    [InlineData("900", false, "from when the last copy has left")]
    [InlineData("10", false, "seconds are asked for")]
    [InlineData("60", false, "some minutes in a row")]
    [InlineData("soon", false, "give one number")]
    public void Seconds_until_a_machine_is_removed(string answer, bool passes, string says) => AssertSays(passes, says, Check("E14.4", answer));

    [Fact]
    public void A_sale_that_nobody_ran_is_not_served()
    {
        using var cluster = Workers(1);
        AssertSays(false, "nobody has come to the shop", Look(cluster, "E14.2"));
        cluster.Apply(Shop("shop", 4));
        var load = cluster.Load("shop", 20);
        cluster.RunFor(600);
        AssertSays(false, "10 of 60 minutes", Look(cluster, "E14.2"));
        load.Stop();
        AssertSays(false, "was not the announced sale", Look(cluster, "E14.2"));
    }

    [Theory]
    [InlineData(1, 0, "turned away or given up")]
    [InlineData(8, 0, "cost 3.")]
    [InlineData(2, 4, "within 300 ms")]
    public void A_sale_is_judged_by_what_was_served_and_paid(int copies, int more, string says)
    {
        using var cluster = Workers(copies > 4 ? 7 : 2);
        cluster.Apply(Shop("shop", copies * 3));
        cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
        var load = cluster.Load("shop", LoadShape.FlashSale(60, 300, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(2)));
        cluster.RunFor(25 * 60);
        cluster.Kubectl($"scale deployment shop --replicas={(copies * 3) + (more * 3)}");
        cluster.RunFor(35 * 60);
        load.Stop();
        AssertSays(more > 0, says, Look(cluster, "E14.2"));
    }

    [Fact]
    public void Exactly_enough_machines_are_two_and_what_the_formula_asks_for_in_the_sale()
    {
        var offered = new TimeSeries("offered", "requests/s");
        offered.Record(Start, 210);
        offered.Record(Start.AddMinutes(30), 1050);
        offered.Record(Start.AddMinutes(36), 210);

        // 1,050 requests of 5 ms are 5.25 cores, at 60 % of 100m each that is 88 copies; 19 of them fit on a machine of 1.93 cores: five machines for a tenth of an hour.
        Assert.Equal((2 * 0.9) + (5 * 0.1), SaleOptimum.MachineHours(offered, Start, Start.AddHours(1), 5, 100, 1930), 9);
    }

    [Fact]
    public void Machines_go_and_users_stay()
    {
        using var cluster = Workers(3);
        AssertSays(false, "Run the cell", Look(cluster, "E14.3"));
        cluster.Apply("""
            apiVersion: v1
            kind: Pod
            metadata: {name: notebook, labels: {app: notebook}}
            spec: {containers: [{name: a, image: "nginx:1.27", resources: {requests: {cpu: 400m}}}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: ledger}
            spec:
              selector: {matchLabels: {app: ledger}}
              template:
                metadata: {labels: {app: ledger}}
                spec: {containers: [{name: a, image: "nginx:1.27", resources: {requests: {cpu: 400m}}}]}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: ledger}
            spec: {minAvailable: 1, selector: {matchLabels: {app: ledger}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: thumbs}
            spec:
              selector: {matchLabels: {app: thumbs}}
              template:
                metadata: {labels: {app: thumbs}}
                spec:
                  containers: [{name: a, image: "nginx:1.27", resources: {requests: {cpu: 400m}}, volumeMounts: [{name: cache, mountPath: /cache}]}]
                  volumes: [{name: cache, emptyDir: {}}]
            """);
        cluster.RunFor(60);
        cluster.Autoscale("workers", 1, 3);
        cluster.RunFor(20 * 60);
        AssertSays(false, "3 machines are kept", Look(cluster, "E14.3"));
        AssertSays(false, "nobody would make it again", Look(cluster, "E14.3"));

        using (var careless = cluster.Branch())
        {
            careless.Kubectl("annotate pod notebook cluster-autoscaler.kubernetes.io/safe-to-evict=true");
            careless.RunFor(30 * 60);
            AssertSays(false, "notebook does not run any more", Look(careless, "E14.3"));
        }

        using (var budgetless = cluster.Branch())
        {
            budgetless.Kubectl("delete pdb ledger");
            AssertSays(false, "ledger has lost its PodDisruptionBudget", Look(budgetless, "E14.3"));
        }

        cluster.Kubectl("delete pod notebook");
        cluster.Kubectl("create deployment notebook --image=nginx:1.27");
        cluster.Kubectl("scale deployment ledger --replicas=2");
        cluster.Kubectl("""patch deployment thumbs --type=merge -p '{"spec":{"template":{"metadata":{"annotations":{"cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes":"cache"}}}}}'""");
        cluster.RunFor(40 * 60);
        AssertSays(true, "nothing keeps a machine", Look(cluster, "E14.3"));
    }

    [Fact]
    public void News_are_calm_and_still_scaled()
    {
        using var cluster = Workers(2);
        AssertSays(false, "no deployment \"news\"", Look(cluster, "E14.5"));
        cluster.Apply(Shop("news", 4));
        cluster.RunUntil(c => c.Deployment("news").IsAvailable);
        AssertSays(false, "calmed, not removed", Look(cluster, "E14.5"));
        cluster.Apply("""
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: news}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: news}
              minReplicas: 4
              maxReplicas: 12
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]
              behavior: {scaleDown: {stabilizationWindowSeconds: 0}}
            """);
        AssertSays(false, "nobody reads the news", Look(cluster, "E14.5"));
        cluster.Load("news", LoadShape.Of(since => 45 + (20 * Math.Sin(since.TotalMinutes / 6 * 2 * Math.PI))));
        cluster.RunFor(600);
        AssertSays(false, "younger than an hour", Look(cluster, "E14.5"));
        cluster.RunFor(61 * 60);
        AssertSays(false, "Its window for going down is 0 s", Look(cluster, "E14.5"));
        cluster.Kubectl("""patch hpa news --type=merge -p '{"spec":{"minReplicas":12}}'""");
        AssertSays(false, "Leave them as they were", Look(cluster, "E14.5"));
        cluster.Kubectl("""patch hpa news --type=merge -p '{"spec":{"minReplicas":4,"behavior":{"scaleDown":{"stabilizationWindowSeconds":480}}}}'""");
        cluster.RunFor(75 * 60);
        AssertSays(true, "were served", Look(cluster, "E14.5"));
    }

    private static string Shop(string name, int replicas) => $$$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{{name}}}}}
        spec:
          replicas: {{{{replicas}}}}
          selector: {matchLabels: {app: {{{{name}}}}}}
          template:
            metadata: {labels: {app: {{{{name}}}}}}
            spec:
              containers: [{name: shop, image: "kubelab/shop:1.0", resources: {requests: {cpu: 100m, memory: 64Mi}}}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: {{{{name}}}}}
        spec: {selector: {app: {{{{name}}}}}, ports: [{port: 80, targetPort: 8080}]}
        """;

    private static Cluster Workers(int count)
    {
        var cluster = Lab.Open(seed: 11, target: "simulated");
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-2", count);
        return cluster;
    }

    private static CheckResult Check(string id, params string[] answer)
    {
        using var cluster = Lab.Open(target: "simulated");
        return cluster.Lesson("14").Check(id, [.. answer]);
    }

    private static CheckResult Look(Cluster cluster, string id) => cluster.Lesson("14").Check(id);

    private static void AssertSays(bool passes, string says, CheckResult result)
    {
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.Equal(passes, result.IsPassed);
    }
}

using FsCheck;
using FsCheck.Fluent;
using KubeLab.Charts.Plotly;
using KubeLab.Observing.Costs;
using KubeLab.Simulated;
using Xunit.Abstractions;

namespace KubeLab.Tests.Simulated;

/// <summary>The bill divided by what it was for, on whole clusters.</summary>
public sealed class CostSplitTests(ITestOutputHelper output)
{
    [Fact]
    public void What_is_used_requested_free_and_lost_adds_up_to_the_bill()
    {
        using var cluster = Open(2);
        cluster.Apply(Deployment("web", 4, "500m", "1Gi", 250));
        cluster.RunFor(TimeSpan.FromHours(2));
        var split = cluster.CostSplit();
        output.WriteLine(split.ToString());
        Assert.Equal(cluster.Bill().Total.Amount, split.Rows.Sum(r => r.Cost.Amount));
        Assert.Equal(0, split.Of(CostShare.Fragmentation).Amount);
        Assert.True(split.Of(CostShare.Unallocated) > split.Of(CostShare.Slack));

        // Half of the CPU that was requested is used; of the memory less.
        Assert.True(split.Of(CostShare.Used) < split.Of(CostShare.Slack));
        Assert.Equal(split.Total.Amount, split.ByNamespace().Values.Sum(m => m.Amount));
        Assert.Equal(split.Of(CostShare.Used).Amount + split.Of(CostShare.Slack).Amount, split.ByWorkload()["default/web"].Amount);
        Assert.Contains("master", split.ByPool().Keys);
        Assert.All(split.Rows, r => Assert.True(r.Cost.Amount > 0 && r.Cause.Length > 5, r.ToString()));
    }

    [Theory]
    [InlineData(CostGrouping.Pool)]
    [InlineData(CostGrouping.Namespace)]
    [InlineData(CostGrouping.Workload)]
    public void The_bars_of_its_picture_add_up_to_the_bill_whosever_they_are(CostGrouping by)
    {
        using var cluster = Open(2);
        for (var i = 0; i < 14; i++)
        {
            cluster.Apply(Deployment($"web-{i}", 1, "100m", "64Mi", 50));
        }

        cluster.RunFor(TimeSpan.FromHours(2));
        var split = cluster.CostSplit();
        var bars = split.Chart(by).Traces.OfType<BarTrace>().ToList();
        Assert.Equal((double)split.Total.Amount, bars.Sum(b => b.Y.Sum()), 6);
        Assert.Equal((double)split.Of(CostShare.Slack).Amount, bars.Single(b => b.Name.StartsWith("slack", StringComparison.Ordinal)).Y.Sum(), 6);

        // Of many the dearest are drawn, and the others as one.
        Assert.InRange(bars[0].X.Count, 2, 12);
    }

    [Fact]
    public void Used_money_is_what_the_pods_cpu_and_memory_cost_by_the_clock()
    {
        using var cluster = Open(1);
        cluster.Apply(Deployment("web", 1, "1", "2Gi", 500));
        cluster.RunFor(TimeSpan.FromMinutes(10));
        var before = cluster.Now;
        var atStart = cluster.CostSplit().Of(CostShare.Used).Amount;
        cluster.RunFor(TimeSpan.FromHours(1));
        var used = (double)(cluster.CostSplit().Of(CostShare.Used).Amount - atStart);

        // e2: a vCPU costs 7.46 times a GiB. A node-hour of machine and boot disk, 0.153571 dollars, is shared among 4 vCPUs and 16 GiB by that.
        const double node = 0.14754408 + (100 * 0.044 / 730);
        const double cpu = 0.02181159, gib = 0.00292353;
        var expected = node * ((0.5 * cpu) + (32.0 / 1024 * gib)) / ((4 * cpu) + (16 * gib));
        Assert.Equal(expected, used, expected * 0.002);
        Assert.Equal(1, (cluster.Now - before).TotalHours);
    }

    [Fact]
    public void Room_that_fits_nobody_is_fragmentation_and_its_cause_is_what_is_short()
    {
        using var cluster = Open(2);

        // 3920m are allocatable: three of 1200m leave 320m on each node, in which no other fits, though half of the memory is free.
        cluster.Apply(Deployment("big", 6, "1200m", "1Gi", 1200));
        cluster.RunFor(TimeSpan.FromHours(2));
        var split = cluster.CostSplit();
        output.WriteLine(split.ToString());
        Assert.True(split.Of(CostShare.Fragmentation) > split.Of(CostShare.Unallocated) * 3);
        Assert.Contains(split.Rows, r => r.Cause == "requested by nobody; no pod of this cluster's fits: short of CPU");

        // A small one that waits for nothing but room makes the same room useful.
        cluster.Apply(Deployment("small", 1, "100m", "64Mi", 10));
        var (lost, free) = (split.Of(CostShare.Fragmentation), split.Of(CostShare.Unallocated));
        cluster.RunFor(TimeSpan.FromHours(2));
        var later = cluster.CostSplit();
        Assert.Equal((double)lost.Amount, (double)later.Of(CostShare.Fragmentation).Amount, (double)lost.Amount * 0.02);
        Assert.True(later.Of(CostShare.Unallocated) > free + (lost * 0.8m));
    }

    [Fact]
    public void Disks_load_balancers_and_traffic_have_their_owners_and_what_nobody_uses_is_idle()
    {
        using var cluster = Open(1);
        cluster.Apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], storageClassName: standard, resources: {requests: {storage: 500Gi}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: user}
            spec:
              containers: [{name: c, image: "nginx:1.27"}]
              volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
            """);
        cluster.KeepInBucket("results", 100);
        cluster.ReadOut(1);
        cluster.RunFor(TimeSpan.FromHours(3));
        cluster.Kubectl("delete pod user");
        cluster.RunFor(TimeSpan.FromHours(3));
        var split = cluster.CostSplit();
        output.WriteLine(split.ToString());
        Assert.Equal(cluster.Bill().Total.Amount, split.Rows.Sum(r => r.Cost.Amount));
        decimal Cost(CostShare share, string workload) => split.Rows.Where(r => r.Share == share && r.Workload == workload).Sum(r => r.Cost.Amount);
        Assert.Equal((double)Cost(CostShare.Used, "data"), (double)Cost(CostShare.Idle, "data"), (double)Cost(CostShare.Idle, "data") * 0.03);
        Assert.Equal(0.03 * 6, (double)Cost(CostShare.Used, "web"), 0.01);
        Assert.Equal(0.12m, decimal.Round(split.Rows.Single(r => r.Cause == CostCauses.Traffic).Cost.Amount, 9));
        Assert.Equal(100 * 0.02 * 6 / 730, (double)split.Rows.Single(r => r.Cause == CostCauses.Bucket).Cost.Amount, 0.002);
    }

    [Fact]
    public void Parts_of_a_day_add_up_to_the_day()
    {
        using var cluster = Open(2);
        cluster.Apply(Deployment("web", 4, "500m", "1Gi", 250));
        cluster.RunFor(TimeSpan.FromHours(1));
        var noon = cluster.Now;
        cluster.Kubectl("scale deployment web --replicas=1");
        cluster.RunFor(TimeSpan.FromHours(1));
        var (early, late, day) = (cluster.CostSplit(to: noon), cluster.CostSplit(from: noon), cluster.CostSplit());
        Assert.Equal((double)day.Total.Amount, (double)(early.Total + late.Total).Amount, 1e-12);
        foreach (var share in Enum.GetValues<CostShare>())
        {
            Assert.Equal((double)day.Of(share).Amount, (double)(early.Of(share) + late.Of(share)).Amount, 1e-6);
        }

        Assert.True(early.Of(CostShare.Slack) > late.Of(CostShare.Slack) * 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => cluster.CostSplit(from: cluster.Now.AddHours(1)));
    }

    [Fact]
    public void A_branch_divides_the_same_way()
    {
        using var cluster = Open(1);
        cluster.Apply(Deployment("web", 2, "500m", "1Gi", 250));
        cluster.RunFor(TimeSpan.FromMinutes(30));
        using var branch = cluster.Branch();
        Assert.Equal(cluster.CostSplit().ToString(), branch.CostSplit().ToString());
    }

    /// <summary>Whatever pods come, grow hungry and go: no part is negative, and all parts together are the bill to the last digit.</summary>
    [Fact]
    public void The_parts_are_the_bill_whatever_happens()
    {
        var step = ArbMap.Default.GeneratorFor<int>().Select(Math.Abs);
        Prop.ForAll(
            Gen.ListOf(step, 6).ToArbitrary(),
            steps =>
            {
                using var cluster = Open(2);
                var n = 0;
                foreach (var s in steps)
                {
                    n++;
                    switch (s % 5)
                    {
                        case 0:
                            cluster.Apply(Deployment($"d{n}", 1 + (s % 7), $"{100 + (s % 1900)}m", $"{64 + (s % 4000)}Mi", s % 2500));
                            break;
                        case 1:
                            cluster.Resize("workers", 1 + (s % 4), wait: false);
                            break;
                        case 2:
                            cluster.Kubectl("delete deployment --all");
                            break;
                        case 3:
                            cluster.ReserveAddress($"a{n}");
                            break;
                        default:
                            cluster.ReadOut(s % 3);
                            break;
                    }

                    cluster.RunFor(TimeSpan.FromSeconds(30 + (s % 3000)));
                }

                var split = cluster.CostSplit();
                Assert.Equal(cluster.Bill().Total.Amount, split.Rows.Sum(r => r.Cost.Amount));
                Assert.All(split.Rows, r => Assert.True(r.Cost.Amount >= 0, r.ToString()));
                Assert.Equal(split.Total, cluster.Bill().Total);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));
    }

    private static SimulatedCluster Open(int workers)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 5 });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", workers);
        return cluster;
    }

    private static string Deployment(string name, int replicas, string cpu, string memory, int usesMillis) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{name}} }
        spec:
          replicas: {{replicas}}
          selector: {matchLabels: {app: {{name}} } }
          template:
            metadata: {labels: {app: {{name}} } }
            spec:
              containers:
              - name: c
                image: kubelab/server
                env: [{name: CPU_MILLIS, value: "{{usesMillis}}"}, {name: MEMORY_MIB, value: "32"}]
                resources: {requests: {cpu: {{cpu}}, memory: {{memory}} } }
        """;
}

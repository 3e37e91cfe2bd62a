using KubeLab.Cloud.Machines;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated;

/// <summary>A bill recomputed from the account's log with other arithmetic than the meter's: whole seconds as integers, prices as printed in the tables.</summary>
public sealed class BillByHandTests
{
    /// <summary>What one unit costs per second, in dollars: the tables of europe-west4, written down a second time.</summary>
    private static readonly Dictionary<string, decimal> PerSecond = new()
    {
        ["e2-standard-2"] = 0.07377204m / 3600,
        ["e2-standard-4"] = 0.14754408m / 3600,
        ["e2-standard-4 (Spot)"] = 0.14754408m * 0.501m / 3600,
        ["pd-standard"] = 0.044m / (730 * 3600),
        ["pd-balanced"] = 0.110m / (730 * 3600),
        ["gcs-standard"] = 0.020m / (730 * 3600),
        ["load-balancer"] = 0.025m / 3600,
        ["external-ipv4"] = 0.005m / 3600,
        ["cluster-management-fee"] = 0.10m / 3600,
    };

    [Fact]
    public void The_bill_of_an_eventful_day_is_what_the_log_says_to_the_cent()
    {
        using var cluster = Lab.Simulate(new SimulationOptions { Seed = 11 });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        cluster.AddNodePool("cheap", "e2-standard-4", 1, spot: true);
        cluster.ReserveAddress("front");
        cluster.KeepInBucket("results", 33);
        cluster.Apply("""
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], storageClassName: standard, resources: {requests: {storage: 50Gi}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: user}
            spec:
              containers: [{name: c, image: "nginx:1.27"}]
              volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
            """);
        cluster.RunFor(TimeSpan.FromHours(3));
        cluster.Kill("workers-2");
        cluster.RunFor(TimeSpan.FromHours(1));
        cluster.Restore("workers-2");
        cluster.ReadOut(2.5m);

        // One that lives for 40 seconds only.
        cluster.Resize("workers", 3, wait: false);
        cluster.RunUntil(c => ((SimulatedCluster)c).Cloud.TryFind("workers-3")?.RunningAt is not null);
        cluster.RunFor(40);
        cluster.Resize("workers", 2, wait: false);
        cluster.RunFor(TimeSpan.FromHours(2));
        cluster.Kubectl("delete service web --wait=false");
        cluster.Resize("cheap", 0, wait: false);
        cluster.RunFor(TimeSpan.FromHours(5) + TimeSpan.FromMilliseconds(700));

        var (total, shortest) = ByHand(cluster);
        Assert.Equal(decimal.Round(cluster.Bill().Total.Amount, 2), decimal.Round(total, 2));
        Assert.Equal((double)total, (double)cluster.Bill().Total.Amount, 1e-9);
        Assert.Equal(40, shortest.TotalSeconds, 1.0);
        Assert.True(total > 5, $"{total}");
    }

    private static (decimal Total, TimeSpan ShortestMachine) ByHand(SimulatedCluster cluster)
    {
        decimal total = 0;
        var shortest = TimeSpan.MaxValue;
        var open = new Dictionary<(string Name, string Item), CloudEvent>();
        var bytes = 0m;
        foreach (var entry in cluster.Cloud.Log)
        {
            switch (entry.Action)
            {
                case CloudAction.Begins:
                    open.Add((entry.Name, entry.Item), entry);
                    break;
                case CloudAction.Ends:
                    open.Remove((entry.Name, entry.Item), out var began);
                    shortest = entry.Item.StartsWith("e2", StringComparison.Ordinal) && entry.At - began!.At < shortest ? entry.At - began.At : shortest;
                    total += CostOf(began!, entry.At);
                    break;
                case CloudAction.Sent:
                    bytes += entry.Units;
                    break;
                default:
                    break;
            }
        }

        return (total + open.Values.Sum(began => CostOf(began, cluster.Now)) + (bytes / (1L << 30) * 0.12m), shortest);
    }

    private static decimal CostOf(CloudEvent began, DateTimeOffset to)
    {
        var milliseconds = (long)Math.Ceiling((to - began.At).TotalMilliseconds);
        var seconds = (milliseconds / 1000) + (milliseconds % 1000 > 0 ? 1 : 0);
        if (began.Item.StartsWith("e2", StringComparison.Ordinal) && seconds < 60)
        {
            seconds = 60;
        }

        return PerSecond[began.Item] * began.Units * seconds;
    }
}

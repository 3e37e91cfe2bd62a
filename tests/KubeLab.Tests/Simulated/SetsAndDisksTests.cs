using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated;

/// <summary>Stateful sets, daemon sets and claims on a whole cluster: scheduler, kubelets and the bill.</summary>
public sealed class SetsAndDisksTests
{
    private const string Database = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          replicas: 2
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers: [{name: db, image: "nginx:1.27"}]
          volumeClaimTemplates:
          - metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], storageClassName: standard, resources: {requests: {storage: 100Gi}}}
        """;

    private const string Agent = """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec:
              containers: [{name: agent, image: "nginx:1.27"}]
        """;

    [Fact]
    public void Disks_of_claims_are_billed_until_the_claims_are_deleted()
    {
        using var cluster = Cluster();
        var before = Disks(cluster);
        cluster.Apply(Database);
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.True(cluster.StatefulSet("db").IsAvailable, cluster.StatefulSet("db").ToString());
        Assert.True(cluster.Claim("data-db-1").IsBound);
        Assert.Equal(before + 200, Disks(cluster));

        cluster.Kubectl("delete sts db");
        cluster.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(before + 200, Disks(cluster));
        cluster.Kubectl("delete pvc --all");
        cluster.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(before, Disks(cluster));
    }

    [Fact]
    public void A_branch_has_the_same_disks()
    {
        using var cluster = Cluster();
        cluster.Apply(Database);
        cluster.RunFor(TimeSpan.FromMinutes(2));
        using var branch = cluster.Branch();
        cluster.RunFor(TimeSpan.FromMinutes(2));
        branch.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal(cluster.Cost, branch.Cost);
        Assert.Equal(cluster.Claim("data-db-0").Volume, branch.Claim("data-db-0").Volume);
    }

    [Fact]
    public void Every_worker_has_a_daemon_also_one_that_joins_later_and_a_drain_leaves_it()
    {
        using var cluster = Cluster();
        cluster.Apply(Agent);
        cluster.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal((2, true), (cluster.DaemonSet("agent").Desired, cluster.DaemonSet("agent").IsAvailable));
        cluster.Resize("workers", 3);
        cluster.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal((3, true), (cluster.DaemonSet("agent").Desired, cluster.DaemonSet("agent").IsAvailable));
        cluster.Kubectl("drain workers-1 --ignore-daemonsets");
        cluster.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal((3, true), (cluster.DaemonSet("agent").Desired, cluster.DaemonSet("agent").IsAvailable));
    }

    [Fact]
    public void A_pod_waits_for_its_claim_to_have_a_volume()
    {
        using var cluster = Cluster();
        cluster.Apply("""
            apiVersion: v1
            kind: Pod
            metadata: {name: user}
            spec:
              nodeName: workers-1
              containers: [{name: c, image: "nginx:1.27"}]
              volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
            """);
        cluster.RunFor(TimeSpan.FromSeconds(30));
        Assert.Equal("Pending", cluster.Api.Get<Pod>("default", "user").Status.Phase);
        var notice = cluster.Api.List<Event>("default").First(e => e.Reason == "FailedMount");
        Assert.Equal(
            "Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[data]: "
            + "error processing PVC default/data: failed to fetch PVC from API server: persistentvolumeclaims \"data\" not found",
            notice.Message);
        cluster.Apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], storageClassName: standard, resources: {requests: {storage: 1Gi}}}
            """);
        cluster.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal("Running", cluster.Api.Get<Pod>("default", "user").Status.Phase);
    }

    [Fact]
    public void Views_say_what_is_missing()
    {
        using var cluster = Cluster();
        Assert.Equal("there is no stateful set \"db\" in namespace default", cluster.StatefulSet("db").ToString());
        Assert.Equal("there is no daemon set \"agent\" in namespace default", cluster.DaemonSet("agent").ToString());
        Assert.Equal("there is no claim \"data\" in namespace default", cluster.Claim("data").ToString());
        cluster.Apply(Database);
        cluster.RunFor(TimeSpan.FromSeconds(2));
        Assert.StartsWith("stateful set db has 0 of 2 pods available, 1 of the newest template", cluster.StatefulSet("db").ToString(), StringComparison.Ordinal);
        Assert.Equal("claim data-db-0 is Pending", cluster.Claim("data-db-0").ToString());
    }

    private static decimal Disks(SimulatedCluster cluster) =>
        cluster.Cloud.StillRented().Where(u => u.Price.Item.StartsWith("pd-", StringComparison.Ordinal)).Sum(u => u.Units);

    private static SimulatedCluster Cluster()
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 3 });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        return cluster;
    }
}

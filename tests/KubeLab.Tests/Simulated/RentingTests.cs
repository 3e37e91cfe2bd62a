using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated;

/// <summary>What a cluster rents besides machines, by mechanism: services rent load balancers, answers cost traffic, and some of it outlives the cluster.</summary>
public sealed class RentingTests
{
    private const string Shop = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: web, image: kubelab/server, env: [{name: RESPONSE_KIB_PER_REQUEST, value: "64"}]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          type: LoadBalancer
          selector: {app: web}
          ports: [{port: 80, targetPort: 8080}]
        """;

    private const string Claim = """
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
        """;

    [Fact]
    public void A_load_balancer_is_rented_with_an_address_while_its_service_exists()
    {
        using var cluster = Open();
        cluster.Apply(Shop);
        cluster.RunFor(5);
        Assert.Contains("<pending>", cluster.Kubectl("get service web").ToString(), StringComparison.Ordinal);
        Assert.Contains("service.kubernetes.io/load-balancer-cleanup", cluster.Api.Get<Service>("default", "web").Metadata.Finalizers);
        Assert.Empty(Lines(cluster, ChargeKind.LoadBalancer));

        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.Contains("203.0.113.1", cluster.Kubectl("get service web").ToString(), StringComparison.Ordinal);
        Assert.Equal(["EnsuringLoadBalancer", "EnsuredLoadBalancer"], Reasons(cluster));
        Assert.Contains(("load-balancer", "default/web"), cluster.StillRented().Things.Select(t => (t.Item, t.Owner)));
        Assert.Contains("external-ipv4", cluster.StillRented().ToString(), StringComparison.Ordinal);

        cluster.Kubectl("delete service web --wait=false");
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.Null(cluster.Api.Find<Service>("default", "web"));
        Assert.Equal(["EnsuringLoadBalancer", "EnsuredLoadBalancer", "DeletingLoadBalancer", "DeletedLoadBalancer"], Reasons(cluster));
        Assert.DoesNotContain("load-balancer", cluster.StillRented().Things.Select(t => t.Item));
        Assert.Single(Lines(cluster, ChargeKind.LoadBalancer));
    }

    [Fact]
    public void A_service_that_becomes_internal_loses_its_load_balancer_and_its_finalizer()
    {
        using var cluster = Open();
        cluster.Apply(Shop);
        cluster.RunFor(TimeSpan.FromMinutes(2));
        cluster.Kubectl("""patch service web -p '{"spec":{"type":"ClusterIP"}}'""");
        cluster.RunFor(TimeSpan.FromMinutes(2));
        var service = cluster.Api.Get<Service>("default", "web");
        Assert.Empty(service.Metadata.Finalizers);
        Assert.Equal(0, service.Status?.LoadBalancer?.Ingress.Count ?? 0);
        Assert.DoesNotContain("load-balancer", cluster.StillRented().Things.Select(t => t.Item));
    }

    [Fact]
    public void An_address_that_is_nobodys_is_refused_and_one_that_was_reserved_is_used_and_kept()
    {
        using var cluster = Open();
        cluster.Apply(Shop.Replace("type: LoadBalancer", "type: LoadBalancer\n  loadBalancerIP: 192.0.2.9", StringComparison.Ordinal));
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.Contains(
            "Error syncing load balancer: failed to ensure load balancer: requested ip \"192.0.2.9\" is neither static nor assigned to the LB",
            cluster.Api.List<Event>("default").Where(e => e.Reason == "SyncLoadBalancerFailed").Select(e => e.Message));

        var address = cluster.ReserveAddress("front");
        cluster.Kubectl($$$"""patch service web -p '{"spec":{"loadBalancerIP":"{{{address}}}"}}'""");
        cluster.RunFor(TimeSpan.FromMinutes(8));
        Assert.Equal(address, cluster.Api.Get<Service>("default", "web").Status!.LoadBalancer!.Ingress[0].Ip);
        Assert.Single(cluster.StillRented().Things, t => t.Item == "external-ipv4");
        cluster.Kubectl("delete service web --wait=false");
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal("front", Assert.Single(cluster.StillRented().Things, t => t.Item == "external-ipv4").Name);
        cluster.ReleaseAddress("front");
        Assert.DoesNotContain("external-ipv4", cluster.StillRented().Things.Select(t => t.Item));
    }

    [Fact]
    public void Answers_to_clients_outside_are_charged_by_the_byte_and_those_inside_are_not()
    {
        using var cluster = Open();
        cluster.Apply(Shop);
        cluster.RunFor(TimeSpan.FromMinutes(3));
        cluster.Load("web", 50);
        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(0, cluster.Bill().Of(ChargeKind.Traffic).Amount);

        var load = cluster.Load("web", 50, from: Cluster.Outside);
        cluster.RunFor(TimeSpan.FromMinutes(10));
        load.Stop();

        // 30,000 answers of 64 KiB are 1.83 GiB, at 0.12 USD each.
        Assert.Equal(30_000, load.Totals.Served, 1.0);
        Assert.Equal(30_000 * 64.0 / 1024 / 1024 * 0.12, (double)cluster.Bill().Of(ChargeKind.Traffic).Amount, 0.0005);
        cluster.ReadOut(10);
        Assert.Equal((30_000 * 64.0 / 1024 / 1024 * 0.12) + 1.2, (double)cluster.Bill().Of(ChargeKind.Traffic).Amount, 0.0005);
    }

    [Fact]
    public void A_managed_control_plane_is_paid_by_its_fee_and_no_node_stands_for_it()
    {
        using var cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        cluster.AddManagedMasters();
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        cluster.Apply(Shop);
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(["workers-1", "workers-2"], cluster.Nodes().Select(n => n.Metadata.Name));
        Assert.True(cluster.Deployment("web").IsAvailable);
        Assert.Single(Lines(cluster, ChargeKind.ClusterFee));
        Assert.Equal(["e2-standard-4"], Lines(cluster, ChargeKind.Machine).Select(l => l.Item));
        Assert.Throws<InvalidOperationException>(() => cluster.AddMasters(1));

        using var branch = cluster.Branch();
        cluster.RunFor(TimeSpan.FromMinutes(5));
        branch.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(cluster.Cost, branch.Cost);
    }

    [Fact]
    public void Five_things_burn_money_after_the_cluster_was_deleted()
    {
        using var cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        cluster.AddManagedMasters();
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        cluster.ReserveAddress("old-front");
        cluster.KeepInBucket("results", 330);
        cluster.Apply(Shop);
        cluster.Apply(Claim);
        cluster.RunFor(TimeSpan.FromMinutes(10));
        cluster.Delete();
        cluster.RunFor(TimeSpan.FromMinutes(1));

        var left = cluster.StillRented();
        Assert.Equal(
            ["external-ipv4", "external-ipv4", "gcs-standard", "load-balancer", "pd-standard"],
            left.Things.Select(t => t.Item).Order(StringComparer.Ordinal));
        var before = cluster.Cost;
        cluster.RunFor(TimeSpan.FromHours(73));
        Assert.Equal((double)(left.PerHour!.Value.Amount * 73), (double)(cluster.Cost - before).Amount, 1e-6);

        foreach (var name in left.Things.Select(t => t.Name).Distinct())
        {
            cluster.GiveBack(name);
        }

        Assert.Equal("nothing is rented", cluster.StillRented().ToString());
        Assert.Contains("nothing called \"results\" is rented; there are none", Assert.Throws<ArgumentException>(() => cluster.GiveBack("results")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_beyond_the_quota_of_CPUs_is_refused_as_a_whole_and_what_fits_is_not()
    {
        using var cluster = Open();
        cluster.LimitCpus(24);
        var refused = Assert.Throws<QuotaExceededException>(() => cluster.Resize("workers", 90));
        Assert.StartsWith("Insufficient regional quota to satisfy request: resource \"CPUS\": request requires '352.0'", refused.Message, StringComparison.Ordinal);
        Assert.Throws<QuotaExceededException>(() => cluster.AddNodePool("more", "e2-standard-4", 90));
        Assert.Equal(2, cluster.Cloud.Pool("workers").Size);
        cluster.Resize("workers", 5);
        using var branch = cluster.Branch();
        Assert.Equal(5, branch.Nodes().Count(n => n.Metadata.Name!.StartsWith("workers-", StringComparison.Ordinal)));
        Assert.Throws<QuotaExceededException>(() => branch.Resize("workers", 6));
        cluster.LimitCpus(null);
        cluster.Resize("workers", 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => cluster.LimitCpus(-1));
    }

    private static SimulatedCluster Open()
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        return cluster;
    }

    private static IEnumerable<BillLine> Lines(SimulatedCluster cluster, ChargeKind kind) => cluster.Bill().Lines.Where(l => l.Kind == kind);

    private static IEnumerable<string?> Reasons(SimulatedCluster cluster) =>
        cluster.Api.List<Event>("default").Where(e => e.InvolvedObject.Kind == "Service").OrderBy(e => e.FirstTimestamp?.Instant).Select(e => e.Reason);
}

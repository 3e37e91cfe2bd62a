using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Traffic;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated;

/// <summary>Requests on a whole cluster: services, endpoint slices, proxies, kubelets, probes and machines.</summary>
public sealed class TrafficTests
{
    // Half a core serves 50 requests a second at ten milliseconds of CPU each.
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
              containers:
              - name: shop
                image: kubelab/server
                env: [{name: CPU_MS_PER_REQUEST, value: "10"}, {name: CPU_MILLIS, value: "0"}, {name: LATENCY_MS_PER_REQUEST, value: "20"}]
                resources: {limits: {cpu: 500m}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        """;

    [Fact]
    public void A_steady_load_is_shared_evenly_and_uses_the_cpu_that_it_takes()
    {
        using var cluster = Open();
        var load = cluster.Load("shop", 60);
        cluster.RunFor(60);

        Assert.Equal(60, load.Served.Latest, 6);
        Assert.Equal(3600, load.Totals.Served, 3);
        Assert.Equal(0, load.Totals.Errors);
        var usage = cluster.Api.List<Pod>("default").Select(p => CpuOf(cluster, p.Metadata.Name!)).ToList();
        Assert.All(usage, millis => Assert.InRange(millis, 199, 202));

        // Twenty a second for a server of fifty: 20 ms waiting for others, 20 ms of CPU work by half a core, and the queue's ρ/(1-ρ) of that.
        var mean = 20 + 20 + (20 * 0.4 / 0.6);
        Assert.InRange(load.P50.Latest, mean * 0.7, mean);
        Assert.True(load.P50.Latest < load.P95.Latest && load.P95.Latest < load.P99.Latest);
    }

    [Fact]
    public void When_a_pod_is_killed_its_share_is_lost_until_its_endpoint_is_gone_and_then_goes_to_the_others()
    {
        using var cluster = Open();
        var load = cluster.Load("shop", 60);
        cluster.RunFor(60);
        var calm = load.P95.Latest;
        cluster.Kubectl("scale deployment shop --replicas=2");
        cluster.RunFor(5);

        Assert.Equal(60, load.Served.Latest, 6);
        Assert.True(load.P95.Latest > calm, $"{load.P95.Latest} after {calm}");

        // Its address answers nobody from when it ends, a tenth of a second after the signal, until its endpoint is gone a quarter of a second after it was deleted.
        Assert.InRange(load.Totals.Errors, 1, 20 * 0.3);
        Conserved(load.Totals, 1);
    }

    [Fact]
    public void A_machine_without_power_swallows_its_share_until_its_endpoints_are_taken_out()
    {
        using var cluster = Open();
        var load = cluster.Load("shop", 60, timeout: TimeSpan.FromSeconds(2));
        cluster.RunFor(60);
        var victim = cluster.Api.List<Pod>("default")[0].Spec.NodeName!;
        var there = cluster.Api.List<Pod>("default").Count(p => p.Spec.NodeName == victim);
        cluster.Kill(victim);
        cluster.RunFor(10);
        Assert.Equal(20 * there, load.TimedOut.Latest, 6);

        cluster.RunFor(60);
        Assert.Equal(0, load.TimedOut.Latest);
        Assert.InRange(load.Totals.TimedOut, 20 * there * 30, 20 * there * 60);
        Conserved(load.Totals, 5);
    }

    [Fact]
    public void Traffic_flows_on_without_an_api_server_and_nobody_takes_out_the_dead()
    {
        using var cluster = Open();
        var load = cluster.Load("shop", 60);
        cluster.RunFor(30);
        cluster.Kill("master-1");
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(60, load.Served.Latest, 6);
        Assert.Equal(0, load.Totals.Errors);

        cluster.Kill("workers-1");
        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.InRange(load.TimedOut.Latest, 19, 41);
        Assert.Equal(60, load.TimedOut.Latest + load.Served.Latest, 6);
    }

    [Fact]
    public void Overload_fills_the_queues_then_refuses_and_afterwards_the_backlog_is_served()
    {
        using var cluster = Open();
        var load = cluster.Load("shop", LoadShape.FlashSale(60, 300, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.Zero));
        cluster.RunFor(61);

        // 150 a second are served, the other 150 wait: 300 places are full after two seconds.
        Assert.Equal(300, load.Offered.Latest);
        Assert.InRange(load.Served.Latest, 149, 150.01);
        Assert.Equal(0, load.Refused.Latest, 3);
        cluster.RunFor(10);
        Assert.Equal(150, load.Refused.Latest, 3);
        Assert.InRange(load.P50.Latest, 2000, 2300);

        cluster.RunFor(200);
        Assert.Equal(60, load.Served.Latest, 3);
        Assert.InRange(load.P50.Latest, 20, 60);
        Assert.Equal(150 * 118, load.Totals.Refused, 0);
        Conserved(load.Totals, 0.01);
    }

    [Fact]
    public void Under_overload_readiness_falls_endpoints_go_and_come_back()
    {
        using var cluster = Open(probe: "readinessProbe: {httpGet: {port: 8080}, periodSeconds: 5, timeoutSeconds: 1}");
        var load = cluster.Load("shop", LoadShape.FlashSale(60, 900, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.Zero));
        cluster.RunFor(58);
        Assert.Equal(3, cluster.Deployment("shop").Ready);
        cluster.RunUntil(c => c.Deployment("shop").Ready == 0, TimeSpan.FromMinutes(1));
        cluster.RunFor(1);
        Assert.Equal(900, load.NoEndpoint.Latest, 3);
        Assert.Contains(cluster.Api.List<Event>("default"), e => e.Reason == "Unhealthy" && e.Message!.StartsWith("Readiness probe failed: ", StringComparison.Ordinal)
            && (e.Message.Contains("context deadline exceeded (Client.Timeout exceeded while awaiting headers)", StringComparison.Ordinal) || e.Message.EndsWith("statuscode: 503", StringComparison.Ordinal)));

        cluster.RunFor(TimeSpan.FromMinutes(4));
        Assert.Equal(3, cluster.Deployment("shop").Ready);
        Assert.Equal(60, load.Served.Latest, 3);
        Conserved(load.Totals, 1);
    }

    [Fact]
    public void Under_overload_liveness_kills()
    {
        using var cluster = Open(probe: "livenessProbe: {httpGet: {port: 8080}, periodSeconds: 5, timeoutSeconds: 1}");
        cluster.Load("shop", LoadShape.FlashSale(60, 900, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.Zero));
        cluster.RunFor(TimeSpan.FromMinutes(3));
        Assert.Contains(cluster.Api.List<Pod>("default"), p => p.Status.ContainerStatuses[0].RestartCount > 0);
        Assert.Contains(cluster.Api.List<Event>("default"), e => e.Message == "Container shop failed liveness probe, will be restarted");
    }

    [Fact]
    public void Requests_hold_memory_and_too_many_of_them_kill()
    {
        using var cluster = Open(limits: "{cpu: 500m, memory: 64Mi}", env: "{name: MEMORY_KIB_PER_REQUEST, value: \"1024\"}");
        var load = cluster.Load("shop", 60);
        cluster.RunFor(60);
        Assert.DoesNotContain(cluster.Api.List<Pod>("default"), p => p.Status.ContainerStatuses[0].RestartCount > 0);
        load.Stop();
        cluster.Load("shop", 300);
        cluster.RunFor(60);
        Assert.Contains(cluster.Api.List<Pod>("default"), p => p.Status.ContainerStatuses[0].LastState?.Terminated is { Reason: "OOMKilled", ExitCode: 137 });
    }

    [Fact]
    public void A_stopped_kube_proxy_routes_by_its_old_rules_and_knows_no_new_service()
    {
        using var cluster = Open();
        cluster.StopKubeProxy("workers-1");
        cluster.Kubectl("expose deployment shop --name=new --port=80 --target-port=8080");
        cluster.RunFor(5);
        var (old, unknown, elsewhere) = (cluster.Load("shop", 15, from: "workers-1"), cluster.Load("new", 15, from: "workers-1"), cluster.Load("new", 15, from: "workers-2"));
        cluster.RunFor(10);
        Assert.Equal(15, old.Served.Latest, 6);
        Assert.Equal(15, unknown.TimedOut.Latest, 6);
        Assert.Equal(15, elsewhere.Served.Latest, 6);

        // A pod that has gone stays in its rules.
        cluster.Kubectl("scale deployment shop --replicas=1");
        cluster.RunFor(60);
        Assert.Equal(10, old.TimedOut.Latest, 3);
        Assert.Equal(15, elsewhere.Served.Latest, 6);

        cluster.StartKubeProxy("workers-1");
        cluster.RunFor(1);
        Assert.Equal(15, old.Served.Latest, 6);
        Assert.Equal(15, unknown.Served.Latest, 6);
    }

    [Fact]
    public void Who_boots_while_there_is_no_api_server_has_no_rules_until_it_is_back()
    {
        using var cluster = Open();
        cluster.Kill("workers-1");
        cluster.RunFor(1);
        cluster.Kill("master-1");
        cluster.Restore("workers-1");
        cluster.RunFor(TimeSpan.FromMinutes(3));
        var load = cluster.Load("shop", 30, from: "workers-1");
        cluster.RunFor(5);
        Assert.Equal(30, load.TimedOut.Latest, 6);

        cluster.Restore("master-1");
        cluster.RunFor(TimeSpan.FromMinutes(4));
        Assert.Equal(0, load.TimedOut.Latest, 6);
        Assert.Equal(30, load.Served.Latest, 6);
    }

    [Fact]
    public void A_service_without_endpoints_is_refused_at_once_and_an_unknown_one_has_no_name()
    {
        using var cluster = Open();
        cluster.Kubectl("create service clusterip nobody --tcp=80:80");
        cluster.RunFor(2);
        var (nobody, unknown) = (cluster.Load("nobody", 5), cluster.Load("nowhere.prod", 5));
        var wrongPort = cluster.Load("shop:81", 5);
        cluster.RunFor(10);
        Assert.Equal(50, nobody.Totals.NoEndpoint, 6);
        Assert.Equal(50, unknown.Totals.NoEndpoint, 6);
        Assert.Equal(50, wrongPort.Totals.TimedOut, 6);
        Assert.True(double.IsNaN(nobody.P95.Latest));
    }

    [Fact]
    public void A_wrong_target_port_is_refused_by_the_pods()
    {
        using var cluster = Open();
        cluster.Kubectl("""patch service shop -p '{"spec":{"ports":[{"port":80,"targetPort":9376}]}}'""");
        cluster.RunFor(2);
        var load = cluster.Load("shop", 5);
        cluster.RunFor(10);
        Assert.Equal(50, load.Totals.Refused, 6);
    }

    [Theory]
    [InlineData("Cluster", 30, 0, 0)]
    // A client that does not know which nodes have endpoints loses what it sends to the others.
    [InlineData("Local", 20, 10, 0)]
    public void From_outside_a_node_port_leads_in(string policy, double served, double timedOut, double none)
    {
        using var cluster = Open(replicas: 2);
        cluster.Kubectl($$$"""patch service shop -p '{"spec":{"type":"NodePort","externalTrafficPolicy":"{{{policy}}}"}}'""");
        cluster.RunFor(2);
        Assert.Equal(2, cluster.Api.List<Pod>("default").Select(p => p.Spec.NodeName).Distinct().Count());
        var load = cluster.Load("shop", 30, from: Cluster.Outside);
        cluster.RunFor(10);
        Assert.Equal((served, timedOut, none), (Math.Round(load.Served.Latest, 6), Math.Round(load.TimedOut.Latest, 6), Math.Round(load.NoEndpoint.Latest, 6)));
    }

    [Fact]
    public void From_outside_nobody_finds_a_cluster_ip()
    {
        using var cluster = Open();
        var load = cluster.Load("shop", 30, from: Cluster.Outside);
        cluster.RunFor(10);
        Assert.Equal(300, load.Totals.NoEndpoint, 6);
    }

    [Fact]
    public void A_load_balancer_leaves_out_nodes_without_endpoints_when_traffic_stays_local()
    {
        using var cluster = Open(replicas: 2);
        cluster.Kubectl("""patch service shop -p '{"spec":{"type":"LoadBalancer","externalTrafficPolicy":"Local"}}'""");
        cluster.RunFor(2);
        var load = cluster.Load("shop", 30, from: Cluster.Outside);
        cluster.RunFor(10);
        Assert.Equal(300, load.Totals.Served, 6);
    }

    [Fact]
    public void Traffic_from_within_that_stays_local_is_dropped_where_there_is_no_pod()
    {
        using var cluster = Open(replicas: 2);
        cluster.Kubectl("""patch service shop -p '{"spec":{"internalTrafficPolicy":"Local"}}'""");
        cluster.RunFor(2);
        var with = cluster.Api.List<Pod>("default").Select(p => p.Spec.NodeName).ToHashSet();
        var without = Enumerable.Range(1, 3).Select(i => $"workers-{i}").Single(n => !with.Contains(n));
        var (near, far, all) = (cluster.Load("shop", 10, from: with.First()), cluster.Load("shop", 10, from: without), cluster.Load("shop", 30));
        cluster.RunFor(10);
        Assert.Equal(100, near.Totals.Served, 6);
        Assert.Equal(100, far.Totals.TimedOut, 6);
        Assert.Equal(200, all.Totals.Served, 6);
    }

    [Fact]
    public void A_headless_service_is_a_name_for_pods_and_no_port_is_translated()
    {
        using var cluster = Open();
        cluster.Kubectl("expose deployment shop --name=direct --cluster-ip=None --port=80 --target-port=8080");
        cluster.StopKubeProxy("workers-1");
        cluster.RunFor(2);
        var (named, wrong) = (cluster.Load("direct:8080", 10, from: "workers-1"), cluster.Load("direct:80", 10, from: "workers-1"));
        cluster.RunFor(10);
        Assert.Equal(100, named.Totals.Served, 6);
        Assert.Equal(100, wrong.Totals.Refused, 6);
    }

    [Fact]
    public void A_loyal_client_stays_with_its_pod_until_that_is_gone()
    {
        using var cluster = Open();
        cluster.Kubectl("""patch service shop -p '{"spec":{"sessionAffinity":"ClientIP"}}'""");
        cluster.RunFor(2);
        var load = cluster.Load("shop", 20, from: "workers-1");
        cluster.RunFor(20);
        var favourite = cluster.Api.List<Pod>("default").Single(p => CpuOf(cluster, p.Metadata.Name!) > 150).Metadata.Name!;
        cluster.Kubectl("scale deployment shop --replicas=6");
        cluster.RunFor(20);
        Assert.InRange(CpuOf(cluster, favourite), 199, 202);
        cluster.Kubectl($"delete pod {favourite}");
        cluster.RunFor(20);
        Assert.Single(cluster.Api.List<Pod>("default"), p => CpuOf(cluster, p.Metadata.Name!) > 150);
        Assert.Equal(20, load.Served.Latest, 6);
    }

    [Fact]
    public void A_greedy_neighbour_slows_the_shop_down_and_a_request_for_cpu_protects_it()
    {
        using var cluster = Open(replicas: 1, limits: "{}");
        var load = cluster.Load("shop", 60);
        cluster.RunFor(60);
        var calm = load.P95.Latest;
        var node = cluster.Api.List<Pod>("default")[0].Spec.NodeName!;
        for (var i = 0; i < 4; i++)
        {
            cluster.Kubectl($$$$"""run greedy-{{{{i}}}} --image=polinux/stress --overrides='{"spec":{"nodeName":"{{{{node}}}}"}}' --command -- stress --cpu 2""");
        }

        cluster.RunFor(60);
        Assert.True(load.P95.Latest > 3 * calm, $"{load.P95.Latest} after {calm}");
        Conserved(load.Totals, 200);
    }

    [Fact]
    public void A_branch_repeats_the_traffic_exactly_and_goes_its_own_way()
    {
        using var cluster = Open();
        cluster.Load("shop", LoadShape.Poisson(50));
        cluster.Load("shop", t => 20 + t.TotalSeconds / 10);
        cluster.RunFor(60);
        cluster.StopKubeProxy("workers-2");
        cluster.Loads[0].Stop();
        cluster.RunFor(30);

        using var branch = (SimulatedCluster)cluster.Branch();
        Assert.Equal(cluster.Loads.Select(l => l.ToString()), branch.Loads.Select(l => l.ToString()));
        Assert.Equal(cluster.Loads[0].Served.Samples, branch.Loads[0].Served.Samples);
        Assert.True(branch.Loads[0].IsStopped);

        branch.Kubectl("scale deployment shop --replicas=1");
        branch.RunFor(60);
        cluster.RunFor(60);
        Assert.True(branch.Loads[1].P95.Latest > cluster.Loads[1].P95.Latest);
        Assert.Equal(branch.Charts.Traffic(branch.Loads[1]).ToJson(), ((SimulatedCluster)branch.Branch()).Charts.Traffic(branch.Loads[1]).ToJson());
    }

    [Fact]
    public void A_steady_load_costs_no_events()
    {
        using var idle = Open();
        using var busy = Open();
        busy.Load("shop", 60);
        busy.RunFor(10);
        idle.RunFor(10);
        var (before, beforeBusy) = (idle.Clock.EventsRun, busy.Clock.EventsRun);
        idle.RunFor(TimeSpan.FromHours(2));
        busy.RunFor(TimeSpan.FromHours(2));
        Assert.InRange(busy.Clock.EventsRun - beforeBusy, 0, idle.Clock.EventsRun - before + 10);
    }

    [Fact]
    public void What_makes_no_sense_is_refused_with_a_reason()
    {
        using var cluster = Open();
        Assert.Contains("there is no node \"nope\"; there are: master-1, workers-1", Assert.Throws<ArgumentException>(() => cluster.Load("shop", 1, from: "nope")).Message, StringComparison.Ordinal);
        Assert.Contains("\"Shop\"", Assert.Throws<ArgumentException>(() => cluster.Load("Shop", 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => cluster.Load("shop", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => cluster.Load("shop", 1, timeout: TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => cluster.StopKubeProxy("nope"));
        Assert.Throws<InvalidOperationException>(() => cluster.At(cluster.Now).Load("shop", 1));
        Assert.Empty(cluster.Loads);
    }

    private static SimulatedCluster Open(int replicas = 3, string limits = "{cpu: 500m}", string probe = "", string env = "")
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 5 });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-2", 3);
        var text = Shop.Replace("replicas: 3", $"replicas: {replicas}", StringComparison.Ordinal)
            .Replace("resources: {limits: {cpu: 500m}}", $"resources: {{limits: {limits}}}{(probe.Length == 0 ? "" : $"\n        {probe}")}", StringComparison.Ordinal);
        cluster.Apply(env.Length == 0 ? text : text.Replace("value: \"20\"}]", $"value: \"20\"}}, {env}]", StringComparison.Ordinal));
        cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
        cluster.RunFor(5);
        return cluster;
    }

    private static long CpuOf(SimulatedCluster cluster, string pod)
    {
        foreach (var node in cluster.Nodes())
        {
            var found = cluster.UsageOf(node.Metadata.Name!)?.Pods.FirstOrDefault(p => p.Pod.Name == pod);
            if (found is { CpuMillis: > 0 } use)
            {
                return use.CpuMillis;
            }
        }

        return 0;
    }

    // What was offered is served, lost, or still waits.
    private static void Conserved(FlowTotals totals, double waiting) => Assert.InRange(totals.Offered - totals.Served - totals.Errors, -0.01, waiting);
}

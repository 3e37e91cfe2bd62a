using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated.Masters;

/// <summary>A control plane in pieces: who takes over from whom, and what happens while nobody does.</summary>
public sealed class MastersTests
{
    private static readonly string[] Elected = ["cloud-controller-manager", "kube-controller-manager", "kube-scheduler"];

    [Fact]
    public void One_of_three_dies_and_the_others_go_on()
    {
        using var cluster = Open(3);
        Assert.Equal("10.128.0.2 10.128.0.3 10.128.0.4", Addresses(cluster));
        var victim = cluster.Masters().SchedulerLeader!;
        cluster.Kill(victim);
        Assert.Contains("web", cluster.Kubectl("get deployments").StdOut, StringComparison.Ordinal);
        cluster.Kubectl("scale deployment web --replicas=5");
        cluster.RunFor(10);
        Assert.NotEqual(5, cluster.Deployment("web").Available);
        cluster.RunFor(40);
        Assert.Equal(5, cluster.Deployment("web").Available);
        Assert.All(Elected, l => Assert.DoesNotContain(victim, cluster.Api.Get<Lease>("kube-system", l).Spec.HolderIdentity, StringComparison.Ordinal));
        Assert.Equal(2, Addresses(cluster).Split(' ').Length);
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.False(cluster.Node(victim).IsReady);
        Assert.All(cluster.Nodes().Where(n => n.Metadata.Name != victim), n => Assert.True(cluster.Node(n.Metadata.Name!).IsReady));

        cluster.Restore(victim);
        cluster.RunFor(TimeSpan.FromMinutes(3));
        Assert.Equal("10.128.0.2 10.128.0.3 10.128.0.4", Addresses(cluster));
        Assert.Equal(1, cluster.Masters().Masters.Count(m => m.Scheduler == Views.ProcessState.Leads));
    }

    [Fact]
    public void One_of_two_dies_and_nothing_can_be_written_until_it_is_back()
    {
        using var cluster = Open(2);
        cluster.Kill("master-2");
        Assert.Equal("Error from server: etcdserver: request timed out\n", cluster.Kubectl("get pods").StdErr);
        Assert.Equal("Error from server: etcdserver: request timed out\n", cluster.Kubectl("create namespace x").StdErr);
        cluster.RunFor(60);
        Assert.All(cluster.Masters().Masters, m => Assert.False(m.HasQuorum || m.Scheduler == Views.ProcessState.Leads));
        cluster.Restore("master-2");
        cluster.RunFor(TimeSpan.FromMinutes(3));
        Assert.Equal(0, cluster.Kubectl("create namespace x").ExitCode);
    }

    [Fact]
    public void A_scheduler_that_is_stopped_gives_its_lease_back_and_another_one_has_it_in_seconds()
    {
        using var cluster = Open(3);
        var first = cluster.Masters().SchedulerLeader!;
        cluster.StopComponent(first, "kube-scheduler");
        cluster.RunFor(8);
        var second = cluster.Masters().SchedulerLeader;
        Assert.True(second is not null && second != first, cluster.Masters().ToString());
        Assert.Equal(1, cluster.Api.Get<Lease>("kube-system", "kube-scheduler").Spec.LeaseTransitions);
        cluster.Kubectl("run one --image=nginx");
        cluster.RunUntil(c => c.Pod("one").IsReady, TimeSpan.FromSeconds(30));
        cluster.RunFor(40);
        Assert.Null(cluster.Api.Find<Pod>("kube-system", $"kube-scheduler-{first}"));
        Assert.Equal(Views.ProcessState.Down, cluster.Masters()[first].Scheduler);
        cluster.StartComponent(first, "kube-scheduler");
        cluster.RunFor(20);
        Assert.Equal(Views.ProcessState.Waits, cluster.Masters()[first].Scheduler);
    }

    [Fact]
    public void Without_any_scheduler_pods_wait_and_are_bound_once_when_one_is_back()
    {
        using var cluster = Open(1);
        cluster.StopComponent("master-1", "kube-scheduler");
        cluster.RunFor(10);
        cluster.Kubectl("scale deployment web --replicas=6");
        cluster.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(6, cluster.Pods("app=web").Count);
        Assert.Equal(3, cluster.Pods("app=web").Count(p => p.Status.Phase == "Pending"));
        cluster.StartComponent("master-1", "kube-scheduler");
        cluster.RunFor(60);
        Assert.Equal(6, cluster.Deployment("web").Available);
        Assert.All(cluster.Pods("app=web"), p => Assert.Single(
            cluster.Api.List<Event>("default"), e => e.Reason == "Scheduled" && e.InvolvedObject.Name == p.Metadata.Name));
    }

    [Fact]
    public void Without_any_api_server_pods_run_on_and_nothing_is_healed_until_one_is_back()
    {
        using var cluster = Open(3);
        cluster.Kubectl("cordon workers-2");
        cluster.Kubectl("run crashing --image=busybox --restart=Always -- sh -c 'sleep 400; exit 1'");
        cluster.Kubectl("create job once --image=busybox -- sh -c 'sleep 120'");
        cluster.RunFor(20);
        cluster.Kubectl("uncordon workers-2");
        Enumerable.Range(1, 3).ToList().ForEach(i => cluster.StopComponent($"master-{i}", "kube-apiserver"));
        cluster.RunFor(40);
        Assert.Equal("The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n", cluster.Kubectl("get pods").StdErr);
        cluster.Kill("workers-2");
        cluster.RunFor(TimeSpan.FromMinutes(30));
        Assert.All(cluster.Masters().Masters, m => Assert.False(m.IsApiServerUp));

        Enumerable.Range(1, 3).ToList().ForEach(i => cluster.StartComponent($"master-{i}", "kube-apiserver"));
        cluster.RunUntil(c => c.Kubectl("get nodes").ExitCode == 0, TimeSpan.FromMinutes(1));
        Assert.Equal(0, cluster.Job("once").Succeeded);
        cluster.RunFor(60);
        Assert.True(cluster.Pod("crashing").Object!.Status.ContainerStatuses[0].RestartCount >= 3);
        Assert.Equal(1, cluster.Job("once").Succeeded);
        cluster.RunFor(TimeSpan.FromMinutes(8));
        Assert.False(cluster.Node("workers-2").IsReady);
        Assert.Equal(3, cluster.Deployment("web").Available);
        Assert.All(cluster.Pods("app=web").Where(p => p.Metadata.DeletionTimestamp is null), p => Assert.Equal("workers-1", p.Spec.NodeName));
    }

    [Fact]
    public void A_master_cut_off_from_the_others_loses_its_leases_and_its_processes_begin_anew()
    {
        using var cluster = Open(3);
        var first = cluster.Masters().ControllerManagerLeader!;
        cluster.Partition(first);
        cluster.RunFor(60);
        Assert.Contains("no quorum", cluster.Masters().ToString().Split('\n').Single(l => l.StartsWith(first, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.NotEqual(first, cluster.Masters().ControllerManagerLeader);
        Assert.NotNull(cluster.Masters().ControllerManagerLeader);
        Assert.Equal(0, cluster.Kubectl("get pods").ExitCode);
        cluster.RunFor(60);
        Assert.False(cluster.Node(first).IsReady);
        Assert.All(new[] { "workers-1", "workers-2" }, n => Assert.True(cluster.Node(n).IsReady));
        cluster.Heal();
        cluster.RunFor(60);
        Assert.True(cluster.Node(first).IsReady);
        Assert.Equal(1, cluster.Api.Get<Pod>("kube-system", $"kube-controller-manager-{first}").Status.ContainerStatuses[0].RestartCount);
    }

    [Fact]
    public void Workers_on_the_side_without_masters_run_their_pods_unheard()
    {
        using var cluster = Open(1);
        cluster.Partition("workers-1 | master-1");
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.False(cluster.Node("workers-1").IsReady);
        cluster.Heal();
        cluster.RunFor(30);
        Assert.True(cluster.Node("workers-1").IsReady);
        Assert.All(cluster.Pods("app=web"), p => Assert.Equal(0, p.Status.ContainerStatuses[0].RestartCount));
    }

    [Fact]
    public void A_kubelet_can_be_stopped_and_its_pods_live_on()
    {
        using var cluster = Open(1);
        cluster.StopComponent("workers-1", "kubelet");
        cluster.RunFor(TimeSpan.FromMinutes(2));
        Assert.False(cluster.Node("workers-1").IsReady);
        cluster.StartComponent("workers-1", "kubelet");
        cluster.RunFor(30);
        Assert.True(cluster.Node("workers-1").IsReady);
    }

    [Fact]
    public void More_masters_can_join_later()
    {
        using var cluster = Open(1);
        cluster.AddMasters(1);
        cluster.AddMasters(1);
        Assert.Equal(["master-1", "master-2", "master-3"], cluster.Masters().Masters.Select(m => m.Machine));
        cluster.RunFor(30);
        Assert.All(cluster.Masters().Masters, m => Assert.True(m is { IsApiServerUp: true, HasQuorum: true }));
        cluster.Kill("master-1");
        cluster.RunFor(40);
        Assert.NotNull(cluster.Masters().SchedulerLeader);
        Assert.Equal(0, cluster.Kubectl("get nodes").ExitCode);
        Assert.Contains("the masters of this cluster are of type e2-standard-2", Assert.Throws<ArgumentException>(() => cluster.AddMasters(1, "e2-standard-8")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_cloud_controller_manager_new_nodes_stay_closed()
    {
        using var cluster = Open(1);
        cluster.StopComponent("master-1", "cloud-controller-manager");
        cluster.RunFor(5);
        cluster.Resize("workers", 3, wait: false);
        cluster.RunFor(180);
        var node = cluster.Node("workers-3");
        Assert.True(node.IsReady);
        Assert.Contains(node.Object!.Spec.Taints, t => t.Key == "node.cloudprovider.kubernetes.io/uninitialized");
        cluster.StartComponent("master-1", "cloud-controller-manager");
        cluster.RunFor(30);
        Assert.Empty(node.Object!.Spec.Taints);
        Assert.Equal("gce://lab/europe-west4-a/workers-3", node.Object!.Spec.ProviderID);
        Assert.Contains(cluster.Api.List<Event>("default"), e => e.Reason == "Synced" && e.Message == "Node synced successfully" && e.InvolvedObject.Name == "workers-3");
    }

    [Fact]
    public void The_node_of_a_machine_that_is_given_back_goes()
    {
        using var cluster = Open(1);
        cluster.Resize("workers", 1);
        cluster.RunFor(30);
        Assert.True(cluster.Node("workers-2").Exists);
        cluster.RunFor(60);
        Assert.False(cluster.Node("workers-2").Exists);
        Assert.Contains(cluster.Api.List<Event>("default"), e => e.Reason == "DeletingNode" && e.Message == "Deleting node workers-2 because it does not exist in the cloud provider");
    }

    [Theory]
    [InlineData("master-7", "etcd", "no machine \"master-7\"; there are master-1, workers-1, workers-2")]
    [InlineData("master-1", "kube-proxy", "no component \"kube-proxy\" on master-1; there are etcd, kube-apiserver, kube-controller-manager, kube-scheduler, cloud-controller-manager, kubelet")]
    [InlineData("workers-1", "etcd", "no component \"etcd\" on workers-1; there is kubelet")]
    public void Names_that_do_not_exist_are_refused_with_those_that_do(string machine, string component, string message)
    {
        using var cluster = Open(1);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => cluster.StopComponent(machine, component)).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => cluster.StartComponent(machine, component)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_broke_is_repeated_exactly()
    {
        using var cluster = Open(3);
        cluster.StopComponent("master-1", "kube-scheduler");
        cluster.RunFor(20);
        cluster.Partition("master-2 workers-1");
        cluster.Kubectl("scale deployment web --replicas=7");
        cluster.RunFor(90);
        cluster.Kubectl("get pods -A");
        cluster.Heal();
        cluster.Kill("master-1");
        cluster.RunFor(30);
        cluster.Kubectl("run one --image=nginx");
        cluster.RunFor(30);
        cluster.Restore("master-1");
        cluster.StartComponent("master-1", "kube-scheduler");
        cluster.RunFor(60);
        using var branch = cluster.Branch();
        Assert.True(cluster.CompareWith(branch).IsSame);
        using var earlier = cluster.Rewind(TimeSpan.FromSeconds(100));
        Assert.Equal(cluster.Now - TimeSpan.FromSeconds(100), earlier.Now);
        using var past = cluster.At(TimeSpan.FromSeconds(100));
        Assert.Equal(3, past.Masters().Masters.Count);
        Assert.Throws<InvalidOperationException>(() => past.Partition("master-1"));
    }

    private static string Addresses(Cluster cluster) =>
        string.Join(' ', cluster.Api.Get<Endpoints>("default", "kubernetes").Subsets.SelectMany(s => s.Addresses).Select(a => a.Ip));

    private static SimulatedCluster Open(int masters)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 5 });
        cluster.AddMasters(masters);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        cluster.Kubectl("create deployment web --image=nginx --replicas=3");
        cluster.RunUntil(c => c.Deployment("web").IsAvailable);
        cluster.RunFor(30);
        return cluster;
    }
}

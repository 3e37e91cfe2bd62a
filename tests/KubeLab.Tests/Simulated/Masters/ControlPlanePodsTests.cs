using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated.Masters;

public sealed class ControlPlanePodsTests
{
    [Fact]
    public void Masters_show_the_pods_of_a_kubeadm_cluster()
    {
        using var cluster = (SimulatedCluster)Lab.Open(seed: 3);
        cluster.AddMasters(3);
        cluster.RunFor(TimeSpan.FromMinutes(1));
        var pods = cluster.Api.List<Pod>("kube-system").ToList();
        Assert.Equal(
            from component in new[] { "cloud-controller-manager", "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler" } from master in new[] { 1, 2, 3 } select $"{component}-master-{master}",
            pods.Select(p => p.Metadata.Name));
        Assert.All(pods, p => Assert.Equal(("Running", "system-node-critical", 2_000_001_000, p.Status.HostIP), (p.Status.Phase, p.Spec.PriorityClassName, p.Spec.Priority, p.Status.PodIP)));
        Assert.All(pods, p => Assert.Equal(("control-plane", p.Spec.Containers[0].Name), (p.Metadata.Labels["tier"], p.Metadata.Labels["component"])));
        Assert.All(pods, p => Assert.Empty(p.Spec.Containers[0].VolumeMounts.Where(m => m.MountPath.Contains("serviceaccount", StringComparison.Ordinal))));
        var node = cluster.Kubectl("describe node master-1").ToString();
        Assert.Contains("750m (38%)", node, StringComparison.Ordinal);
        Assert.Contains("Controlled By:  Node/master-1", cluster.Kubectl("describe pod etcd-master-1 -n kube-system").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void They_come_back_with_their_machine_and_cannot_be_deleted_for_good()
    {
        using var cluster = (SimulatedCluster)Lab.Open(seed: 3);
        cluster.AddMasters(3);
        cluster.RunFor(TimeSpan.FromMinutes(1));
        cluster.Kubectl("delete pod etcd-master-2 -n kube-system");
        cluster.Kill("master-3");
        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal("Running", cluster.Api.Get<Pod>("kube-system", "etcd-master-2").Status.Phase);
        cluster.Restore("master-3");
        cluster.RunFor(TimeSpan.FromMinutes(1));
        var pod = cluster.Api.Get<Pod>("kube-system", "kube-scheduler-master-3");
        Assert.Equal(("Running", 1), (pod.Status.Phase, pod.Status.ContainerStatuses[0].RestartCount));
    }

    [Fact]
    public void A_branch_of_a_cluster_with_masters_is_the_same()
    {
        using var cluster = (SimulatedCluster)Lab.Open(seed: 3);
        cluster.AddMasters(1);
        cluster.RunFor(TimeSpan.FromMinutes(1));
        using var branch = cluster.Branch();
        Assert.True(cluster.CompareWith(branch).IsSame);
    }
}

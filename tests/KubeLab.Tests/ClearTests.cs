using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests;

public sealed class ClearTests
{
    [Fact]
    public void A_lesson_can_begin_again_on_a_cluster_that_the_lab_made()
    {
        using var cluster = Lab.Open(seed: 3);
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 1);
        cluster.Kubectl("create deployment web --image=nginx:1.27 --replicas=2");
        cluster.Kubectl("run one --image=nginx:1.27");
        cluster.Kubectl("create configmap settings --from-literal=a=b");
        cluster.Kubectl("create namespace other");
        cluster.Kubectl("create configmap kept --from-literal=a=b -n other");
        cluster.RunUntil(c => c.Deployment("web").IsAvailable && c.Pod("one").IsReady);

        Assert.Equal(["deployment.apps/web", "pod/one", "configmap/settings"], cluster.Clear());
        Assert.Empty(cluster.Pods());
        Assert.Empty(cluster.Api.List<ReplicaSet>("default"));
        Assert.NotNull(cluster.Api.Find<ConfigMap>("other", "kept"));
        Assert.Empty(cluster.Clear());
    }

    [Fact]
    public void The_systems_namespaces_are_refused()
    {
        using var cluster = Lab.Open();
        Assert.Throws<ArgumentException>(() => cluster.Clear("kube-system"));
    }
}

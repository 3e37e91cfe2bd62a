using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes;
using KubeLab.Nodes.StaticPods;

namespace KubeLab.Tests.Nodes.StaticPods;

public sealed class StaticPodTests
{
    private const string Name = "web-node-1";
    private readonly NodeLab lab = new();

    [Fact]
    public void A_manifest_becomes_a_pod_of_its_node()
    {
        var pod = StaticPod.Of(Manifest("nginx:1.27"), "Node-1", lab.Clock.Now);
        Assert.Equal(("web-node-1", "default", "Node-1"), (pod.Metadata.Name, pod.Metadata.Namespace, pod.Spec.NodeName));
        Assert.Matches("^[0-9a-f]{32}$", pod.Metadata.Uid);
        Assert.Equal(pod.Metadata.Uid, pod.Metadata.Annotations[StaticPod.HashAnnotation]);
        Assert.Equal("file", pod.Metadata.Annotations[StaticPod.SourceAnnotation]);
        Assert.Equal("2026-01-01T00:00:00.000000000Z", pod.Metadata.Annotations[StaticPod.SeenAnnotation]);
        Assert.Equal(new Toleration { Operator = "Exists", Effect = "NoExecute" }, Assert.Single(pod.Spec.Tolerations));
        Assert.True(StaticPod.Is(pod));
    }

    [Fact]
    public void Another_manifest_or_another_node_has_another_hash()
    {
        var hashes = new[] { ("nginx:1.27", "a"), ("nginx:1.28", "a"), ("nginx:1.27", "b") }.Select(m => StaticPod.Of(Manifest(m.Item1), m.Item2, lab.Clock.Now).Metadata.Uid);
        Assert.Equal(3, hashes.Distinct().Count());
        Assert.Equal(StaticPod.Of(Manifest("nginx:1.27"), "a", lab.Clock.Now).Metadata.Uid, StaticPod.Of(Manifest("nginx:1.27"), "a", lab.Clock.Now.AddDays(1)).Metadata.Uid);
    }

    [Fact]
    public void The_api_server_learns_of_it_by_a_mirror_that_belongs_to_the_node()
    {
        Start();
        lab.RunFor(20);
        var mirror = lab.Pod(Name);
        Assert.Equal("Running", mirror.Status.Phase);
        Assert.Equal(mirror.Metadata.Annotations[StaticPod.HashAnnotation], mirror.Metadata.Annotations[StaticPod.MirrorAnnotation]);
        Assert.NotEqual(mirror.Metadata.Annotations[StaticPod.MirrorAnnotation], mirror.Metadata.Uid);
        var owner = Assert.Single(mirror.Metadata.OwnerReferences);
        Assert.Equal(("v1", "Node", "node-1", true), (owner.ApiVersion, owner.Kind, owner.Name, owner.Controller));
        Assert.Equal(lab.Api.Get<Node>("", "node-1").Metadata.Uid, owner.Uid);
        Assert.True(lab.Status(Name).Ready);
        Assert.Contains("nginx", lab.Api.Log(new ObjectKey("default", Name), new LogOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_deletes_the_mirror_finds_it_again_and_the_pod_runs_on()
    {
        Start();
        lab.RunFor(20);
        var (before, started) = (lab.Pod(Name).Metadata.Uid, lab.Status(Name).State!.Running!.StartedAt);
        lab.Api.Delete<Pod>("default", Name);
        lab.RunFor(5);
        Assert.NotEqual(before, lab.Pod(Name).Metadata.Uid);
        Assert.Equal(("Running", started, 0), (lab.Pod(Name).Status.Phase, lab.Status(Name).State!.Running!.StartedAt, lab.Status(Name).RestartCount));
    }

    [Fact]
    public void It_starts_and_restarts_while_no_api_server_can_be_reached()
    {
        var kubelet = lab.AddNode("node-1");
        lab.RunFor(15);
        kubelet.CutNetwork();
        var components = new List<string>();
        kubelet.ComponentChanged = (component, runs) => components.Add($"{component} {(runs ? "runs" : "ended")}");
        kubelet.Manifests.Put("web.yaml", Manifest("nginx:1.27"));
        lab.RunFor(30);
        Assert.Equal(["web runs"], components);
        kubelet.PowerOff();
        kubelet.PowerOn();
        lab.RunFor(30);
        Assert.Equal(["web runs", "web ended", "web runs"], components);
        Assert.Null(lab.Api.Find<Pod>("default", Name));

        kubelet.RestoreNetwork();
        lab.RunFor(30);
        Assert.Equal(("Running", 1), (lab.Pod(Name).Status.Phase, lab.Status(Name).RestartCount));
    }

    [Fact]
    public void Another_manifest_replaces_the_pod_and_without_one_it_goes()
    {
        var kubelet = Start();
        lab.RunFor(20);
        kubelet.Manifests.Put("web.yaml", Manifest("nginx:1.28"));
        lab.RunFor(20);
        Assert.Equal("nginx:1.28", lab.Pod(Name).Spec.Containers[0].Image);
        Assert.Equal("docker.io/library/nginx:1.28", lab.Status(Name).Image);
        Assert.Equal("Running", lab.Pod(Name).Status.Phase);

        Assert.True(kubelet.Manifests.Remove("web.yaml"));
        lab.RunFor(20);
        Assert.Null(lab.Api.Find<Pod>("default", Name));
        Assert.Equal(0, kubelet.PodCount);
        Assert.False(kubelet.Manifests.Remove("web.yaml"));
    }

    [Fact]
    public void A_kubelet_that_starts_again_takes_up_what_runs()
    {
        var kubelet = Start();
        lab.RunFor(20);
        kubelet.StopKubelet();
        lab.RunFor(60);
        kubelet.StartKubelet();
        lab.RunFor(20);
        Assert.Equal(("Running", 0), (lab.Pod(Name).Status.Phase, lab.Status(Name).RestartCount));
    }

    [Fact]
    public void A_mirror_of_nothing_is_deleted()
    {
        lab.AddNode("node-1");
        lab.RunFor(15);
        var forged = Manifest("nginx:1.27");
        lab.Api.Create(forged with
        {
            Metadata = new() { Name = "forged", Namespace = "default", Annotations = StringMap.Of((StaticPod.MirrorAnnotation, "no-such-hash")) },
            Spec = forged.Spec with { NodeName = "node-1" },
        });
        lab.RunFor(5);
        Assert.Null(lab.Api.Find<Pod>("default", "forged"));
    }

    private Kubelet Start()
    {
        var kubelet = lab.AddNode("node-1");
        kubelet.Manifests.Put("web.yaml", Manifest("nginx:1.27"));
        return kubelet;
    }

    private static Pod Manifest(string image) => new()
    {
        Metadata = new() { Name = "web", Labels = StringMap.Of(("component", "web")) },
        Spec = new() { Containers = [NodeLab.Nginx() with { Image = image }] },
    };
}

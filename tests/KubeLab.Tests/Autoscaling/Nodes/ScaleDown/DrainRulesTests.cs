using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Policy;
using KubeLab.Autoscaling.Nodes;
using KubeLab.Autoscaling.Nodes.ScaleDown;
using KubeLab.Tests.Scheduling;

namespace KubeLab.Tests.Autoscaling.Nodes.ScaleDown;

public sealed class DrainRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Rows follow upstream's FAQ, "What types of pods can prevent CA from removing a node?".</summary>
    public static TheoryData<string, Pod, string> Pods => new()
    {
        { "a pod of a replica set", Owned("ReplicaSet"), "Drain" },
        { "a pod of a replication controller", Owned("ReplicationController", "v1"), "Drain" },
        { "a pod of a job", Owned("Job", "batch/v1"), "Drain" },
        { "a pod of a stateful set", Owned("StatefulSet"), "Drain" },
        { "a daemon pod", Owned("DaemonSet"), "Skip" },
        { "a pod annotated as a daemon's", Bare(("cluster-autoscaler.kubernetes.io/daemonset-pod", "true")), "Skip" },
        { "a pod of a custom daemon set", Owned("DaemonSet", "crd/v1"), "Skip" },
        { "a bare pod", Bare(), "NotReplicated" },
        { "a pod of a custom controller", Owned("Foo", "crd/v1"), "NotReplicated" },
        { "a bare pod that may be evicted", Bare((DrainRules.SafeToEvict, "true")), "Drain" },
        { "a static pod", Bare(("kubernetes.io/config.mirror", "x")), "Skip" },
        { "a bare pod that failed", Bare() with { Status = new() { Phase = "Failed" } }, "Drain" },
        { "a bare pod that succeeded and is not started again", Ended("Never"), "Drain" },
        { "a bare pod that succeeded and is started on failure", Ended("OnFailure"), "Drain" },
        { "a bare pod that succeeded and is always started again", Ended("Always"), "NotReplicated" },
        { "a pod whose owner is gone", Owned("ReplicaSet", owner: "gone"), "ControllerNotFound" },
        { "a daemon pod whose owner is gone", Owned("DaemonSet", owner: "gone"), "ControllerNotFound" },
        { "a pod whose owner is gone and that may be evicted", Annotated(Owned("ReplicaSet", owner: "gone"), (DrainRules.SafeToEvict, "true")), "ControllerNotFound" },
        { "a system pod", InSystem(Owned("ReplicaSet")), "UnmovableKubeSystemPod" },
        { "a system pod with a budget", InSystem(Owned("ReplicaSet")) with { Metadata = InSystem(Owned("ReplicaSet")).Metadata with { Labels = StringMap.Of(("budget", "some")) } }, "Drain" },
        { "a system pod that may be evicted", Annotated(InSystem(Owned("ReplicaSet")), (DrainRules.SafeToEvict, "true")), "Drain" },
        { "a pod that must not be evicted", Annotated(Owned("ReplicaSet"), (DrainRules.SafeToEvict, "false")), "NotSafeToEvictAnnotation" },
        { "a pod with emptyDir", With(Owned("ReplicaSet"), EmptyDir("scratch")), "LocalStorageRequested" },
        { "a pod with hostPath", With(Owned("ReplicaSet"), new Volume { Name = "host", HostPath = new() { Path = "/" } }), "LocalStorageRequested" },
        { "a pod with emptyDir in memory", With(Owned("ReplicaSet"), new Volume { Name = "scratch", EmptyDir = new() { Medium = "Memory" } }), "Drain" },
        { "a pod with emptyDir that may be evicted", Annotated(With(Owned("ReplicaSet"), EmptyDir("scratch")), (DrainRules.SafeToEvict, "true")), "Drain" },
        { "a pod whose emptyDir may be lost", Annotated(With(Owned("ReplicaSet"), EmptyDir("scratch")), (DrainRules.SafeToEvictLocalVolumes, "scratch")), "Drain" },
        { "a pod all of whose emptyDirs may be lost", Annotated(With(Owned("ReplicaSet"), EmptyDir("a"), EmptyDir("b")), (DrainRules.SafeToEvictLocalVolumes, "a,b")), "Drain" },
        { "a pod one of whose emptyDirs may be lost", Annotated(With(Owned("ReplicaSet"), EmptyDir("a"), EmptyDir("b")), (DrainRules.SafeToEvictLocalVolumes, "a")), "LocalStorageRequested" },
        { "a pod with the annotation for another volume", Annotated(With(Owned("ReplicaSet"), EmptyDir("a")), (DrainRules.SafeToEvictLocalVolumes, "")), "LocalStorageRequested" },
        { "a pod whose budget is used up", Labelled(Owned("ReplicaSet"), "none"), "NotEnoughPdb" },
        { "a pod whose budget allows one", Labelled(Owned("ReplicaSet"), "some"), "Drain" },
        { "a bare pod that should have ended by now", Bare() with { Metadata = Bare().Metadata with { DeletionTimestamp = Now.AddSeconds(-61) } }, "Skip" },
        { "a bare pod that is ending", Bare() with { Metadata = Bare().Metadata with { DeletionTimestamp = Now.AddSeconds(-59) } }, "NotReplicated" },
        { "a bare pod with a long grace that is ending", Slow(Now.AddSeconds(-61)), "NotReplicated" },
    };

    [Theory]
    [MemberData(nameof(Pods))]
    public void What_may_be_done_with_a_pod_of_a_node_that_is_to_go(string what, Pod pod, string expected) =>
        Assert.Equal((what, expected), (what, Judge(pod, new ClusterAutoscalerOptions())));

    [Fact]
    public void Each_flag_lets_its_pods_go()
    {
        var all = new ClusterAutoscalerOptions { SkipNodesWithSystemPods = false, SkipNodesWithLocalStorage = false, SkipNodesWithCustomControllerPods = false };
        Assert.Equal("Drain", Judge(InSystem(Owned("ReplicaSet")), all));
        Assert.Equal("Drain", Judge(With(Owned("ReplicaSet"), EmptyDir("scratch")), all));
        Assert.Equal("Drain", Judge(Owned("Foo", "crd/v1"), all));
        Assert.Equal("NotReplicated", Judge(Bare(), all));
    }

    [Fact]
    public void A_set_that_wants_too_few_copies_keeps_its_pod()
    {
        Assert.Equal("MinReplicasReached", Judge(Owned("ReplicaSet"), new ClusterAutoscalerOptions { MinReplicaCount = 4 }));
        Assert.Equal("Drain", Judge(Owned("ReplicaSet"), new ClusterAutoscalerOptions { MinReplicaCount = 3 }));
    }

    [Fact]
    public void A_refusal_says_upstreams_words()
    {
        var rules = new DrainRules(new ClusterAutoscalerOptions(), new Owners());
        Assert.Equal("default/p is not replicated", rules.Judge(Bare(), Budgets, Now).Blocker!.Message);
        Assert.Equal("non-daemonset, non-mirrored, non-pdb-assigned kube-system pod present: p", rules.Judge(InSystem(Owned("ReplicaSet")), Budgets, Now).Blocker!.Message);
        Assert.Equal("not enough pod disruption budget to move default/p", rules.Judge(Labelled(Owned("ReplicaSet"), "none"), Budgets, Now).Blocker!.Message);
    }

    [Fact]
    public void A_budget_is_used_up_by_the_nodes_of_one_plan()
    {
        var budgets = Budgets;
        var pods = new[] { Labelled(Owned("ReplicaSet"), "some") };
        Assert.Null(budgets.FirstRefused(pods, out var together));
        Assert.True(together);
        Assert.Null(budgets.FirstRefused([.. pods, .. pods], out together));
        Assert.False(together);
        budgets.Use(pods);
        Assert.Equal(pods[0], budgets.FirstRefused(pods, out _));
    }

    private static RemainingBudgets Budgets => new([Budget("none", 0, "default"), Budget("some", 1, "default"), Budget("some", 1, "kube-system")]);

    private static string Judge(Pod pod, ClusterAutoscalerOptions options)
    {
        var verdict = new DrainRules(options, new Owners()).Judge(pod, Budgets, Now);
        return verdict.Blocker?.Reason.ToString() ?? verdict.Outcome.ToString();
    }

    private static PodDisruptionBudget Budget(string label, int allowed, string ns) => new()
    {
        Metadata = new() { Name = label, Namespace = ns },
        Spec = new() { Selector = new() { MatchLabels = StringMap.Of(("budget", label)) } },
        Status = new() { DisruptionsAllowed = allowed },
    };

    private static Pod Bare(params ReadOnlySpan<(string, string)> annotations)
    {
        var pod = Make.Pod("p", "100m");
        return pod with { Metadata = pod.Metadata with { Annotations = StringMap.Of(annotations) } };
    }

    private static Pod Owned(string kind, string version = "apps/v1", string owner = "web") =>
        Bare() is var pod ? pod with { Metadata = pod.Metadata with { OwnerReferences = [new OwnerReference { ApiVersion = version, Kind = kind, Name = owner, Uid = owner, Controller = true }] } } : pod;

    private static Pod Annotated(Pod pod, params ReadOnlySpan<(string, string)> annotations) => pod with { Metadata = pod.Metadata with { Annotations = StringMap.Of(annotations) } };

    private static Pod Labelled(Pod pod, string budget) => pod with { Metadata = pod.Metadata with { Labels = StringMap.Of(("budget", budget)) } };

    private static Pod InSystem(Pod pod) => pod with { Metadata = pod.Metadata with { Namespace = "kube-system" } };

    private static Pod With(Pod pod, params Volume[] volumes) => pod with { Spec = pod.Spec with { Volumes = [.. volumes] } };

    private static Volume EmptyDir(string name) => new() { Name = name, EmptyDir = new() };

    private static Pod Ended(string restartPolicy) => Bare() is var pod ? pod with { Spec = pod.Spec with { RestartPolicy = restartPolicy }, Status = new() { Phase = "Succeeded" } } : pod;

    private static Pod Slow(DateTimeOffset deleted) =>
        Bare() is var pod ? pod with { Metadata = pod.Metadata with { DeletionTimestamp = deleted }, Spec = pod.Spec with { TerminationGracePeriodSeconds = 300 } } : pod;

    private sealed class Owners : IControllerLookup
    {
        public (bool Exists, int? Replicas) Find(string ns, OwnerReference owner) => (owner.Name != "gone", 3);
    }
}

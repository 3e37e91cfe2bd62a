using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Admission;

public sealed class AdmissionChainTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void A_pod_endures_a_lost_node_for_five_minutes()
    {
        var tolerations = f.Api.Create(ServerFixture.Pod("web")).Spec.Tolerations;

        Assert.Equal(["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"], tolerations.Select(t => t.Key!));
        Assert.All(tolerations, t => Assert.Equal(("Exists", "NoExecute", 300L), (t.Operator, t.Effect, t.TolerationSeconds)));
    }

    [Fact]
    public void A_pod_that_says_how_long_keeps_its_word()
    {
        var pod = ServerFixture.Pod("web");
        var own = new Toleration { Key = "node.kubernetes.io/unreachable", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 5 };
        var stored = f.Api.Create(pod with { Spec = pod.Spec with { Tolerations = [own] } });

        Assert.Equal([own, .. stored.Spec.Tolerations.Where(t => t.Key == "node.kubernetes.io/not-ready")], stored.Spec.Tolerations);
        Assert.Equal(2, stored.Spec.Tolerations.Count);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("system-cluster-critical", 2_000_000_000)]
    [InlineData("system-node-critical", 2_000_001_000)]
    public void A_priority_class_becomes_a_number(string? name, int priority)
    {
        var pod = ServerFixture.Pod("web");
        var stored = f.Api.Create(pod with { Spec = pod.Spec with { PriorityClassName = name } });
        Assert.Equal((priority, "PreemptLowerPriority"), (stored.Spec.Priority, stored.Spec.PreemptionPolicy));
    }

    [Fact]
    public void An_unknown_priority_class_is_refused()
    {
        var pod = ServerFixture.Pod("web");
        var status = ServerFixture.Refused(() => f.Api.Create(pod with { Spec = pod.Spec with { PriorityClassName = "high" } }));
        Assert.Equal("pods \"web\" is forbidden: no PriorityClass with name high was found", status.Message);

        status = ServerFixture.Refused(() => f.Api.Create(pod with { Spec = pod.Spec with { Priority = 7 } }));
        Assert.StartsWith("pods \"web\" is forbidden: the integer value of priority (7) must not be provided in pod spec;", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_of_one_template_share_one_spec()
    {
        var spec = ServerFixture.Pod("x").Spec;
        var first = f.Api.Create(ServerFixture.Pod("a") with { Spec = spec });
        var second = f.Api.Create(ServerFixture.Pod("b") with { Spec = spec });
        Assert.Same(first.Spec.Tolerations[0], second.Spec.Tolerations[0]);
        Assert.Same(first.Spec.Containers[0], second.Spec.Containers[0]);
    }
}

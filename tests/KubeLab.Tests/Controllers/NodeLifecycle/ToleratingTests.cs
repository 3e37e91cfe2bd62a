using KubeLab.Api.Core;
using KubeLab.Controllers.NodeLifecycle;

namespace KubeLab.Tests.Controllers.NodeLifecycle;

public sealed class ToleratingTests
{
    private static readonly Taint Unreachable = new() { Key = NodeTaints.Unreachable, Effect = "NoExecute" };
    private static readonly Taint Cordon = new() { Key = NodeTaints.Unschedulable, Effect = "NoSchedule" };

    [Fact]
    public void A_pod_that_tolerates_nothing_goes_at_once_unless_the_taint_only_keeps_newcomers_away()
    {
        Assert.Equal(TimeSpan.Zero, Tolerating.Patience([Unreachable], []));
        Assert.Null(Tolerating.Patience([Cordon], []));
    }

    [Fact]
    public void The_shortest_of_the_times_that_count_wins()
    {
        var other = new Taint { Key = "maintenance", Value = "soon", Effect = "NoExecute" };
        Toleration[] tolerations =
        [
            new() { Key = NodeTaints.Unreachable, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 },
            new() { Key = "maintenance", Value = "soon", TolerationSeconds = 60 },
        ];
        Assert.Equal(TimeSpan.FromSeconds(60), Tolerating.Patience([Unreachable, other], [.. tolerations]));
        Assert.Equal(TimeSpan.FromSeconds(300), Tolerating.Patience([Unreachable], [.. tolerations]));
    }

    [Fact]
    public void Without_seconds_it_stays_for_ever_and_negative_ones_mean_at_once()
    {
        Assert.Null(Tolerating.Patience([Unreachable], [new Toleration { Operator = "Exists" }]));
        Assert.Equal(TimeSpan.Zero, Tolerating.Patience([Unreachable], [new Toleration { Operator = "Exists", TolerationSeconds = -1 }]));
    }

    [Theory]
    [InlineData("Ready", "False", "node.kubernetes.io/not-ready")]
    [InlineData("Ready", "Unknown", "node.kubernetes.io/unreachable")]
    [InlineData("MemoryPressure", "True", "node.kubernetes.io/memory-pressure")]
    public void Conditions_become_taints_for_newcomers(string type, string status, string key)
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var node = new Node { Status = new() { Conditions = [new Condition { Type = type, Status = status }] }, Spec = new() { Taints = [Unreachable] } };
        var taints = NodeTaints.ForScheduling(node, now);
        Assert.Equal([Unreachable, new Taint { Key = key, Effect = "NoSchedule", TimeAdded = now }], taints);
        var well = node with { Spec = new() { Taints = taints }, Status = new() { Conditions = [new Condition { Type = "Ready", Status = "True" }] } };
        Assert.Equal([Unreachable], NodeTaints.ForScheduling(well, now));
    }
}

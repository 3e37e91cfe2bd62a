using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Controllers.ReplicaSets;

namespace KubeLab.Tests.Controllers.ReplicaSets;

public sealed class DeletionRankTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Pods_that_are_missed_least_go_first()
    {
        Pod[] expected =
        [
            Pod("unassigned", node: null, phase: "Pending"),
            Pod("pending", phase: "Pending"),
            Pod("unknown", phase: "Unknown"),
            Pod("crashing", restarts: 9),
            Pod("not ready"),
            Pod("cheap", readyFor: 600, cost: -5),
            Pod("crowded", readyFor: 600, node: "full"),
            Pod("young", readyFor: 60),
            Pod("old", readyFor: 600),
            Pod("dear", readyFor: 60, cost: 5),
        ];
        var crowd = expected.Append(Pod("other", node: "full", readyFor: 1)).Append(Pod("another", node: "full", readyFor: 1));
        var spread = expected.Select((p, i) => p.Spec.NodeName is null or "full" ? p : p with { Spec = p.Spec with { NodeName = $"node-{i}" } }).ToList();
        var chosen = ReplicaPlan.Choose([.. Enumerable.Reverse(spread)], crowd.Where(p => p.Spec.NodeName == "full"), 9, Now);
        Assert.Equal(expected.Take(9).Select(p => p.Metadata.Name), chosen.Select(p => p.Metadata.Name));
    }

    [Fact]
    public void Within_one_logarithmic_step_of_age_the_uid_decides()
    {
        // 600 s and 1000 s lie in the same power of two of nanoseconds, 60 s does not.
        var (a, b) = (Pod("b", readyFor: 600), Pod("a", readyFor: 1000));
        Assert.True(new DeletionRank(b, 1, Now) < new DeletionRank(a, 1, Now));
        Assert.True(new DeletionRank(Pod("z", readyFor: 60), 1, Now) < new DeletionRank(b, 1, Now));
    }

    [Fact]
    public void The_ranking_is_a_total_order() => Prop.ForAll(
        Pods.ToArbitrary(), Pods.ToArbitrary(), Pods.ToArbitrary(), (x, y, z) =>
        {
            var (a, b, c) = (new DeletionRank(x, 1, Now), new DeletionRank(y, 1, Now), new DeletionRank(z, 1, Now));
            var antisymmetric = Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a));
            var transitive = !(a <= b && b <= c) || a <= c;
            return antisymmetric && transitive && (a.CompareTo(b) != 0 || x.Metadata.Uid == y.Metadata.Uid);
        }).QuickCheckThrowOnFailure();

    private static Gen<Pod> Pods =>
        from uid in Gen.Choose(0, 5)
        from node in Gen.Elements<string?>(null, "a", "b")
        from phase in Gen.Elements("Pending", "Running", "Unknown")
        from ready in Gen.Elements<int?>(null, 1, 2, 3, 600, 1000)
        from restarts in Gen.Choose(0, 2)
        from cost in Gen.Choose(-1, 1)
        select Pod($"{uid}", node, phase, ready, restarts, cost);

    private static Pod Pod(string name, string? node = "node", string phase = "Running", int? readyFor = null, int restarts = 0, int cost = 0) => new()
    {
        Metadata = new()
        {
            Name = name,
            Uid = name,
            CreationTimestamp = Now.AddHours(-1),
            Annotations = cost == 0 ? default : StringMap.Of((DeletionRank.CostAnnotation, $"{cost}")),
        },
        Spec = new() { NodeName = node },
        Status = new()
        {
            Phase = phase,
            Conditions = readyFor is { } seconds ? [new Condition { Type = "Ready", Status = "True", LastTransitionTime = Now.AddSeconds(-seconds) }] : [],
            ContainerStatuses = [new ContainerStatus { Name = "c", RestartCount = restarts }],
        },
    };
}

using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Controllers.DaemonSets;
using KubeLab.Controllers.History;

namespace KubeLab.Tests.Controllers.DaemonSets;

public sealed class DaemonDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "", true, true)]
    [InlineData("Exists:gpu:NoSchedule", "gpu:NoSchedule", true, true)]
    [InlineData(null, "gpu:NoSchedule", false, true)]
    [InlineData(null, "gpu:NoExecute", false, false)]
    [InlineData(null, "gpu:PreferNoSchedule", true, true)]
    [InlineData(null, "node.kubernetes.io/not-ready:NoExecute", true, true)]
    [InlineData(null, "node.kubernetes.io/unreachable:NoExecute", true, true)]
    [InlineData(null, "node.kubernetes.io/memory-pressure:NoSchedule", true, true)]
    [InlineData(null, "node.kubernetes.io/unschedulable:NoSchedule", true, true)]
    [InlineData(null, "node.kubernetes.io/network-unavailable:NoSchedule", false, true)]
    public void Taints_decide_who_runs_and_who_stays(string? toleration, string taint, bool runs, bool stays)
    {
        var spec = new PodSpec
        {
            Tolerations = toleration?.Split(':') is [var op, var key, var effect] ? [new Toleration { Operator = op, Key = key, Effect = effect }] : default,
        };
        var node = new Node
        {
            Metadata = new() { Name = "a" },
            Spec = new() { Taints = taint.Split(':') is [var k, var e] ? [new Taint { Key = k, Effect = e }] : default },
        };
        Assert.Equal((runs, stays), new DaemonTemplate(new DaemonSet { Spec = new() { Template = new() { Spec = spec } } }).Suits(node));
    }

    [Fact]
    public void A_limited_patience_for_trouble_becomes_unlimited()
    {
        var spec = new PodSpec { Tolerations = [new Toleration { Key = "node.kubernetes.io/not-ready", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 }] };
        Assert.Null(DaemonTolerations.AddedTo(spec)[0].TolerationSeconds);
        Assert.Equal(6, DaemonTolerations.AddedTo(spec).Count);
    }

    [Fact]
    public void The_one_node_takes_the_place_of_other_demands_and_wishes_stay()
    {
        var wish = new PreferredSchedulingTerm { Weight = 1 };
        var affinity = new Affinity
        {
            NodeAffinity = new()
            {
                RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = "x", Operator = "Exists" }] }] },
                PreferredDuringSchedulingIgnoredDuringExecution = [wish],
            },
        };
        var changed = DaemonAffinity.For(affinity, "n");
        Assert.Equal([wish], changed.NodeAffinity!.PreferredDuringSchedulingIgnoredDuringExecution);
        Assert.Equal("n", DaemonAffinity.NodeOf(new Pod { Spec = new() { Affinity = changed } }));
        Assert.Empty(Assert.Single(changed.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution!.NodeSelectorTerms).MatchExpressions);
    }

    [Fact]
    public void Failed_pods_wait_one_second_then_twice_as_long_each_time()
    {
        var backoff = new FailedPodBackoff();
        Assert.Null(backoff.Ask("a", Now));
        Assert.Equal(TimeSpan.FromSeconds(0.5), backoff.Ask("a", Now.AddSeconds(0.5)));
        Assert.Null(backoff.Ask("a", Now.AddSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Ask("a", Now.AddSeconds(2)));
        Assert.Null(backoff.Ask("a", Now.AddSeconds(3)));
        Assert.Null(backoff.Ask("b", Now));
        Assert.Null(backoff.Ask("a", Now.AddHours(1)));
        Assert.Equal(TimeSpan.FromSeconds(0.5), backoff.Ask("a", Now.AddHours(1).AddSeconds(0.5)));
    }

    /// <summary>Whatever state the nodes are in: available old pods go only as far as the bound allows, and no node surges twice.</summary>
    [Fact]
    public void An_update_never_goes_beyond_its_bounds() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 5).ArrayOf(12)), Arb.From(Gen.Choose(0, 12)), ArbMap.Default.ArbFor<bool>(), (states, bound, surges) =>
        {
            var set = new DaemonSet
            {
                Spec = new()
                {
                    UpdateStrategy = new()
                    {
                        Type = "RollingUpdate",
                        RollingUpdate = new() { MaxUnavailable = surges ? 0 : bound, MaxSurge = surges ? bound + 1 : 0 },
                    },
                },
            };
            var nodes = states.Select((s, i) => new DaemonNode($"n{i}", true, true, true, PodsOf(i, s))).ToList();
            var plan = DaemonRollout.Next(set, nodes, "new", Now);
            var bounds = DaemonBounds.Of(set, nodes.Count);
            if (surges)
            {
                var extra = plan.Nodes.Count(n => nodes.Single(x => x.Name == n).Pods.Any(p => DaemonRollout.IsAvailable(set, p, Now)));
                var surging = states.Count(s => s == 4);
                return extra <= Math.Max(0, bounds.MaxSurge - surging)
                    && plan.Pods.All(p => nodes.Single(n => n.Pods.Contains(p)).Pods.Any(q => q != p && DaemonRollout.IsAvailable(set, q, Now)));
            }

            var missing = states.Count(s => s is 0 or 2 or 4 or 5);
            var gone = plan.Pods.Count(p => DaemonRollout.IsAvailable(set, p, Now));
            return gone <= Math.Max(0, bounds.MaxUnavailable - missing) && plan.Nodes.Count == 0;
        }).QuickCheckThrowOnFailure();

    /// <summary>0 none, 1 new and available, 2 new and not available, 3 old and available, 4 old available with new not available, 5 both available.</summary>
    private static IReadOnlyList<Pod> PodsOf(int node, int state) => state switch
    {
        0 => [],
        1 => [PodOf(node, "new", true)],
        2 => [PodOf(node, "new", false)],
        3 => [PodOf(node, "old", true)],
        4 => [PodOf(node, "old", true), PodOf(node, "new", false)],
        _ => [PodOf(node, "old", true), PodOf(node, "new", true)],
    };

    private static Pod PodOf(int node, string hash, bool isReady) => new()
    {
        Metadata = new() { Name = $"{hash}-{node}", Uid = $"{hash}-{node}", Labels = StringMap.Of((RevisionHash.PodLabel, hash)) },
        Spec = new() { NodeName = $"n{node}" },
        Status = new() { Phase = "Running", Conditions = [new Condition { Type = "Ready", Status = isReady ? "True" : "False", LastTransitionTime = Now.AddMinutes(-1) }] },
    };
}

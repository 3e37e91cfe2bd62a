using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Tests.Scheduling;

public sealed class SchedulingPropertyTests
{
    private const string Host = "kubernetes.io/hostname";
    private const string Zone = "topology.kubernetes.io/zone";

    [Fact]
    public void Every_choice_is_one_that_a_scheduler_which_scores_all_nodes_from_scratch_could_make() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed => EveryChoiceIsBest(seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Requests_are_never_overcommitted() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed => NothingIsOvercommitted(seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    /// <summary>Random nodes in zones, some tainted or without labels; random pods of a few shapes, some leaving again.</summary>
    private static void EveryChoiceIsBest(int seed)
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var lab = new ServerAndScheduler(clock, seed);
        var dice = new Randomness(seed).For("test");
        var count = 3 + dice.NextInt(9);
        for (var i = 0; i < count; i++)
        {
            lab.Api.Create(RandomNode(dice, i));
        }

        var service = new Service { Metadata = new() { Name = "grouped", Namespace = "default" }, Spec = new() { Selector = StringMap.Of(("app", "b")), Ports = [new() { Port = 80 }] } };
        lab.Api.Create(service);
        var shapes = Enumerable.Range(0, 4).Select(_ => RandomPod(dice)).ToList();
        for (var i = 0; i < 30; i++)
        {
            clock.RunFor(TimeSpan.FromSeconds(1));
            if (dice.NextInt(10) == 0)
            {
                lab.Api.Create(RandomNode(dice, count++));
                clock.RunFor(TimeSpan.FromSeconds(1));
            }

            var pod = shapes[dice.NextInt(shapes.Count)];
            pod = pod with { Metadata = pod.Metadata with { Name = $"p{i}" } };
            var placed = lab.Api.List<Pod>().Where(p => p.Spec.NodeName is not null).ToList();
            var totals = new NaiveScheduler(lab.Api.List<Node>(), placed, [service]).Totals(pod);
            lab.Api.Create(pod);
            clock.RunFor(TimeSpan.FromSeconds(1));
            var node = lab.NodeOf($"p{i}");
            if (node is null)
            {
                Assert.True(totals.Count == 0, $"seed {seed}, pod {i}: it would fit {string.Join(", ", totals.Keys)}; {lab.Scheduler.Explain(pod)?.Message}");
            }
            else
            {
                Assert.True(totals.ContainsKey(node), $"seed {seed}, pod {i}: {node} is not among {string.Join(", ", totals.Keys)}");
                Assert.True(totals[node] == totals.Values.Max(), $"seed {seed}, pod {i}: {node} of {string.Join(", ", totals)}");
            }

            if (node is null || dice.NextInt(4) == 0)
            {
                lab.Api.Delete<Pod>("default", $"p{i}", new DeleteOptions { GracePeriodSeconds = 0 });
            }
        }
    }

    private static void NothingIsOvercommitted(int seed)
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var lab = new ServerAndScheduler(clock, seed);
        var dice = new Randomness(seed).For("test");
        for (var i = 0; i < 5; i++)
        {
            lab.Api.Create(RandomNode(dice, i));
        }

        for (var i = 0; i < 60; i++)
        {
            var pod = RandomPod(dice) with { Spec = RandomPod(dice).Spec with { PriorityClassName = dice.NextInt(4) == 0 ? "system-node-critical" : null } };
            lab.Api.Create(pod with { Metadata = pod.Metadata with { Name = $"p{i}" } });
            clock.RunFor(TimeSpan.FromSeconds(dice.NextInt(3)));
            var pods = lab.Api.List<Pod>();
            foreach (var node in lab.Api.List<Node>())
            {
                var on = pods.Where(p => p.Spec.NodeName == node.Metadata.Name).ToList();
                Assert.True(on.Count <= node.Status.Allocatable["pods"]!.Value.Value, $"seed {seed}: too many pods on {node.Metadata.Name}");
                Assert.True(on.Sum(p => p.Spec.Containers[0].Resources.Requests["cpu"]?.MilliValue ?? 0) <= node.Status.Allocatable["cpu"]!.Value.MilliValue, $"seed {seed}: CPU of {node.Metadata.Name}");
            }

            if (pods.Count > 0 && dice.NextInt(3) == 0)
            {
                lab.Api.Delete<Pod>("default", pods[dice.NextInt(pods.Count)].Metadata.Name!, new DeleteOptions { GracePeriodSeconds = 0 });
            }
        }
    }

    private static Node RandomNode(Randomness dice, int i)
    {
        var labels = StringMap.Of((Host, $"n{i}"));
        labels = dice.NextInt(6) == 0 ? labels : labels.With(Zone, $"z{dice.NextInt(3)}");
        Taint[] taints = dice.NextInt(6) == 0 ? [new() { Key = "t", Value = "v", Effect = dice.NextInt(2) == 0 ? "NoSchedule" : "PreferNoSchedule" }] : [];
        var node = Make.Node($"n{i}", $"{1 + dice.NextInt(8)}", $"{1 + dice.NextInt(16)}Gi", 3 + dice.NextInt(8));
        return node with { Metadata = node.Metadata with { Labels = labels }, Spec = new() { Taints = taints.ToValueList() } };
    }

    private static Pod RandomPod(Randomness dice)
    {
        var app = $"{(char)('a' + dice.NextInt(3))}";
        var pod = Make.Labelled("p", ("app", app));
        var cpu = dice.NextInt(4) == 0 ? null : $"{100 * (1 + dice.NextInt(12))}m";
        return pod with
        {
            Spec = pod.Spec with
            {
                Containers = [Make.Container("c", cpu, $"{100 * (1 + dice.NextInt(20))}Mi")],
                Tolerations = dice.NextInt(3) == 0 ? [new Toleration { Key = "t", Operator = "Exists" }] : default,
                TopologySpreadConstraints = Enumerable.Range(0, dice.NextInt(3)).Select(i => Constraint(i)).DistinctBy(c => (c.TopologyKey, c.WhenUnsatisfiable)).ToValueList(),
                Affinity = dice.NextInt(2) == 0 ? null : new Affinity
                {
                    PodAffinity = dice.NextInt(2) == 0 ? null : new PodAffinity
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = Enumerable.Range(0, dice.NextInt(3)).Select(_ => Term()).ToValueList(),
                        PreferredDuringSchedulingIgnoredDuringExecution = Enumerable.Range(0, dice.NextInt(2)).Select(_ => Wish()).ToValueList(),
                    },
                    PodAntiAffinity = dice.NextInt(2) == 0 ? null : new PodAntiAffinity
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = Enumerable.Range(0, dice.NextInt(2)).Select(_ => Term()).ToValueList(),
                        PreferredDuringSchedulingIgnoredDuringExecution = Enumerable.Range(0, dice.NextInt(2)).Select(_ => Wish()).ToValueList(),
                    },
                },
            },
        };

        string Key() => dice.NextInt(2) == 0 ? Host : Zone;

        LabelSelector Some() => new() { MatchLabels = StringMap.Of(("app", $"{(char)('a' + dice.NextInt(3))}")) };

        PodAffinityTerm Term() => new() { TopologyKey = Key(), LabelSelector = Some() };

        WeightedPodAffinityTerm Wish() => new() { Weight = 1 + dice.NextInt(100), PodAffinityTerm = Term() };

        TopologySpreadConstraint Constraint(int i)
        {
            var hard = dice.NextInt(2) == 0;
            return new TopologySpreadConstraint
            {
                TopologyKey = Key(),
                MaxSkew = 1 + dice.NextInt(2),
                WhenUnsatisfiable = hard ? "DoNotSchedule" : "ScheduleAnyway",
                LabelSelector = Some(),
                MinDomains = hard && dice.NextInt(3) == 0 ? 2 + dice.NextInt(2) : null,
                NodeTaintsPolicy = hard && dice.NextInt(2) == 0 ? "Honor" : null,
            };
        }
    }
}

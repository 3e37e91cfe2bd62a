using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Etcd;
using KubeLab.Scheduling;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Plugins;
using KubeLab.Simulation;

namespace KubeLab.Tests.Scheduling;

public sealed class SchedulerTests
{
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ServerAndScheduler lab;

    public SchedulerTests() => lab = new ServerAndScheduler(clock, seed: 1);

    [Fact]
    public void A_pod_gets_a_node_and_an_event_says_so()
    {
        lab.Api.Create(Make.Node("worker-1"));
        lab.Api.Create(Make.Pod("web", "100m"));
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal("worker-1", lab.Api.Get<Pod>("default", "web").Spec.NodeName);
        Assert.Equal("Successfully assigned default/web to worker-1", Assert.Single(lab.Events("web"), e => e.Reason == "Scheduled").Message);
    }

    [Fact]
    public void A_pod_that_fits_nowhere_says_why_and_goes_as_soon_as_it_can()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "2"));
        lab.Api.Create(Make.Node("worker-2", cpu: "4") with { Spec = new() { Unschedulable = true } });
        lab.Api.Create(Make.Pod("big", "3"));
        clock.RunFor(TimeSpan.FromSeconds(2));
        const string why = "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable. "
            + "preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.";
        var condition = lab.Api.Get<Pod>("default", "big").Status.Conditions.Find(c => c.Type == "PodScheduled")!;
        Assert.Equal(("False", "Unschedulable", why), (condition.Status, condition.Reason, condition.Message));
        Assert.Equal(why, Assert.Single(lab.Events("big")).Message);

        var cordoned = lab.Api.Get<Node>("", "worker-2");
        lab.Api.Update(cordoned with { Spec = cordoned.Spec with { Unschedulable = false } });
        clock.RunFor(TimeSpan.FromSeconds(2));
        Assert.Equal("worker-2", lab.Api.Get<Pod>("default", "big").Spec.NodeName);
    }

    [Fact]
    public void A_pod_waits_for_room_and_takes_it_when_another_leaves()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        lab.Api.Create(Make.Pod("first", "800m"));
        clock.RunFor(TimeSpan.FromSeconds(1));
        lab.Api.Create(Make.Pod("second", "800m"));
        clock.RunFor(TimeSpan.FromMinutes(1));
        Assert.Null(lab.Api.Get<Pod>("default", "second").Spec.NodeName);

        lab.Api.Delete<Pod>("default", "first", new DeleteOptions { GracePeriodSeconds = 0 });
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal("worker-1", lab.Api.Get<Pod>("default", "second").Spec.NodeName);
    }

    [Fact]
    public void A_gated_pod_stays_out_until_its_gate_is_lifted()
    {
        lab.Api.Create(Make.Node("worker-1"));
        var pod = Make.Pod("gated");
        lab.Api.Create(pod with { Spec = pod.Spec with { SchedulingGates = [new PodSchedulingGate { Name = "example.org/wait" }] } });
        clock.RunFor(TimeSpan.FromMinutes(10));
        var waiting = lab.Api.Get<Pod>("default", "gated");
        Assert.Null(waiting.Spec.NodeName);

        lab.Api.Update(waiting with { Spec = waiting.Spec with { SchedulingGates = [] } });
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal("worker-1", lab.Api.Get<Pod>("default", "gated").Spec.NodeName);
    }

    [Fact]
    public void A_more_important_pod_takes_the_place_of_the_least_important()
    {
        lab.Api.Create(Make.Node("worker-1", cpu: "1"));
        lab.Api.Create(Make.Node("worker-2", cpu: "1"));
        var low = Make.Pod("low", "900m");
        lab.Api.Create(low with { Spec = low.Spec with { TerminationGracePeriodSeconds = 30 } });
        lab.Api.Create(Make.Pod("middle", "900m", priorityClass: "system-cluster-critical"));
        clock.RunFor(TimeSpan.FromSeconds(1));
        var room = lab.Api.Get<Pod>("default", "low").Spec.NodeName;
        lab.Api.Create(Make.Pod("high", "900m", priorityClass: "system-node-critical"));
        clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(room, lab.Api.Get<Pod>("default", "high").Status.NominatedNodeName);
        Assert.Null(lab.Api.Get<Pod>("default", "middle").Metadata.DeletionTimestamp);
        Assert.NotNull(lab.Api.Get<Pod>("default", "low").Metadata.DeletionTimestamp);

        lab.Api.Delete<Pod>("default", "low", new DeleteOptions { GracePeriodSeconds = 0 });
        clock.RunFor(TimeSpan.FromSeconds(12));
        Assert.Equal(room, lab.Api.Get<Pod>("default", "high").Spec.NodeName);
    }

    [Fact]
    public void The_remembered_choice_is_the_choice_of_looking_at_all_nodes() =>
        Prop.ForAll(
            Gen.Choose(1, int.MaxValue).ToArbitrary(),
            seed => Assert.True(EveryChoiceIsBest(seed)))
            .QuickCheckThrowOnFailure();

    /// <summary>Random nodes, random pods of a few templates, some leaving again: each pod must land on a node that nobody beats.</summary>
    private static bool EveryChoiceIsBest(int seed)
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var lab = new ServerAndScheduler(clock, seed);
        var dice = new Randomness(seed).For("test");
        for (var i = 0; i < 12; i++)
        {
            lab.Api.Create(Make.Node($"n{i}", $"{1 + dice.NextInt(8)}", $"{1 + dice.NextInt(16)}Gi", 3 + dice.NextInt(8)));
        }

        var templates = Enumerable.Range(0, 3).Select(i => Make.Pod($"t{i}", $"{100 * (1 + dice.NextInt(12))}m", $"{100 * (1 + dice.NextInt(20))}Mi")).ToList();
        var best = true;
        for (var i = 0; i < 40; i++)
        {
            clock.RunFor(TimeSpan.FromSeconds(1));
            var pod = templates[dice.NextInt(3)];
            pod = pod.WithMetadata(new() { Name = $"p{i}", Namespace = "default" });
            var highest = lab.Scheduler.Cache.Nodes.Select(n => ScoreOf(pod, n)).DefaultIfEmpty(-1).Max();
            var scores = lab.Scheduler.Cache.Nodes.ToDictionary(n => n.Name, n => ScoreOf(pod, n));
            lab.Api.Create(pod);
            clock.RunFor(TimeSpan.FromSeconds(1));
            var node = lab.Api.Get<Pod>("default", $"p{i}").Spec.NodeName;
            best &= node is null ? highest < 0 : scores[node] == highest;
            if (node is null || dice.NextInt(4) == 0)
            {
                lab.Api.Delete<Pod>("default", $"p{i}", new DeleteOptions { GracePeriodSeconds = 0 });
            }
        }

        return best;
    }

    private static long ScoreOf(Pod pod, NodeInfo node)
    {
        var fit = new NodeResourcesFit();
        var info = Make.Info(pod);
        return fit.Filter(new(), info, node).IsSuccess
            ? fit.Score(new(), info, node) + new NodeResourcesBalancedAllocation().Score(new(), info, node)
            : -1;
    }

    private sealed class ServerAndScheduler
    {
        public ServerAndScheduler(VirtualClock clock, long seed)
        {
            var chance = new Randomness(seed);
            var server = new KubeLab.ApiServer.ApiServer(clock, chance.For("apiserver"), new SingleMemberEtcd(clock));
            server.Start();
            Api = server.ConnectAs("test");
            Scheduler = new Scheduler(server.ConnectAs("system:kube-scheduler"), clock, chance.For("scheduler"));
            Scheduler.Start();
        }

        public IKubernetesApi Api { get; }

        public Scheduler Scheduler { get; }

        public IReadOnlyList<Event> Events(string pod) =>
            [.. Api.List<Event>("default").Where(e => e.InvolvedObject.Name == pod)];
    }
}

using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Controllers.Owning;

namespace KubeLab.Tests.Controllers.DaemonSets;

public sealed class DaemonSetReconcilerTests
{
    private static readonly StringMap Labels = StringMap.Of(("app", "agent"));
    private readonly ControllerLab lab = new("a", "b", "c");

    [Fact]
    public void Every_node_has_one_and_a_new_node_gets_one()
    {
        Create();
        lab.Run(5);
        Assert.Equal("a:1 b:1 c:1", Images);
        Assert.Equal((3, 3, 3, 3, 3, 0), Counts);
        Assert.Equal(1, Agent.Status.ObservedGeneration);
        lab.AddNode("d");
        lab.Run(5);
        Assert.Equal("a:1 b:1 c:1 d:1", Images);
        Assert.Equal(4, lab.EventsOf("DaemonSet").Count(e => e.StartsWith("Normal SuccessfulCreate Created pod: agent-", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_pod_is_tied_to_its_node_by_name_and_lives_with_the_nodes_troubles()
    {
        Create(s => s with { Template = s.Template with { Spec = s.Template.Spec with { HostNetwork = true } } });
        lab.Run(5);
        var pod = lab.Pods.First(p => p.Spec.NodeName == "b");
        var term = Assert.Single(pod.Spec.Affinity!.NodeAffinity!.RequiredDuringSchedulingIgnoredDuringExecution!.NodeSelectorTerms);
        Assert.Equal(new NodeSelectorRequirement { Key = "metadata.name", Operator = "In", Values = ["b"] }, Assert.Single(term.MatchFields));
        Assert.Equal(
            [
                "not-ready:NoExecute", "unreachable:NoExecute", "disk-pressure:NoSchedule", "memory-pressure:NoSchedule", "pid-pressure:NoSchedule",
                "unschedulable:NoSchedule", "network-unavailable:NoSchedule",
            ],
            pod.Spec.Tolerations.Select(t => $"{t.Key!["node.kubernetes.io/".Length..]}:{t.Effect}"));
        Assert.Equal("1", pod.Metadata.Labels["pod-template-generation"]);
        Assert.True(Ownership.IsControlledBy(pod.Metadata, Agent.Metadata));
    }

    [Fact]
    public void Labels_and_taints_of_nodes_decide_who_gets_one_and_who_keeps_it()
    {
        ChangeNode("a", n => n with { Metadata = n.Metadata with { Labels = n.Metadata.Labels.With("gpu", "yes") } });
        ChangeNode("b", n => n with { Metadata = n.Metadata with { Labels = n.Metadata.Labels.With("gpu", "yes") } });
        Create(s => s with { Template = s.Template with { Spec = s.Template.Spec with { NodeSelector = StringMap.Of(("gpu", "yes")) } } });
        lab.Run(5);
        Assert.Equal("a:1 b:1", Images);

        // Without the label it must go; with a taint NoSchedule it may stay but would not be made; NoExecute drives it away.
        ChangeNode("a", n => n with { Metadata = n.Metadata with { Labels = n.Metadata.Labels.Without("gpu") } });
        ChangeNode("b", n => n with { Spec = n.Spec with { Taints = [new Taint { Key = "team", Value = "x", Effect = "NoSchedule" }] } });
        lab.Run(5);
        Assert.Equal("b:1", Images);
        Assert.Equal((0, 0, 1), (Agent.Status.DesiredNumberScheduled, Agent.Status.CurrentNumberScheduled, Agent.Status.NumberMisscheduled));
        ChangeNode("b", n => n with { Spec = n.Spec with { Taints = [new Taint { Key = "team", Value = "x", Effect = "NoExecute" }] } });
        lab.Run(5);
        Assert.Equal("", Images);
        Assert.Equal(0, Agent.Status.NumberMisscheduled);
    }

    [Fact]
    public void A_cordoned_node_keeps_its_daemon_and_gets_a_new_one()
    {
        ChangeNode("a", n => n with { Spec = n.Spec with { Unschedulable = true, Taints = [new Taint { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" }] } });
        Create();
        lab.Run(5);
        Assert.Equal("a:1 b:1 c:1", Images);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("34%", 2)]
    [InlineData("100%", 3)]
    public void Old_pods_give_way_as_many_at_once_as_may_be_missing(string maxUnavailable, int first)
    {
        Create(s => s with { UpdateStrategy = Rolling(IntOrString.Parse(maxUnavailable), 0) });
        lab.Run(5);
        SetImage("agent:2");
        lab.Run(0.3);
        Assert.Equal(first, lab.Pods.Count(p => p.Metadata.DeletionTimestamp is not null));
        lab.Run(30);
        Assert.Equal("a:2 b:2 c:2", Images);
        Assert.Equal((3, 3, 3, 3, 3, 0), Counts);
    }

    [Fact]
    public void With_a_surge_the_new_pod_is_available_before_the_old_one_goes()
    {
        Create(s => s with { UpdateStrategy = Rolling(0, 1) });
        lab.Run(5);
        SetImage("agent:2");
        lab.Run(1);
        Assert.Equal(4, lab.Pods.Count);
        Assert.DoesNotContain(lab.Pods, p => p.Metadata.DeletionTimestamp is not null);
        for (var i = 0; i < 300; i++)
        {
            lab.Run(0.1);
            Assert.All(["a", "b", "c"], n => Assert.Contains(lab.Pods, p => p.Spec.NodeName == n && KubeLab.Controllers.Pods.PodState.IsReady(p)));
        }

        Assert.Equal("a:2 b:2 c:2", Images);
    }

    [Fact]
    public void With_OnDelete_a_pod_gets_the_new_template_when_somebody_deletes_it()
    {
        Create(s => s with { UpdateStrategy = new() { Type = "OnDelete" } });
        lab.Run(5);
        SetImage("agent:2");
        lab.Run(10);
        Assert.Equal("a:1 b:1 c:1", Images);
        Assert.Equal(0, Agent.Status.UpdatedNumberScheduled);
        lab.Api.Delete<Pod>("default", lab.Pods.First(p => p.Spec.NodeName == "b").Metadata.Name!);
        lab.Run(10);
        Assert.Equal("a:1 b:2 c:1", Images);
    }

    [Fact]
    public void A_failed_pod_is_replaced_later_and_later()
    {
        Create();
        lab.Run(5);
        var times = new List<double>();
        var seen = new HashSet<string?>();
        for (var i = 0; i < 200; i++)
        {
            var pod = lab.Pods.FirstOrDefault(p => p.Spec.NodeName == "a" && p.Metadata.DeletionTimestamp is null);
            if (pod is not null && seen.Add(pod.Metadata.Uid))
            {
                times.Add(i / 5.0);
                lab.Api.UpdateStatus(pod with { Status = pod.Status with { Phase = "Failed", Conditions = default } });
            }

            lab.Run(0.2);
        }

        var pauses = times.Zip(times.Skip(1), (x, y) => y - x).ToList();
        Assert.True(pauses.Count >= 4, string.Join(' ', pauses));
        Assert.True(pauses[^1] > 2 * pauses[1], string.Join(' ', pauses));
        Assert.Contains(
            lab.EventsOf("DaemonSet"), e => e.StartsWith("Warning FailedDaemonPod Found failed daemon pod default/agent-", StringComparison.Ordinal) && e.EndsWith(" on node a, will try to kill it", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_pods_on_a_node_the_older_one_stays()
    {
        Create();
        lab.Run(5);
        var first = lab.Pods.First(p => p.Spec.NodeName == "a");
        lab.Api.Create(new Pod
        {
            Metadata = new() { Name = "agent-extra", Namespace = "default", Labels = first.Metadata.Labels },
            Spec = first.Spec with { NodeName = null },
        });
        lab.Run(5);
        Assert.Equal(first.Metadata.Uid, Assert.Single(lab.Pods, p => p.Spec.NodeName == "a").Metadata.Uid);
    }

    [Fact]
    public void Going_back_reuses_the_revision_and_old_ones_beyond_the_limit_are_forgotten()
    {
        Create(s => s with { RevisionHistoryLimit = 1, UpdateStrategy = Rolling("100%", 0) });
        lab.Run(5);
        SetImage("agent:2");
        lab.Run(10);
        SetImage("agent:1");
        lab.Run(10);
        Assert.Equal([2, 3], Revisions);
        SetImage("agent:3");
        lab.Run(10);
        Assert.Equal([3, 4], Revisions);
        Assert.Equal("4", Agent.Metadata.Annotations["deprecated.daemonset.template.generation"]);
    }

    [Fact]
    public void Pods_count_when_they_have_been_ready_for_long_enough()
    {
        Create(s => s with { MinReadySeconds = 20 });
        lab.Run(10);
        Assert.Equal((3, 0, 3), (Agent.Status.NumberReady, Agent.Status.NumberAvailable, Agent.Status.NumberUnavailable));
        lab.Run(15);
        Assert.Equal((3, 0), (Agent.Status.NumberAvailable, Agent.Status.NumberUnavailable));
    }

    [Fact]
    public void Pods_that_wait_for_a_node_that_is_gone_are_removed()
    {
        lab.Kill("c");
        Create();
        lab.Run(1);
        lab.Api.Delete<Node>("", "c");
        lab.Run(5);
        Assert.Equal("a:1 b:1", Images);
        Assert.Equal(2, Agent.Status.DesiredNumberScheduled);
    }

    [Fact]
    public void Orphaned_pods_are_adopted_again()
    {
        Create();
        lab.Run(5);
        lab.Api.Delete<DaemonSet>("default", "agent", new DeleteOptions { PropagationPolicy = "Orphan" });
        lab.Run(5);
        var before = lab.Pods.Select(p => p.Metadata.Uid).ToList();
        Create();
        lab.Run(5);
        Assert.Equal(before, lab.Pods.Select(p => p.Metadata.Uid));
        Assert.All(lab.Pods, p => Assert.True(Ownership.IsControlledBy(p.Metadata, Agent.Metadata)));
        Assert.Equal([1], Revisions);
    }

    [Fact]
    public void Five_thousand_nodes_cost_no_round_per_node()
    {
        for (var i = 0; i < 5000; i++)
        {
            lab.Api.Create(new Node { Metadata = new() { Name = $"n{i}" } });
        }

        var rounds = 0;
        var watched = new Informer<DaemonSet>(lab.Api, lab.Clock, DaemonSet.Resource);
        watched.Updated += (_, _) => rounds++;
        watched.Start();
        Create();
        lab.Run(10);
        Assert.Equal(5003, lab.Pods.Count);
        Assert.Equal(5003, Agent.Status.CurrentNumberScheduled);

        // At most 250 pods in one round, and a status for each round.
        Assert.InRange(rounds, 21, 60);
    }

    private DaemonSet Agent => lab.Api.Get<DaemonSet>("default", "agent");

    private (int, int, int, int, int, int) Counts => (
        Agent.Status.DesiredNumberScheduled, Agent.Status.CurrentNumberScheduled, Agent.Status.NumberReady,
        Agent.Status.UpdatedNumberScheduled, Agent.Status.NumberAvailable, Agent.Status.NumberUnavailable);

    private IEnumerable<long> Revisions => lab.Api.List<ControllerRevision>("default").Select(r => r.Revision).Order();

    private string Images => string.Join(' ', lab.Pods.Where(p => p.Metadata.DeletionTimestamp is null)
        .OrderBy(p => p.Spec.NodeName, StringComparer.Ordinal).Select(p => $"{p.Spec.NodeName}:{p.Spec.Containers[0].Image![6..]}"));

    private static DaemonSetUpdateStrategy Rolling(IntOrString unavailable, IntOrString surge) =>
        new() { Type = "RollingUpdate", RollingUpdate = new() { MaxUnavailable = unavailable, MaxSurge = surge } };

    private void Create(Func<DaemonSetSpec, DaemonSetSpec>? change = null)
    {
        var spec = new DaemonSetSpec
        {
            Selector = new() { MatchLabels = Labels },
            Template = new() { Metadata = new() { Labels = Labels }, Spec = ControllerLab.SpecOf("agent:1") },
        };
        lab.Api.Create(new DaemonSet { Metadata = new() { Name = "agent", Namespace = "default" }, Spec = change?.Invoke(spec) ?? spec });
    }

    private void SetImage(string image)
    {
        var agent = Agent;
        lab.Api.Update(agent with { Spec = agent.Spec with { Template = agent.Spec.Template with { Spec = ControllerLab.SpecOf(image) } } });
    }

    private void ChangeNode(string name, Func<Node, Node> change) => lab.Api.Update(change(lab.Api.Get<Node>("", name)));
}

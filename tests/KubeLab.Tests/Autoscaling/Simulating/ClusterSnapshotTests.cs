using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Tests.Scheduling;

namespace KubeLab.Tests.Autoscaling.Simulating;

public sealed class ClusterSnapshotTests
{
    [Fact]
    public void A_pod_is_placed_where_the_schedulers_filters_let_it_and_refused_with_their_words_elsewhere()
    {
        var snapshot = new SnapshotLab().With(Make.Node("a", "1"), Make.Pod("old", "800m")).With(Make.Node("b", "1")).Snapshot;

        Assert.Equal("Insufficient cpu", snapshot.TryPlace(Make.Pod("new", "500m"), "a")!.Text);
        Assert.Null(snapshot.TryPlace(Make.Pod("new", "500m"), "b"));
        Assert.Equal("NodeResourcesFit", snapshot.TryPlace(Make.Pod("next", "600m"), "b")!.Plugin);
    }

    [Fact]
    public void What_was_tried_is_taken_back_also_in_tries_within_tries()
    {
        var lab = new SnapshotLab().With(Make.Node("a"), Make.Pod("old", "1"));
        var before = lab.Seen;

        lab.Snapshot.Fork();
        lab.Snapshot.AddNode(Make.Node("template"), [Make.Pod("daemon", "100m")]);
        lab.Snapshot.Place(Make.Pod("new", "1"), "template");
        lab.Snapshot.Fork();
        lab.Snapshot.RemovePod(new ObjectKey("default", "old"), "a");
        lab.Snapshot.RemoveNode("template");
        Assert.Equal("a:", lab.Seen);
        lab.Snapshot.Revert();
        Assert.Equal("a: old; template: daemon new", lab.Seen);
        lab.Snapshot.Revert();

        Assert.Equal(before, lab.Seen);
        Assert.False(lab.Snapshot.IsForked);
    }

    [Fact]
    public void What_is_kept_within_a_try_goes_with_the_outer_one()
    {
        var lab = new SnapshotLab().With(Make.Node("a"));
        lab.Snapshot.Fork();
        lab.Snapshot.Fork();
        lab.Snapshot.Place(Make.Pod("kept"), "a");
        lab.Snapshot.Commit();
        Assert.Equal("a: kept", lab.Seen);
        lab.Snapshot.Revert();
        Assert.Equal("a:", lab.Seen);
    }

    [Fact]
    public void Pods_that_refuse_each_other_are_counted_on_nodes_that_do_not_exist()
    {
        var alone = Make.Labelled("x", ("app", "web"));
        alone = alone with
        {
            Spec = alone.Spec with
            {
                Affinity = new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [new PodAffinityTerm { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = StringMap.Of(("app", "web")) } }] } },
            },
        };
        Pod Named(string name) => alone with { Metadata = alone.Metadata with { Name = name } };
        var snapshot = new SnapshotLab().With(Make.Node("t-1").In(("kubernetes.io/hostname", "t-1"))).With(Make.Node("t-2").In(("kubernetes.io/hostname", "t-2"))).Snapshot;

        snapshot.Fork();
        Assert.Null(snapshot.TryPlace(Named("one"), "t-1"));
        Assert.Equal("InterPodAffinity", snapshot.TryPlace(Named("two"), "t-1")!.Plugin);
        Assert.Null(snapshot.TryPlace(Named("two"), "t-2"));
        snapshot.Revert();
        Assert.Null(snapshot.TryPlace(Named("two"), "t-1"));
    }

    [Fact]
    public void A_search_begins_behind_the_last_node_found()
    {
        var snapshot = new SnapshotLab().With(Make.Node("a")).With(Make.Node("b")).With(Make.Node("c")).Snapshot;
        var from = 0;
        var found = Enumerable.Range(0, 4).Select(i => snapshot.TryPlaceAnywhere(Make.Pod($"p{i}", "1"), n => n.Name != "b", ref from)!.Name);
        Assert.Equal(["a", "c", "a", "c"], found);
    }

    [Fact]
    public void News_of_the_cluster_are_refused_while_something_is_tried()
    {
        var snapshot = new SnapshotLab().With(Make.Node("a")).Snapshot;
        snapshot.Fork();
        Assert.Throws<InvalidOperationException>(() => snapshot.SetPod(Make.Pod("p").On("a")));
    }

    [Fact]
    public void Any_row_of_changes_is_undone_exactly()
    {
        var changes = Gen.Choose(0, 3).Zip(Gen.Choose(0, 3)).Zip(Gen.Choose(0, 5)).ListOf(30);
        Prop.ForAll(Arb.From(changes), row =>
        {
            var lab = new SnapshotLab().With(Make.Node("n0"), Make.Pod("p0", "1")).With(Make.Node("n1"), Make.Pod("p1", "2"), Make.Pod("p2"));
            var before = (lab.Seen, Requested(lab));
            lab.Snapshot.Fork();
            foreach (var ((what, node), pod) in row)
            {
                var (name, key) = ($"n{node}", new ObjectKey("default", $"p{pod}"));
                var there = lab.Snapshot.Find(name);
                _ = (what, there) switch
                {
                    (0, _) => lab.Snapshot.AddNode(Make.Node(name, "8")) is null,
                    (1, not null) => Done(() => lab.Snapshot.RemoveNode(name)),
                    (2, not null) when !lab.Snapshot.Nodes.Any(n => n.Pods.Any(p => p.Key == key)) => Done(() => lab.Snapshot.Place(Make.Pod($"p{pod}", "1"), name)),
                    (3, _) => Done(() => lab.Snapshot.RemovePod(key, name)),
                    _ => false,
                };
            }

            lab.Snapshot.Revert();
            return before == (lab.Seen, Requested(lab));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

        static bool Done(Action act)
        {
            act();
            return true;
        }

        static long Requested(SnapshotLab lab) => lab.Snapshot.Nodes.Sum(n => n.Requested.MilliCpu + n.Allocatable.MilliCpu);
    }
}

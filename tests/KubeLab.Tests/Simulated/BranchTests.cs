using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;

namespace KubeLab.Tests.Simulated;

public class BranchTests
{
    [Fact]
    public void A_branch_that_changes_nothing_ends_in_the_same_state()
    {
        using var cluster = Busy();
        using var branch = cluster.Branch();
        Assert.Equal(Everything(cluster), Everything((SimulatedCluster)branch));

        cluster.RunFor(TimeSpan.FromMinutes(20));
        branch.RunFor(TimeSpan.FromMinutes(20));

        Assert.Equal(Everything(cluster), Everything((SimulatedCluster)branch));
        Assert.Equal(cluster.Cost, branch.Cost);
        Assert.Equal(cluster.Charts.Overview().ToJson(), branch.Charts.Overview().ToJson());
        var comparison = cluster.CompareWith(branch);
        Assert.True(comparison.IsSame, comparison.ToString());
    }

    [Fact]
    public void Whoever_looks_on_leaves_no_trace()
    {
        using var watched = Busy();
        var seen = 0;
        using var watch = watched.Api.Watch(Pod.Resource, null, ListOptions.All, new Counting(() => seen++));
        watched.Clock.Every(TimeSpan.FromSeconds(7), () => watched.Kubectl("get pods -A"));
        watched.Kubectl("delete pod -l app=web --wait=false");
        watched.RunFor(TimeSpan.FromMinutes(3));
        watched.Kubectl("rollout status deployment/web");
        _ = watched.Charts.Utilisation();

        using var branch = watched.Branch();

        Assert.True(seen > 10);
        Assert.Equal(Everything(watched), Everything((SimulatedCluster)branch));
    }

    [Fact]
    public void What_a_command_did_in_a_container_is_done_again_and_who_only_followed_left_no_trace()
    {
        using var cluster = Busy();
        cluster.Kubectl("run waiter --image=busybox:1.36 --restart=Never --command -- sh -c 'until [ -f /tmp/go ]; do sleep 1; done; echo went'");
        cluster.RunFor(60);
        cluster.Kubectl("logs -f waiter --request-timeout=10s");
        cluster.Kubectl("exec waiter -- sh -c 'sleep 5; touch /tmp/go'");
        Assert.Equal("went\n", cluster.Kubectl("logs -f waiter").StdOut);
        cluster.RunFor(60);

        using var branch = cluster.Branch();

        Assert.Equal("went\n", branch.Kubectl("logs waiter").StdOut);
        Assert.Equal(Everything(cluster), Everything((SimulatedCluster)branch));
    }

    [Fact]
    public void Elections_and_cuts_of_the_store_are_repeated_as_they_were()
    {
        using var cluster = Lab.Simulate(new SimulationOptions { Seed = 11 });
        cluster.AddMasters(3);
        cluster.AddNodePool("workers", "e2-standard-2", 2);
        cluster.Kubectl("create deployment web --image=nginx --replicas=4");
        cluster.RunFor(45.3);
        cluster.Kill(cluster.Store.Leader!.Name);
        var killed = cluster.Now;
        Assert.Equal(0, cluster.Kubectl("get pods").ExitCode);
        Assert.InRange((cluster.Now - killed).TotalSeconds, 0.9, 3);
        cluster.Kubectl("scale deployment web --replicas=6");
        cluster.RunFor(40);
        var moment = cluster.Now;
        var then = Everything(cluster);
        cluster.Restore(cluster.Masters().Masters.First(m => !m.IsUp).Machine);
        cluster.RunFor(30);
        cluster.SlowDisk(cluster.Store.Leader!.Name, TimeSpan.FromMilliseconds(300));
        cluster.Partition(cluster.Store.Leader!.Name);
        cluster.RunFor(20);
        cluster.Kubectl("delete deployment web");
        cluster.Heal();
        cluster.RunFor(10.7);

        using var branch = cluster.Branch();
        Assert.Equal(cluster.Store.Members().Select(m => m.ToString()), ((SimulatedCluster)branch).Store.Members().Select(m => m.ToString()));
        cluster.RunFor(TimeSpan.FromMinutes(5));
        branch.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(Everything(cluster), Everything((SimulatedCluster)branch));
        Assert.Equal(cluster.Store.Members().Select(m => m.ToString()), ((SimulatedCluster)branch).Store.Members().Select(m => m.ToString()));
        using var past = cluster.Rewind(moment);
        Assert.Equal(then, Everything((SimulatedCluster)past));
    }

    [Fact]
    public void A_branch_goes_its_own_way_and_the_original_stays()
    {
        using var cluster = Busy();
        var before = Everything(cluster);
        using var branch = cluster.Branch();

        branch.Kubectl("scale deployment web --replicas=9");
        branch.RunFor(TimeSpan.FromMinutes(2));

        Assert.Equal(before, Everything(cluster));
        Assert.Equal(9, branch.Deployment("web").Available);
        Assert.Contains(cluster.CompareWith(branch).Objects, o => o.ToString() == "Deployment default/web: spec.replicas: 4 → 9; status.availableReplicas: 4 → 9; status.readyReplicas: 4 → 9; status.replicas: 4 → 9; status.updatedReplicas: 4 → 9"
            || o.ToString().StartsWith("Deployment default/web: spec.replicas: 4 → 9", StringComparison.Ordinal));
    }

    [Fact]
    public void Rewinding_undoes_what_came_later_and_other_decisions_can_be_taken()
    {
        using var cluster = Busy();
        var good = cluster.Now;
        cluster.RunFor(60);
        cluster.Kill("workers-1");
        cluster.RunFor(TimeSpan.FromMinutes(10));

        using var earlier = cluster.Rewind(good);

        Assert.Equal(good, earlier.Now);
        Assert.True(earlier.Node("workers-1").IsReady);
        Assert.False(cluster.Node("workers-1").IsReady);
        earlier.RunFor(TimeSpan.FromMinutes(11));
        Assert.True(earlier.Node("workers-1").IsReady);
        Assert.True(cluster.CompareWith(earlier).Figure("evictions").Difference < 0);
    }

    [Fact]
    public void The_past_can_be_asked_and_not_changed()
    {
        using var cluster = Busy();
        cluster.Kubectl("scale deployment web --replicas=1");
        cluster.RunFor(TimeSpan.FromMinutes(5));

        using var past = cluster.At(TimeSpan.FromMinutes(6));

        Assert.Equal(4, past.Deployment("web").Available);
        Assert.Contains("web    4/4", past.Kubectl("get deployment web").ToString(), StringComparison.Ordinal);
        Assert.True(past.Cost.Amount < cluster.Cost.Amount);
        Assert.Contains("this is the past", past.Kubectl("delete deployment web").ToString(), StringComparison.Ordinal);
        Assert.Contains("Rewind", Assert.Throws<ApiException>(() => past.Api.Delete<Pod>("default", "x")).Message, StringComparison.Ordinal);
        Assert.Contains("this is the past", Assert.Throws<InvalidOperationException>(() => past.RunFor(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_past_answers_whatever_else_can_be_asked_of_a_cluster_for_itself()
    {
        using var cluster = Lab.Simulate();
        cluster.RunFor(1);
        using var past = cluster.At(TimeSpan.Zero);

        // What it leaves to the base class would say that only a simulated cluster can do it.
        var left = typeof(Cluster).GetMethods()
            .Where(m => m is { IsVirtual: true, IsFinal: false } && m.DeclaringType == typeof(Cluster) && m.Name != "get_Namespace")
            .Where(m => past.GetType().GetMethod(m.Name, [.. m.GetParameters().Select(p => p.ParameterType)])!.DeclaringType != past.GetType())
            .Select(m => m.Name);
        Assert.Empty(left);
        Assert.All<Action>(
            [() => past.SetQuota("CPUS", 8), () => past.Preempt("workers-1"), () => past.RunOut("n2"), () => past.LimitCpus(8)],
            change => Assert.StartsWith("this is the past: ", Assert.Throws<InvalidOperationException>(change).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_outside_of_the_clusters_own_is_refused_with_its_bounds()
    {
        using var cluster = Lab.Simulate();

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => cluster.Rewind(cluster.Now.AddHours(1)));

        Assert.Contains("2026-01-01 08:00:00 to 2026-01-01 08:00:00", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_done_behind_the_journals_back_is_found_out()
    {
        using var cluster = Busy();
        cluster.Cloud.Kill("workers-2");
        cluster.RunFor(TimeSpan.FromMinutes(3));

        Assert.Contains("cannot be repeated exactly", Assert.Throws<InvalidOperationException>(() => cluster.Branch()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_of_ones_own_and_refused_commands_are_repeated_too()
    {
        using var cluster = Busy();
        cluster.Runtime.Programs.Declare("programs:\n- images: [example.org/own]\n  kind: job\n  basis: a test\n  duration-seconds: { mean: 30 }\n");
        cluster.Kubectl("run own --image=example.org/own --restart=Never");
        cluster.Kubectl("run own --image=example.org/own");
        Assert.Throws<ArgumentException>(() => cluster.AddMasters(1, "e2-standard-64"));
        cluster.RunFor(TimeSpan.FromMinutes(2));

        using var branch = cluster.Branch();

        Assert.Equal(Everything(cluster), Everything((SimulatedCluster)branch));
    }

    private static SimulatedCluster Busy()
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 11 });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-2", 3);
        cluster.Kubectl("create deployment web --image=nginx --replicas=4");
        cluster.Kubectl("run sick --image=busybox -- sh -c 'sleep 3; exit 1'");
        cluster.RunUntil(c => c.Deployment("web").IsAvailable);
        cluster.RunFor(TimeSpan.FromMinutes(2));
        return cluster;
    }

    /// <summary>Every object that is stored, byte for byte, and where the store stands.</summary>
    private static string Everything(SimulatedCluster cluster)
    {
        var objects = cluster.Kinds.SelectMany(k => cluster.Api.List(k, null, ListOptions.All).Items)
            .Select(o => System.Text.Json.JsonSerializer.Serialize(o, o.GetType(), ApiJson.Default));
        return $"{cluster.Now:O} revision {cluster.Api.List(Node.Resource, null, ListOptions.All).Metadata.ResourceVersion}\n{string.Join('\n', objects)}";
    }

    private sealed class Counting(Action onEvent) : IWatchSink
    {
        public void OnEvent(in WatchEvent change) => onEvent();

        public void OnEnd(KubeLab.Api.Meta.Status? error)
        {
        }
    }
}

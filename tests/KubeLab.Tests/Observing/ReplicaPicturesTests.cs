using KubeLab.Charts;
using KubeLab.Simulated;

namespace KubeLab.Tests.Observing;

/// <summary>A replica set by itself is recorded as it is: a pod counts for it while it is owned.</summary>
public sealed class ReplicaPicturesTests
{
    private const string Web = """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: app, image: "nginx:1.27"}]
        """;

    [Fact]
    public void What_a_replica_set_wants_is_recorded_until_it_is_deleted()
    {
        using var cluster = Open();
        cluster.Kubectl("scale replicaset web --replicas=4");
        cluster.RunFor(30);
        var web = cluster.Recorder.Scaling.Find("default", "web")!;
        Assert.Equal((4, 4, 4), (web.Wanted.Latest, web.Existing.Latest, web.Ready.Latest));
        cluster.Kubectl("delete replicaset web");
        cluster.RunFor(60);
        Assert.Equal((0, 0, 0), (web.Wanted.Latest, web.Existing.Latest, web.Ready.Latest));
    }

    [Fact]
    public void A_pod_that_is_let_go_no_longer_counts_and_one_that_is_adopted_does()
    {
        using var cluster = Open();
        var ready = cluster.Recorder.Workloads.ReadyOf("default", "web")!;
        var odd = cluster.ReplicaSet("web").Pods[0].Metadata.Name;
        cluster.Kubectl($"label pod {odd} app=debug --overwrite");
        cluster.RunFor(30);
        var web = cluster.Recorder.Scaling.Find("default", "web")!;
        Assert.Equal((3, 3, 3), (web.Existing.Latest, web.Ready.Latest, ready.Latest));
        Assert.Equal(4, cluster.Pods("app in (web,debug)").Count);

        cluster.Kubectl("scale replicaset web --replicas=4");
        cluster.Kubectl($"label pod {odd} app=web --overwrite");
        cluster.RunFor(30);
        Assert.Equal((4, 4, 4), (web.Existing.Latest, web.Ready.Latest, ready.Latest));
    }

    [Fact]
    public void A_chart_of_copies_names_what_was_wanted_and_what_there_is()
    {
        using var cluster = Open();
        var figure = cluster.Charts.Replicas("web", cluster.Now.AddSeconds(-30));
        var names = figure.Traces.Select(t => t.Name).ToList();
        Assert.Contains("wanted", names);
        Assert.Contains("existing", names);
        Assert.Contains("ready", names);
        Assert.Contains("nothing is recorded of \"wbe\"", Assert.Throws<ArgumentException>(() => cluster.Charts.Replicas("wbe")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guess_is_drawn_once_and_left_out_of_charts_that_begin_after_it_was_compared()
    {
        using var cluster = Open();
        var lesson = cluster.Lesson("07");
        var asked = cluster.Now;
        lesson.Predict("P07.1", 1, "replicas");
        lesson.Predict("P07.1", 2, "replicas");
        cluster.RunFor(10);
        lesson.Compare("P07.1", cluster.ReplicaSet("web").Ready);
        cluster.RunFor(10);
        Assert.Equal(1, Guesses(cluster.Charts.Replicas("web", asked)));
        Assert.Equal(1, Guesses(cluster.Charts.Replicas("web")));
        Assert.Equal(0, Guesses(cluster.Charts.Replicas("web", asked.AddSeconds(10))));

        static int Guesses(Figure figure) => figure.Traces.Count(t => t.Name == "prediction: P07.1");
    }

    [Fact]
    public void A_replica_set_says_why_it_is_not_ready()
    {
        using var cluster = Open();
        Assert.Equal("replica set web: 3 of 3 ready", cluster.ReplicaSet("web").ToString());
        Assert.Equal(3, cluster.ReplicaSet("web").Pods.Count);
        cluster.Apply(Web.Replace("nginx:1.27", "nginx:1.161", StringComparison.Ordinal).Replace("name: web", "name: sick", StringComparison.Ordinal).Replace("app: web", "app: sick", StringComparison.Ordinal));
        cluster.RunFor(30);
        Assert.StartsWith("replica set sick has 3 of 3 copies, 0 of them ready; sick-", cluster.ReplicaSet("sick").ToString(), StringComparison.Ordinal);
        Assert.Equal("there is no replica set \"none\" in namespace default", cluster.ReplicaSet("none").ToString());
    }

    private static SimulatedCluster Open()
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 3 });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        cluster.Apply(Web);
        cluster.RunUntil(c => c.ReplicaSet("web").IsReady);
        return cluster;
    }
}

using KubeLab.Lessons;

namespace KubeLab.Tests.Lessons;

/// <summary>The checks of episode 07 recognise what usually goes wrong, and say so.</summary>
public sealed class Episode07Tests
{
    private static readonly string[] Twelve =
    [
        "shop-1 tier=web,env=prod", "shop-2 tier=web,env=prod", "shop-3 tier=web,env=prod,track=canary", "shop-4 tier=web,env=test",
        "cart-1 tier=cache,env=prod", "cart-2 tier=cache,env=test", "db-1 tier=db,env=prod", "db-2 tier=db,env=staging",
        "bill-1 tier=batch,env=prod", "bill-2 tier=batch", "blog-1 tier=web", "blog-2 tier=web,env=staging",
    ];

    [Fact]
    public void Selectors_are_asked_of_the_pods_that_are_there()
    {
        using var cluster = Open();
        AssertSays(false, "there are 0 pods", Check(cluster, "E07.1", 3, 5, 6, 2));
        foreach (var pod in Twelve)
        {
            var (name, labels) = (pod.Split(' ')[0], pod.Split(' ')[1]);
            cluster.Kubectl($"run {name} --image=nginx:1.27 --labels=set=twelve,{labels}");
        }

        AssertSays(false, "give four numbers", Check(cluster, "E07.1", 3, 5));
        AssertSays(false, "a comma means and", Check(cluster, "E07.1", 10, 5, 6, 2));
        AssertSays(false, "leave out db and cache", Check(cluster, "E07.1", 3, 8, 6, 2));
        AssertSays(false, "no label env at all", Check(cluster, "E07.1", 3, 5, 4, 2));
        AssertSays(false, "do not have the label at all", Check(cluster, "E07.1", 3, 5, 6, 10));
        AssertSays(true, "3, 5, 6, 2", Check(cluster, "E07.1", 3, 5, 6, 2));
    }

    [Fact]
    public void One_till_aside_is_neither_none_nor_two_nor_one_that_still_serves()
    {
        using var cluster = Open();
        AssertSays(false, "no replica set \"till\"", Check(cluster, "E07.2"));
        cluster.Apply(Set("till", 3, "app: till, track: stable"));
        cluster.Kubectl("expose replicaset till --port=80 --selector=app=till");
        cluster.RunUntil(c => c.ReplicaSet("till").IsReady);
        cluster.RunFor(5);
        AssertSays(false, "still belongs to it", Check(cluster, "E07.2"));

        var pods = cluster.ReplicaSet("till").Pods.Select(p => p.Metadata.Name).ToList();
        cluster.Kubectl($"delete pod {pods[0]}");
        cluster.RunFor(30);
        AssertSays(false, "cannot be examined", Check(cluster, "E07.2"));

        cluster.Kubectl($"label pod {pods[1]} track=odd --overwrite");
        cluster.RunFor(30);
        AssertSays(false, "Compare the service's selector (app=till)", Check(cluster, "E07.2"));

        cluster.Kubectl($"label pod {pods[1]} app=odd --overwrite");
        cluster.Kubectl($"label pod {pods[2]} app=odd --overwrite");
        cluster.RunFor(30);
        AssertSays(false, "2 pods were taken out", Check(cluster, "E07.2"));

        cluster.Kubectl($"label pod {pods[2]} app=till --overwrite");
        cluster.RunFor(60);
        AssertSays(true, "3 endpoints", Check(cluster, "E07.2"));

        cluster.Kubectl("patch service till -p '{\"spec\":{\"selector\":{\"app\":\"tlil\"}}}'");
        cluster.RunFor(10);
        AssertSays(false, "your service has 0 endpoints, not 3: compare two label maps", Check(cluster, "E07.2"));

        cluster.Kubectl("scale replicaset till --replicas=2");
        cluster.RunFor(10);
        AssertSays(false, "2 of 2 pods ready", Check(cluster, "E07.2"));
    }

    [Fact]
    public void Healing_is_looked_at_after_each_kill()
    {
        using var cluster = Open();
        AssertSays(false, "no replica set \"team\"", Check(cluster, "E07.3"));
        cluster.Apply(Team(90));
        cluster.RunUntil(c => c.ReplicaSet("team").IsReady);
        AssertSays(false, "I see 0 kills", Check(cluster, "E07.3"));

        Kill(cluster, 10);
        AssertSays(false, "4 of 5 pods ready", Check(cluster, "E07.3"));
        cluster.RunUntil(c => c.ReplicaSet("team").IsReady);
        AssertSays(false, "What keeps a new pod from being ready?", Check(cluster, "E07.3"));

        cluster.Apply(Team(5));
        for (var i = 0; i < 4; i++)
        {
            Kill(cluster, 30);
        }

        AssertSays(false, "the last 4 kills were healed in time", Check(cluster, "E07.3"));
        Kill(cluster, 30);
        AssertSays(true, "five times all 5 were ready again", Check(cluster, "E07.3"));
    }

    [Fact]
    public void A_set_that_is_deleted_and_made_again_was_not_killed_five_times()
    {
        using var cluster = Open();
        for (var i = 0; i < 6; i++)
        {
            cluster.Apply(Team(1));
            cluster.RunUntil(c => c.ReplicaSet("team").IsReady);
            cluster.Kubectl("delete replicaset team");
            cluster.RunFor(5);
        }

        cluster.Apply(Team(1));
        cluster.RunUntil(c => c.ReplicaSet("team").IsReady);
        AssertSays(false, "I see 0 kills", Check(cluster, "E07.3"));
        cluster.Kubectl("scale replicaset team --replicas=4");
        cluster.RunFor(10);
        AssertSays(false, "team wants 4", Check(cluster, "E07.3"));
    }

    [Theory]
    [InlineData("5", "0", "B", true, "each counts those that name it")]
    [InlineData("5", "0", "b", true, "5 pods, none deleted")]
    [InlineData("3", "0", "B", false, "counted the other's pods")]
    [InlineData("9", "0", "B", false, "wait a minute and count")]
    [InlineData("5", "4", "B", false, "SuccessfulDelete")]
    [InlineData("5", "0", "A", false, "not A")]
    [InlineData("5", "0", "C", false, "not C")]
    [InlineData("5", "0", "?", false, "a letter")]
    [InlineData("five", "0", "B", false, "two numbers and a letter")]
    public void Two_sets_with_one_selector(string pods, string deleted, string why, bool passes, string says)
    {
        using var cluster = Lab.Open(target: "simulated");
        AssertSays(passes, says, Check(cluster, "E07.4", pods, deleted, why));
    }

    [Fact]
    public void What_the_fourth_exercise_calls_right_is_what_happens()
    {
        using var cluster = Open();
        cluster.Apply(Set("left", 3, "app: twin"));
        cluster.Apply(Set("right", 2, "app: twin"));
        cluster.RunFor(60);
        Assert.Equal(5, cluster.Pods("app=twin").Count);
        Assert.Equal((3, 2), (cluster.ReplicaSet("left").Pods.Count, cluster.ReplicaSet("right").Pods.Count));
        Assert.Contains("No resources found", cluster.Kubectl("get events --field-selector reason=SuccessfulDelete").ToString(), StringComparison.Ordinal);
    }

    private static void Kill(Cluster cluster, double thenWait)
    {
        cluster.Kubectl($"delete pod {cluster.ReplicaSet("team").Pods[0].Metadata.Name} --wait=false");
        cluster.RunFor(thenWait);
    }

    private static string Team(int delay) => Set("team", 5, "app: team")
        .Replace("image: \"nginx:1.27\"", $"image: \"nginx:1.27\", readinessProbe: {{httpGet: {{path: /, port: 80}}, initialDelaySeconds: {delay}}}", StringComparison.Ordinal);

    private static string Set(string name, int replicas, string labels) => $$$"""
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: {{{name}}}}
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {{{{labels}}}}}
          template:
            metadata: {labels: {{{{labels}}}}}
            spec:
              containers: [{name: app, image: "nginx:1.27"}]
        """;

    private static Cluster Open()
    {
        var cluster = Lab.Open(seed: 11, target: "simulated");
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 3);
        return cluster;
    }

    private static CheckResult Check(Cluster cluster, string id, params object[] answer) =>
        answer.Length == 0 ? cluster.Lesson("07").Check(id) : cluster.Lesson("07").Check(id, answer.AsSpan());

    private static void AssertSays(bool passes, string says, CheckResult result)
    {
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.Equal(passes, result.IsPassed);
    }
}

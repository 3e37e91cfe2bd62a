using KubeLab.Lessons;

namespace KubeLab.Tests.Lessons;

/// <summary>The checks of episode 08 recognise what usually goes wrong, and say so.</summary>
public sealed class Episode08Tests
{
    private const string Hello = "gcr.io/google-samples/hello-app";
    private const string Probe = "readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}";
    private const string Patient = "lifecycle: {preStop: {sleep: {seconds: 5}}}";

    [Theory]
    [InlineData("4 3 5 3 13 8", true, "the service wins")]
    [InlineData("3 3 5 3 13 8", false, "3 copies, at the most: a quarter of 3 is 0.75")]
    [InlineData("4 2 5 3 13 8", false, "3 copies, at the least")]
    [InlineData("4 3 5 3 12 8", false, "10 copies, at the most: a quarter of 10 is 2.5")]
    [InlineData("4 3 5 3 13 7", false, "10 copies, at the least")]
    [InlineData("13 8", false, "give six numbers")]
    public void Bounds_of_rollouts(string answer, bool passes, string says)
    {
        using var cluster = Lab.Open(target: "simulated");
        AssertSays(passes, says, cluster.Lesson("08").Check("E08.1", [.. answer.Split(' ')]));
    }

    [Theory]
    [InlineData("maxSurge: 25%, maxUnavailable: 25%", Probe + "\n          " + Patient, false, "13 pods at once")]
    [InlineData("maxSurge: 1, maxUnavailable: 0", Patient, false, "no readinessProbe")]
    [InlineData("maxSurge: 1, maxUnavailable: 0", Probe, false, "lifecycle.preStop.sleep")]
    [InlineData("maxSurge: 1, maxUnavailable: 0", Probe + "\n          " + Patient, true, "no request was lost")]
    public void A_rollout_is_looked_at_throughout(string strategy, string more, bool passes, string says)
    {
        using var cluster = Workers();
        AssertSays(false, "no deployment \"till\"", Check(cluster, "E08.2"));
        cluster.Apply(Till(strategy, more));
        cluster.RunUntil(c => c.Deployment("till").IsAvailable);
        cluster.Kubectl("expose deployment till --port=80 --target-port=8080");
        cluster.RunFor(10);
        AssertSays(false, "is to run gcr.io/google-samples/hello-app:1.0", Check(cluster, "E08.2"));
        cluster.Load("till", 100);
        cluster.RunFor(10);
        cluster.Kubectl($"set image deployment/till app={Hello}:2.0");
        cluster.RunFor(2);
        AssertSays(false, "the rollout is not done", Check(cluster, "E08.2"));
        cluster.RunFor(120);
        AssertSays(passes, says, Check(cluster, "E08.2"));
    }

    [Fact]
    public void A_rollout_that_nobody_asked_of_proves_nothing()
    {
        using var cluster = Workers();
        cluster.Apply(Till("maxSurge: 1, maxUnavailable: 0", Probe).Replace(":1.0", ":2.0", StringComparison.Ordinal));
        cluster.RunFor(60);
        AssertSays(false, "nobody asked the service till", Check(cluster, "E08.2"));
    }

    [Fact]
    public void A_rollback_is_a_revision_of_its_own()
    {
        using var cluster = Workers();
        AssertSays(false, "no deployment \"kiosk\"", Check(cluster, "E08.3"));
        cluster.Kubectl($"create deployment kiosk --image={Hello}:1.0 --replicas=4");
        cluster.RunUntil(c => c.Deployment("kiosk").IsAvailable);
        cluster.Kubectl($"set image deployment/kiosk hello-app={Hello}:2.0");
        cluster.Kubectl("annotate deployment/kiosk kubernetes.io/change-cause='the better greeting'");
        cluster.RunUntil(c => c.Deployment("kiosk").IsAvailable);
        AssertSays(false, "at revision 2", Check(cluster, "E08.3"));
        cluster.Kubectl($"set image deployment/kiosk hello-app={Hello}:nope");
        cluster.RunFor(60);
        AssertSays(false, "which is broken", Check(cluster, "E08.3"));
        cluster.Kubectl("rollout undo deployment/kiosk --to-revision=1");
        cluster.RunFor(60);
        AssertSays(false, "one too far", Check(cluster, "E08.3"));
        cluster.Kubectl("rollout undo deployment/kiosk --to-revision=2");
        cluster.RunFor(60);
        AssertSays(false, "does not say why", Check(cluster, "E08.3"));
        cluster.Kubectl("annotate deployment/kiosk kubernetes.io/change-cause='nope cannot be pulled' --overwrite");
        cluster.RunFor(5);
        AssertSays(true, "nope cannot be pulled", Check(cluster, "E08.3"));
    }

    [Theory]
    [InlineData(1, 90, true, true, "the canary had 9 % of the requests")]
    [InlineData(3, 90, true, false, "of the ready copies were 2.0")]
    [InlineData(1, 20, true, false, "had not served for 60 s")]
    [InlineData(1, 90, false, false, "of other versions are left")]
    public void A_canary_waits_for_its_approval(int canaries, int seconds, bool rolls, bool passes, string says)
    {
        using var cluster = Workers();
        AssertSays(false, "no pod has the label app=booth", Check(cluster, "E08.4"));
        cluster.Apply(Booth("booth", "stable", 10, "1.0"));
        cluster.RunUntil(c => c.Deployment("booth").IsAvailable);
        AssertSays(false, "nobody has approved", Check(cluster, "E08.4"));
        cluster.Apply(Booth("booth-canary", "canary", canaries, "2.0"));
        cluster.RunFor(seconds);
        cluster.Kubectl("create configmap approval");
        if (rolls)
        {
            cluster.Kubectl($"set image deployment/booth app={Hello}:2.0");
            cluster.RunFor(120);
            cluster.Kubectl("delete deployment booth-canary");
        }

        cluster.RunFor(60);
        AssertSays(passes, says, Check(cluster, "E08.4"));
    }

    private static string Till(string strategy, string more) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: till}
        spec:
          replicas: 10
          strategy: {rollingUpdate: { {{{strategy}}} } }
          selector: {matchLabels: {app: till}}
          template:
            metadata: {labels: {app: till}}
            spec:
              containers:
                - name: app
                  image: {{{Hello}}}:1.0
                  {{{more}}}
        """;

    private static string Booth(string name, string track, int replicas, string tag) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{name}}} }
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {app: booth, track: {{{track}}} } }
          template:
            metadata: {labels: {app: booth, track: {{{track}}} } }
            spec:
              containers: [{name: app, image: "{{{Hello}}}:{{{tag}}}"}]
        """;

    private static Cluster Workers()
    {
        var cluster = Lab.Open(seed: 12, target: "simulated");
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 3);
        return cluster;
    }

    private static CheckResult Check(Cluster cluster, string id) => cluster.Lesson("08").Check(id);

    private static void AssertSays(bool passes, string says, CheckResult result)
    {
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.Equal(passes, result.IsPassed);
    }
}

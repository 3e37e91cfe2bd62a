namespace KubeLab.Tests.Observing;

/// <summary>What is recorded of versions: how many pods there were, how few were ready, and under which names they are drawn.</summary>
public sealed class RolloutTests
{
    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(3, 4, 3)]
    [InlineData(4, 5, 3)]
    [InlineData(10, 13, 8)]
    public void A_rollout_with_the_defaults_reaches_its_bounds_and_keeps_them(int replicas, int most, int fewest)
    {
        using var cluster = Shop(replicas);
        cluster.Kubectl("set image deployment/shop app=gcr.io/google-samples/hello-app:2.0");
        cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
        var rollout = cluster.Rollout("shop");
        Assert.Equal((most, fewest, "2.0"), (rollout.MostPods, rollout.FewestReady, rollout.Tag));
        Assert.NotNull(rollout.Ended);
        Assert.True(rollout.Ended > rollout.Began);
    }

    [Fact]
    public void A_rollout_that_is_stuck_has_no_end_and_an_undo_is_a_rollout()
    {
        using var cluster = Shop(4);
        cluster.Kubectl("set image deployment/shop app=gcr.io/google-samples/hello-app:nope");
        cluster.RunFor(60);
        var stuck = cluster.Rollout("shop");
        Assert.Equal((5, 3, "nope"), (stuck.MostPods, stuck.FewestReady, stuck.Tag));
        Assert.Null(stuck.Ended);
        Assert.Contains("not done yet", stuck.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_with_the_same_image_are_told_apart_by_their_hash()
    {
        using var cluster = Shop(2);
        cluster.Kubectl("set env deployment/shop PORT=9090");
        cluster.RunFor(30);
        var hashes = cluster.Pods("app=shop").Select(p => p.Metadata.Labels["pod-template-hash"]!).Distinct().ToList();
        Assert.Equal(2, hashes.Count);
        var alt = cluster.Charts.Rollout("shop").Alt;
        Assert.All(hashes, hash => Assert.Contains($"version 1.0 ({hash[..4]}…)", alt, StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_behind_a_service_are_those_of_all_its_deployments()
    {
        using var cluster = Shop(3);
        cluster.Kubectl("expose deployment shop --port=80 --target-port=8080");
        cluster.Apply(Manifest("shop-canary", "{app: shop, track: canary}", 1).Replace(":1.0", ":2.0", StringComparison.Ordinal));
        cluster.Apply(Manifest("other", "{app: other}", 1));
        cluster.RunFor(30);
        var load = cluster.Load("shop", 20);
        cluster.RunFor(20);
        var alt = cluster.Charts.Versions(load).Alt;
        Assert.Contains("shop 1.0", alt, StringComparison.Ordinal);
        Assert.Contains("shop-canary 2.0", alt, StringComparison.Ordinal);
        Assert.DoesNotContain("other", alt, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_unknown_deployment_nothing_is_recorded()
    {
        using var cluster = Shop(1);
        Assert.Contains("\"nobody\"", Assert.Throws<ArgumentException>(() => cluster.Rollout("nobody")).Message, StringComparison.Ordinal);
        Assert.Contains("shop", Assert.Throws<ArgumentException>(() => cluster.Charts.Rollout("nobody")).Message, StringComparison.Ordinal);
    }

    private static Cluster Shop(int replicas)
    {
        var cluster = Lab.Open(seed: 3, target: "simulated");
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        cluster.Apply(Manifest("shop", "{app: shop}", replicas));
        cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
        return cluster;
    }

    private static string Manifest(string name, string labels, int replicas) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{name}}} }
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {{{labels}}} }
          template:
            metadata: {labels: {{{labels}}} }
            spec:
              containers:
                - name: app
                  image: gcr.io/google-samples/hello-app:1.0
                  readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
        """;
}

using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulated;
using KubeLab.Simulated.Metrics.Adapting;

namespace KubeLab.Tests.Simulated.Metrics.Adapting;

/// <summary>Measures of requests from the traffic to the wire, and from there to the number of copies.</summary>
public sealed class MetricsAdapterTests
{
    private const string Custom = "/apis/custom.metrics.k8s.io";
    private const string External = "/apis/external.metrics.k8s.io/v1beta1";

    private const string Shop = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
              - name: shop
                image: kubelab/server
                env: [{name: CPU_MS_PER_REQUEST, value: "10"}, {name: CPU_MILLIS, value: "0"}, {name: LATENCY_MS_PER_REQUEST, value: "20"}]
                resources: {limits: {cpu: 500m}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        """;

    [Fact]
    public void Without_an_adapter_nothing_is_served_and_autoscalers_say_so()
    {
        using var cluster = Open();
        Scale(cluster, Pods("http_requests_per_second", 20), Outside("queue_length", 30), Object("requests_per_second", 30));
        cluster.RunFor(60);
        Assert.DoesNotContain("metrics.k8s.io/v1beta2", cluster.Kubectl("api-versions").ToString(), StringComparison.Ordinal);
        Assert.Contains("the server could not find the requested resource", Refused(cluster, $"{Custom}/v1beta1"), StringComparison.Ordinal);
        var told = cluster.Kubectl("describe hpa shop").ToString();
        Assert.Contains(
            "unable to get metric http_requests_per_second: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered", told, StringComparison.Ordinal);
        Assert.Contains("FailedGetPodsMetric", told, StringComparison.Ordinal);
        Assert.Contains("FailedGetObjectMetric", told, StringComparison.Ordinal);
        Assert.Contains(
            "unable to fetch metrics from external metrics API: the server could not find the requested resource (get queue_length.external.metrics.k8s.io)", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_tell_how_many_requests_they_answer_in_both_versions_of_the_wire()
    {
        using var cluster = Open(new AdapterOptions());
        cluster.Load("shop", 60);
        cluster.RunFor(150);
        var list = Raw(cluster, $"{Custom}/v1beta1/namespaces/default/pods/*/http_requests_per_second");
        Assert.Equal(("MetricValueList", "custom.metrics.k8s.io/v1beta1"), ((string?)list["kind"], (string?)list["apiVersion"]));
        var items = list["items"]!.AsArray();
        Assert.Equal(3, items.Count);
        Assert.All(items, i => Assert.Equal(("http_requests_per_second", "20"), ((string?)i!["metricName"], (string?)i["value"])));
        Assert.All(items, i => Assert.Equal(("Pod", "default", "/v1"), ((string?)i!["describedObject"]!["kind"], (string?)i["describedObject"]!["namespace"], (string?)i["describedObject"]!["apiVersion"])));

        var name = cluster.Api.List<Pod>("default")[0].Metadata.Name;
        var one = Raw(cluster, $"{Custom}/v1beta2/namespaces/default/pods/{name}/http_requests_in_flight")["items"]!.AsArray();
        Assert.Equal("http_requests_in_flight", (string?)Assert.Single(one)!["metric"]!["name"]);

        // Little's law: twenty a second that stay for about 53 ms, which is cut at thousandths.
        Assert.InRange(Number((string)one[0]!["value"]!), 20 * 0.040, 20 * 0.070);
    }

    [Fact]
    public void Discovery_lists_each_measure_as_a_subresource_and_external_ones_as_resources()
    {
        using var cluster = Open(new AdapterOptions());
        cluster.Load("shop", 60);
        cluster.RunFor(60);
        var versions = cluster.Kubectl("api-versions").ToString();
        Assert.Contains("custom.metrics.k8s.io/v1beta2", versions, StringComparison.Ordinal);
        Assert.Contains("external.metrics.k8s.io/v1beta1", versions, StringComparison.Ordinal);
        var names = Raw(cluster, $"{Custom}/v1beta1")["resources"]!.AsArray().Select(r => (string?)r!["name"]);
        Assert.Equal(
            ["pods/http_requests_in_flight", "pods/http_requests_per_second", "services/request_duration_seconds_p95", "services/requests_per_second"], names);
        Assert.Equal(["requests_offered_per_second"], Raw(cluster, External)["resources"]!.AsArray().Select(r => (string?)r!["name"]));
    }

    [Fact]
    public void A_measure_that_comes_later_is_listed_unless_kubectl_is_told_to_remember()
    {
        using var cluster = Open(new AdapterOptions());
        const string Resources = "api-resources --api-group=external.metrics.k8s.io -o name";
        Assert.Equal("", cluster.Kubectl(Resources).ToString());
        cluster.AddExternalMetric("queue_length", _ => 70);
        cluster.RunFor(60);
        Assert.Equal("", cluster.Kubectl($"{Resources} --cached").ToString());
        Assert.Equal("queue_length.external.metrics.k8s.io\n", cluster.Kubectl(Resources).ToString());
    }

    [Fact]
    public void Services_tell_what_is_sent_to_them_and_how_long_95_of_100_answers_take()
    {
        using var cluster = Open(new AdapterOptions());
        var load = cluster.Load("shop", 60);
        cluster.RunFor(150);
        var rate = Raw(cluster, $"{Custom}/v1beta1/namespaces/default/services/shop/requests_per_second");
        Assert.Equal("60", (string?)Assert.Single(rate["items"]!.AsArray())!["value"]);
        var p95 = Raw(cluster, $"{Custom}/v1beta1/namespaces/default/services/shop/request_duration_seconds_p95");
        Assert.Equal(Math.Floor(load.P95.Latest) / 1000, Number((string)p95["items"]![0]!["value"]!), 9);
        var offered = Raw(cluster, $"{External}/namespaces/default/requests_offered_per_second?labelSelector=service%3Dshop");
        Assert.Equal(("60", "shop"), ((string?)offered["items"]![0]!["value"], (string?)offered["items"]![0]!["metricLabels"]!["service"]));
        Assert.Empty(Raw(cluster, $"{External}/namespaces/default/requests_offered_per_second?labelSelector=service%3Dother")["items"]!.AsArray());
        Assert.Empty(Raw(cluster, $"{External}/namespaces/kube-system/requests_offered_per_second")["items"]!.AsArray());
    }

    [Theory]
    [InlineData("custom.metrics.k8s.io/v1beta1/namespaces/default/pods/*/mood", "the server could not find the metric mood for pods")]
    [InlineData("custom.metrics.k8s.io/v1beta1/namespaces/default/services/mall/requests_per_second", "the server could not find the metric requests_per_second for services mall")]
    [InlineData("custom.metrics.k8s.io/v1beta1/namespaces/default/deployments.apps/shop/size", "the server could not find the metric size for deployments.apps")]
    [InlineData("external.metrics.k8s.io/v1beta1/namespaces/default/mood", "the server could not find the metric mood for namespaces")]
    public void A_measure_that_is_missing_is_missing_in_upstreams_words(string path, string expected)
    {
        using var cluster = Open(new AdapterOptions());
        cluster.Load("shop", 60);
        cluster.RunFor(60);
        Assert.Contains($"Error from server (NotFound): {expected}", Refused(cluster, $"/apis/{path}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_follow_the_requests_that_each_pod_answers()
    {
        using var cluster = Open(new AdapterOptions());
        Scale(cluster, Pods("http_requests_per_second", 20));
        cluster.Load("shop", 108);
        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(6, Replicas(cluster));
        Assert.Contains("ValidMetricFound", cluster.Kubectl("describe hpa shop").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_follow_the_requests_to_a_service()
    {
        using var cluster = Open(new AdapterOptions());
        Scale(cluster, Object("requests_per_second", 30));
        cluster.Load("shop", 140);
        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(5, Replicas(cluster));
    }

    [Fact]
    public void Copies_follow_an_external_metric_of_the_traffic_or_of_ones_own()
    {
        using var cluster = Open(new AdapterOptions());
        cluster.AddExternalMetric("queue_length", _ => 70, ("queue", "orders"));
        cluster.AddExternalMetric("queue_length", _ => 1000, ("queue", "mails"));
        Scale(cluster, Outside("queue_length", 10, "{queue: orders}"), Outside("requests_offered_per_second", 20, "{service: shop}"));
        cluster.Load("shop", 90);
        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(7, Replicas(cluster));
    }

    [Fact]
    public void Autoscalers_react_later_when_the_adapter_tells_later()
    {
        var prompt = Reaction(new AdapterOptions());
        var late = Reaction(new AdapterOptions { Lag = TimeSpan.FromSeconds(45) });
        Assert.True(late >= prompt + TimeSpan.FromSeconds(30), $"{late} after {prompt}");
    }

    [Fact]
    public void A_branch_has_the_same_adapter_and_the_same_measures()
    {
        using var cluster = Open(new AdapterOptions());
        cluster.AddExternalMetric("hours", c => c.Now.Hour);
        Scale(cluster, Pods("http_requests_per_second", 20));
        cluster.Load("shop", 108);
        cluster.RunFor(TimeSpan.FromMinutes(3));
        using var branch = cluster.Branch();
        cluster.RunFor(TimeSpan.FromMinutes(3));
        branch.RunFor(TimeSpan.FromMinutes(3));
        Assert.Equal(Replicas(cluster), branch.Deployment("shop").Object!.Spec.Replicas);
        Assert.Equal(Values(cluster), Values(branch));
    }

    [Fact]
    public void What_cannot_be_is_refused_with_a_reason()
    {
        using var cluster = Open();
        Assert.Contains("AddMetricsAdapter", Assert.Throws<InvalidOperationException>(() => cluster.AddExternalMetric("queue", _ => 1)).Message, StringComparison.Ordinal);
        cluster.AddMetricsAdapter();
        Assert.Throws<InvalidOperationException>(() => cluster.AddMetricsAdapter());
        Assert.Contains("2 queues", Assert.Throws<ArgumentException>(() => cluster.AddExternalMetric("2 queues", _ => 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdapterOptions { RateWindow = TimeSpan.Zero });
    }

    private static TimeSpan Reaction(AdapterOptions options)
    {
        using var cluster = Open(options);
        Scale(cluster, Object("requests_per_second", 30));
        cluster.Load("shop", 60);
        cluster.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(2, Replicas(cluster));
        var start = cluster.Now;
        cluster.Load("shop", 200);
        cluster.RunUntil(_ => Replicas(cluster) > 2, TimeSpan.FromMinutes(10));
        return cluster.Now - start;
    }

    private static SimulatedCluster Open(AdapterOptions? adapter = null)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 6, Record = false });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        if (adapter is not null)
        {
            cluster.AddMetricsAdapter(adapter);
        }

        cluster.Kubectl("apply -f -", Shop);
        cluster.RunUntil(c => c.Deployment("shop").IsAvailable);
        cluster.RunFor(30);
        return cluster;
    }

    private static void Scale(SimulatedCluster cluster, params string[] metrics) => cluster.Kubectl("apply -f -", $$"""
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
          minReplicas: 1
          maxReplicas: 20
          metrics: [{{string.Join(", ", metrics)}}]
        """);

    private static string Pods(string metric, int average) => $$$"""{type: Pods, pods: {target: {averageValue: {{{average}}}, type: AverageValue}, metric: {name: {{{metric}}} } } }""";

    private static string Object(string metric, int average) =>
        $$$"""{type: Object, object: {target: {averageValue: {{{average}}}, type: AverageValue}, metric: {name: {{{metric}}} }, describedObject: {apiVersion: v1, kind: Service, name: shop} } }""";

    private static string Outside(string metric, int average, string labels = "{}") =>
        $$$"""{type: External, external: {target: {averageValue: {{{average}}}, type: AverageValue}, metric: {name: {{{metric}}}, selector: {matchLabels: {{{labels}}} } } } }""";

    private static int? Replicas(SimulatedCluster cluster) => cluster.Deployment("shop").Object!.Spec.Replicas;

    private static string Values(Cluster cluster) => cluster.Kubectl($"get --raw {External}/namespaces/default/hours").ToString()
        + cluster.Kubectl($"get --raw {Custom}/v1beta1/namespaces/default/pods/*/http_requests_per_second");

    private static JsonNode Raw(SimulatedCluster cluster, string path) => JsonNode.Parse(cluster.Kubectl($"get --raw {path}").ToString())!;

    private static string Refused(SimulatedCluster cluster, string path) => cluster.Kubectl($"get --raw {path}").ToString();

    private static double Number(string quantity) => Quantity.Parse(quantity).AsDouble;
}

using System.Text.Json.Nodes;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Http;

public sealed class DiscoveryTests
{
    private FrontRig rig = new();

    [Fact]
    public void Everything_at_once_says_the_same_as_group_by_group()
    {
        foreach (var (path, core) in new[] { ("/api", true), ("/apis", false) })
        {
            foreach (var group in Aggregated(path, "v2")["items"]!.AsArray())
            {
                var name = (string?)group!["metadata"]!["name"] ?? "";
                Assert.Equal(core, name.Length == 0);
                foreach (var version in group["versions"]!.AsArray())
                {
                    var legacy = rig.Json("GET", core ? $"/api/{version!["version"]}" : $"/apis/{name}/{version!["version"]}").Body["resources"]!.AsArray();
                    Assert.Equal(legacy.Select(One), version["resources"]!.AsArray().SelectMany(Many));
                }
            }
        }
    }

    [Fact]
    public void A_resource_looks_as_upstream_writes_it()
    {
        var apps = Aggregated("/apis", "v2")["items"]!.AsArray().Single(g => (string?)g!["metadata"]!["name"] == "apps")!;
        Assert.Equal("""{"name":"apps","creationTimestamp":null}""", apps["metadata"]!.ToJsonString());
        var deployments = apps["versions"]![0]!["resources"]!.AsArray().Single(r => (string?)r!["resource"] == "deployments")!;
        Assert.Equal(
            """
            {"resource":"deployments","responseKind":{"group":"","version":"","kind":"Deployment"},"scope":"Namespaced","singularResource":"deployment",
            "verbs":["create","delete","deletecollection","get","list","patch","update","watch"],"shortNames":["deploy"],"categories":["all"],
            "subresources":[{"subresource":"scale","responseKind":{"group":"autoscaling","version":"v1","kind":"Scale"},"verbs":["get","patch","update"]},
            {"subresource":"status","responseKind":{"group":"","version":"","kind":"Deployment"},"verbs":["get","patch","update"]}]}
            """.ReplaceLineEndings(""),
            deployments.ToJsonString());
        Assert.Equal("Current", (string?)apps["versions"]![0]!["freshness"]);
    }

    [Theory]
    [InlineData("v2")]
    [InlineData("v2beta1")]
    public void The_content_type_repeats_what_was_asked_and_the_content_has_a_fingerprint(string version)
    {
        var type = $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList";
        var answer = rig.Send("GET", "/apis", accept: $"{type},application/json");
        Assert.Equal(type, answer.ContentType);
        Assert.Equal($"apidiscovery.k8s.io/{version}", (string?)JsonNode.Parse(answer.Body.Span)!["apiVersion"]);
        var again = rig.Front.Handle(new() { Method = "GET", Path = "/apis", Accept = type, IfNoneMatch = answer.ETag });
        Assert.Equal((304, 0), (again.Code, again.Body.Length));
    }

    [Fact]
    public void A_client_that_asks_for_no_such_form_gets_the_old_one()
    {
        var answer = rig.Send("GET", "/apis", accept: "application/json;g=apidiscovery.k8s.io;v=v9;as=APIGroupDiscoveryList,application/json");
        Assert.Equal(("application/json", "APIGroupList"), (answer.ContentType, (string?)JsonNode.Parse(answer.Body.Span)!["kind"]));
    }

    [Fact]
    public void Measures_are_told_by_their_own_groups_and_by_no_other()
    {
        rig = new(new() { Adapter = () => new TwoMeasures() });
        var told = new[] { "/api", "/apis" }.SelectMany(path => Aggregated(path, "v2")["items"]!.AsArray()).SelectMany(g => g!["versions"]!.AsArray().SelectMany(v => v!["resources"]!.AsArray())
            .SelectMany(Names).Where(name => name is "pods/mood" or "queue_length").Select(name => $"{g["metadata"]!["name"]} {name}"));
        Assert.Equal(["custom.metrics.k8s.io pods/mood", "custom.metrics.k8s.io pods/mood", "external.metrics.k8s.io queue_length"], told);
        Assert.DoesNotContain("queue_length", rig.Json("GET", "/apis/apps/v1").Body.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("queue_length", rig.Json("GET", "/apis/external.metrics.k8s.io/v1beta1").Body.ToJsonString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonNode? resource) =>
        [(string)resource!["resource"]!, .. (resource["subresources"]?.AsArray() ?? []).Select(inner => $"{resource["resource"]}/{inner!["subresource"]}")];

    private static string One(JsonNode? resource) =>
        $"{resource!["name"]} {resource["kind"]} {resource["namespaced"]} {resource["verbs"]!.ToJsonString()} {resource["shortNames"]?.ToJsonString()}";

    private static IEnumerable<string> Many(JsonNode? resource)
    {
        var namespaced = (string?)resource!["scope"] == "Namespaced" ? "true" : "false";
        yield return $"{resource["resource"]} {resource["responseKind"]!["kind"]} {namespaced} {resource["verbs"]!.ToJsonString()} {resource["shortNames"]?.ToJsonString()}";
        foreach (var inner in resource["subresources"]?.AsArray() ?? [])
        {
            yield return $"{resource["resource"]}/{inner!["subresource"]} {inner["responseKind"]!["kind"]} {namespaced} {inner["verbs"]!.ToJsonString()} ";
        }
    }

    private JsonNode Aggregated(string path, string version) =>
        rig.Json("GET", path, accept: $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList").Body;

    /// <summary>One measure of pods and one from elsewhere, of which nobody asks the values.</summary>
    private sealed class TwoMeasures : IMetricsAdapter
    {
        public IReadOnlyList<ObjectMetricName> ObjectMetrics => [new("pods", "mood")];

        public IReadOnlyList<string> ExternalMetrics => ["queue_length"];

        public IReadOnlyList<ObjectMetricValue> Read(ObjectMetricQuestion question) => [];

        public IReadOnlyList<ExternalMetricValue> ReadExternal(string ns, string metric, Selector series) => [];
    }
}

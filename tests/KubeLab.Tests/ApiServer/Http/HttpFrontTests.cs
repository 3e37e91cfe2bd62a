using System.Text;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.Http;

namespace KubeLab.Tests.ApiServer.Http;

public sealed class HttpFrontTests
{
    private const string AsTable = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string APod = "{metadata: {name: p, labels: {app: web}}, spec: {containers: [{name: c, image: x}]}}";
    private readonly FrontRig rig = new();

    [Fact]
    public void What_is_not_there_is_not_found()
    {
        var (code, status) = rig.Json("GET", FrontRig.Pods + "/nosuch");
        Assert.Equal(404, code);
        Assert.Equal("v1 Status Failure NotFound", $"{status["apiVersion"]} {status["kind"]} {status["status"]} {status["reason"]}");
        Assert.Equal("pods \"nosuch\" not found", (string?)status["message"]);
        Assert.Equal("""{"name":"nosuch","kind":"pods"}""", status["details"]!.ToJsonString());
    }

    [Theory]
    [InlineData("/apis/nosuch/v1/things")]
    [InlineData("/api/v1/namespaces/default/things")]
    [InlineData("/nosuch")]
    [InlineData("/api/v1/pods/p")]
    public void An_unknown_path_is_not_found(string path)
    {
        var answer = rig.Send("GET", path);
        Assert.Equal((404, "404 page not found\n"), (answer.Code, FrontRig.Text(answer)));
    }

    [Fact]
    public void Methods_and_media_types_that_are_not_offered_are_refused()
    {
        Assert.Equal(405, rig.Json("PUT", FrontRig.Pods, "{}").Code);
        Assert.Equal(405, rig.Json("POST", "/api/v1/pods", "{}").Code);
        Assert.Equal((406, "NotAcceptable"), Reason(rig.Json("GET", FrontRig.Pods, accept: "text/html")));
        Assert.Equal((415, "UnsupportedMediaType"), Reason(rig.Json("POST", FrontRig.Pods, "{}", "text/plain")));
        Assert.Equal((415, "UnsupportedMediaType"), Reason(rig.Json("PATCH", FrontRig.Pods + "/p", "{}", "application/json")));
    }

    [Fact]
    public void A_list_is_chunked_and_selected()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            rig.Created(Maps, $"{{metadata: {{name: {name}, labels: {{app: {name}}}}}}}");
        }

        var (_, first) = rig.Json("GET", Maps + "?limit=2&timeout=32s");
        Assert.Equal("ConfigMapList", (string?)first["kind"]);
        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal(1, (int)first["metadata"]!["remainingItemCount"]!);
        var next = Uri.EscapeDataString((string)first["metadata"]!["continue"]!);
        Assert.Equal(["c"], Names(rig.Json("GET", $"{Maps}?limit=2&continue={next}").Body));
        Assert.Equal(["a", "b"], Names(rig.Json("GET", Maps + "?labelSelector=app+in+(a,b)").Body));
        Assert.Equal(["b"], Names(rig.Json("GET", Maps + "?fieldSelector=metadata.name%3Db").Body));
        Assert.Equal(400, rig.Json("GET", Maps + "?fieldSelector=spec.x%3Db").Code);
    }

    [Fact]
    public void A_table_has_columns_cells_and_full_metadata()
    {
        rig.Created(FrontRig.Pods, APod);
        rig.Clock.RunFor(TimeSpan.FromSeconds(5));
        var (_, table) = rig.Json("GET", FrontRig.Pods, accept: AsTable);
        Assert.Equal("meta.k8s.io/v1 Table", $"{table["apiVersion"]} {table["kind"]}");
        Assert.NotNull(table["metadata"]!["resourceVersion"]);
        Assert.Equal("""["p","0/1","Pending","0","5s","<none>","<none>","<none>","<none>"]""", table["rows"]![0]!["cells"]!.ToJsonString(Relaxed));
        var row = table["rows"]![0]!["object"]!;
        Assert.Equal("PartialObjectMetadata", (string?)row["kind"]);
        Assert.Equal("web", (string?)row["metadata"]!["labels"]!["app"]);
        var whole = rig.Json("GET", FrontRig.Pods + "?includeObject=Object", accept: AsTable).Body["rows"]![0]!["object"]!;
        Assert.Equal("Pod", (string?)whole["kind"]);
    }

    [Fact]
    public void Metadata_alone_can_be_asked_for()
    {
        rig.Created(FrontRig.Pods, APod);
        var (_, list) = rig.Json("GET", FrontRig.Pods, accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        Assert.Equal("PartialObjectMetadataList", (string?)list["kind"]);
        Assert.Null(list["items"]![0]!["spec"]);
    }

    [Fact]
    public void A_watch_tells_each_change_on_a_line()
    {
        var from = (string?)rig.Json("GET", Maps).Body["metadata"]!["resourceVersion"];
        var lines = Watch($"{Maps}?watch=True&resourceVersion={from}");
        rig.Created(Maps, "{metadata: {name: m}}");
        rig.Json("PATCH", Maps + "/m", """{"data":{"a":"1"}}""", "application/merge-patch+json");
        rig.Json("DELETE", Maps + "/m");
        rig.Clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(["ADDED m", "MODIFIED m", "DELETED m"], lines.Select(l => $"{l["type"]} {l["object"]!["metadata"]!["name"]}"));
    }

    [Fact]
    public void In_a_table_watch_every_event_is_a_table_and_the_first_has_columns()
    {
        rig.Created(Maps, "{metadata: {name: a}}");
        rig.Created(Maps, "{metadata: {name: b}}");
        var lines = Watch(Maps + "?watch=1", AsTable);
        rig.Clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(["ADDED Table a", "ADDED Table b"], lines.Select(l => $"{l["type"]} {l["object"]!["kind"]} {l["object"]!["rows"]![0]!["cells"]![0]}"));
        Assert.NotNull(lines[0]["object"]!["columnDefinitions"]);
        Assert.Null(lines[1]["object"]!["columnDefinitions"]);
    }

    [Fact]
    public void A_watch_ends_after_its_timeout()
    {
        var body = rig.Send("GET", Maps + "?watch=true&timeoutSeconds=5").Watch!;
        rig.Clock.RunFor(TimeSpan.FromSeconds(4));
        Assert.False(body.IsEnded);
        rig.Clock.RunFor(TimeSpan.FromSeconds(2));
        Assert.True(body.IsEnded);
    }

    [Fact]
    public void A_delete_answers_the_object_that_goes_or_a_success()
    {
        var map = rig.Created(Maps, "{metadata: {name: m}}");
        var (code, gone) = rig.Json("DELETE", Maps + "/m", """{"propagationPolicy":"Background"}""");
        Assert.Equal(200, code);
        Assert.Equal("Success", (string?)gone["status"]);
        Assert.Equal($$"""{"name":"m","kind":"configmaps","uid":"{{map["metadata"]!["uid"]}}"}""", gone["details"]!.ToJsonString());
        rig.Created(FrontRig.Pods, APod);
        rig.Json("POST", FrontRig.Pods + "/p/binding", """{"metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}""");
        var (_, going) = rig.Json("DELETE", FrontRig.Pods + "/p?gracePeriodSeconds=10");
        Assert.Equal("Pod", (string?)going["kind"]);
        Assert.Equal(10, (int)going["metadata"]!["deletionGracePeriodSeconds"]!);
    }

    [Fact]
    public void A_dry_run_answers_as_if_and_stores_nothing()
    {
        var (code, pod) = rig.Json("POST", FrontRig.Pods + "?dryRun=All", FrontRig.AsJson(APod));
        Assert.Equal(201, code);
        Assert.NotNull(pod["metadata"]!["uid"]);
        Assert.Equal(404, rig.Json("GET", FrontRig.Pods + "/p").Code);
        Assert.Equal(422, rig.Json("POST", FrontRig.Pods + "?dryRun=Some", FrontRig.AsJson(APod)).Code);
    }

    [Fact]
    public void A_scale_is_read_and_changed_by_itself()
    {
        rig.Created(FrontRig.Deployments, Defaulting.DefaultingTests.Web);
        var (_, scale) = rig.Json("GET", FrontRig.Deployments + "/web/scale");
        Assert.Equal("autoscaling/v1 Scale 1", $"{scale["apiVersion"]} {scale["kind"]} {scale["spec"]!["replicas"]}");
        var (code, after) = rig.Json("PATCH", FrontRig.Deployments + "/web/scale", """{"spec":{"replicas":3}}""", "application/merge-patch+json");
        Assert.Equal((200, 3), (code, (int)after["spec"]!["replicas"]!));
        Assert.Equal(3, (int)rig.Json("GET", FrontRig.Deployments + "/web").Body["spec"]!["replicas"]!);
    }

    [Fact]
    public void A_name_in_the_path_and_one_in_the_body_must_agree()
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        Assert.Equal(
            "the name of the object (n) does not match the name on the URL (m)",
            (string?)rig.Json("PUT", Maps + "/m", """{"metadata":{"name":"n"}}""").Body["message"]);
    }

    [Fact]
    public void Discovery_tells_names_verbs_and_subresources()
    {
        Assert.Equal("v1", (string?)rig.Json("GET", "/api").Body["versions"]![0]);
        var groups = rig.Json("GET", "/apis/").Body["groups"]!.AsArray().Select(g => (string?)g!["name"]);
        Assert.Equal(
            [
                "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch", "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "storage.k8s.io", "apiextensions.k8s.io", "scheduling.k8s.io",
                "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "metrics.k8s.io",
            ],
            groups);
        var resources = rig.Json("GET", "/apis/apps/v1").Body["resources"]!.AsArray();
        Assert.Equal(
            [
                "controllerrevisions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale", "deployments/status", "replicasets", "replicasets/scale",
                "replicasets/status", "statefulsets", "statefulsets/scale", "statefulsets/status",
            ],
            resources.Select(r => (string?)r!["name"]));
        Assert.Equal("""["ds"]""", resources[1]!["shortNames"]!.ToJsonString());
        var answer = rig.Send("GET", "/api", accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
        Assert.Equal("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", answer.ContentType);
        Assert.Equal("ok", FrontRig.Text(rig.Send("GET", "/readyz")));
        Assert.Equal("33", (string?)rig.Json("GET", "/version/").Body["minor"]);
    }

    [Fact]
    public void Warning_headers_quote_their_text() =>
        Assert.Equal("299 - \"unknown field \\\"spec.x\\\"\"", ApiResponse.WarningHeader("unknown field \"spec.x\""));

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static (int Code, string? Reason) Reason((int Code, JsonNode Body) answer) => (answer.Code, (string?)answer.Body["reason"]);

    private static string[] Names(JsonNode list) => [.. list["items"]!.AsArray().Select(i => (string)i!["metadata"]!["name"]!)];

    private List<JsonNode> Watch(string path, string? accept = null)
    {
        var lines = new List<JsonNode>();
        rig.Send("GET", path, accept: accept).Watch!.ReadBy(bytes => lines.Add(JsonNode.Parse(Encoding.UTF8.GetString(bytes.Span))!), () => { });
        return lines;
    }
}

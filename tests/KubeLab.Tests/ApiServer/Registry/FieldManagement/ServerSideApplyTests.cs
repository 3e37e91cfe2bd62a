using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace KubeLab.Tests.ApiServer.Registry.FieldManagement;

public sealed class ServerSideApplyTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string Web = FrontRig.Deployments + "/web";

    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          labels: {app: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - name: main
                image: nginx:1.27
                ports: [{containerPort: 80}]
        """;

    private readonly FrontRig rig = new();

    [Fact]
    public void Applying_what_is_not_there_creates_it_and_the_applier_owns_what_it_said()
    {
        var (code, created) = Apply(Web, Deployment, "alice");

        Assert.Equal(201, code);
        Assert.Equal(2, (int)created["spec"]!["replicas"]!);
        var owner = Assert.Single(Owners(created));
        Assert.Equal(("alice", "Apply", "apps/v1"), ((string)owner["manager"]!, (string)owner["operation"]!, (string)owner["apiVersion"]!));
        Assert.Equal(
            """
            {"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"main\"}":{".":{},"f:image":{},"f:name":{},"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}}}}}}}}
            """.Trim(),
            Fields(owner));
    }

    [Fact]
    public void A_created_object_is_owned_by_its_client_with_the_defaults_and_without_the_server_s_own_fields()
    {
        var created = rig.Created(Maps, "{metadata: {name: m, labels: {app: web}}, data: {a: '1'}}");

        var owner = Assert.Single(Owners(created));
        Assert.Equal(("kubectl", "Update"), ((string)owner["manager"]!, (string)owner["operation"]!));
        Assert.Equal("""{"f:data":{".":{},"f:a":{}},"f:metadata":{"f:labels":{".":{},"f:app":{}}}}""", Fields(owner));
    }

    [Fact]
    public void Who_changes_another_s_field_is_refused_in_upstream_s_words_until_he_forces_it()
    {
        rig.Send("POST", FrontRig.Deployments + "?fieldManager=kubectl-client-side-apply", FrontRig.AsJson(Deployment));
        var wanted = Deployment.Replace("replicas: 2", "replicas: 5", StringComparison.Ordinal);

        var (code, refusal) = Apply(Web, wanted, "alice");

        Assert.Equal(409, code);
        Assert.Equal("Conflict", (string?)refusal["reason"]);
        Assert.Equal(
            "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using apps/v1: .spec.replicas", (string?)refusal["message"]);
        var cause = Assert.Single(refusal["details"]!["causes"]!.AsArray())!;
        Assert.Equal("FieldManagerConflict", (string?)cause["reason"]);
        Assert.Equal("conflict with \"kubectl-client-side-apply\" using apps/v1", (string?)cause["message"]);
        Assert.Equal(".spec.replicas", (string?)cause["field"]);

        var (forced, after) = Apply(Web, wanted, "alice", "&force=true");
        Assert.Equal(200, forced);
        Assert.Equal(5, (int)after["spec"]!["replicas"]!);
        Assert.DoesNotContain("f:replicas", Fields(OwnerOf(after, "kubectl-client-side-apply")), StringComparison.Ordinal);
        Assert.Contains("f:replicas", Fields(OwnerOf(after, "alice")), StringComparison.Ordinal);
    }

    [Fact]
    public void Conflicts_in_several_fields_are_listed_by_manager()
    {
        Apply(Maps + "/m", Map("a: '1', b: '1'"), "alice");
        rig.Send("PATCH", Maps + "/m?fieldManager=bob", """{"data":{"c":"1"}}""", "application/merge-patch+json");

        var (code, refusal) = Apply(Maps + "/m", Map("a: '2', b: '2', c: '2'"), "carol");

        Assert.Equal(409, code);
        Assert.Equal(
            "Apply failed with 3 conflicts: conflicts with \"alice\":\n- .data.a\n- .data.b\nconflicts with \"bob\" using v1:\n- .data.c",
            (string?)refusal["message"]);
    }

    [Fact]
    public void Two_who_apply_the_same_value_share_it_and_it_goes_with_the_last_of_them()
    {
        Apply(Maps + "/m", Map("a: '1', b: '1'"), "alice");
        Assert.Equal(200, Apply(Maps + "/m", Map("a: '1'"), "bob").Code);

        var (_, kept) = Apply(Maps + "/m", Map("b: '1'"), "alice");
        Assert.Equal("1", (string?)kept["data"]!["a"]);

        var (_, gone) = Apply(Maps + "/m", Map(""), "bob");
        Assert.Equal("""{"b":"1"}""", gone["data"]!.ToJsonString());
    }

    [Fact]
    public void What_another_updated_stays_when_the_applier_no_longer_wants_it()
    {
        Apply(Maps + "/m", Map("a: '1', b: '1'"), "alice");
        rig.Send("PATCH", Maps + "/m?fieldManager=bob", """{"data":{"a":"2"}}""", "application/merge-patch+json");

        var (code, after) = Apply(Maps + "/m", Map("b: '1'"), "alice");

        Assert.Equal(200, code);
        Assert.Equal("""{"a":"2","b":"1"}""", after["data"]!.ToJsonString());
    }

    [Fact]
    public void Elements_of_a_list_are_owned_by_their_key()
    {
        Apply(Web, Deployment, "alice");
        const string Sidecar = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {template: {spec: {containers: [{name: side, image: 'proxy:1'}]}}}
            """;

        var (code, both) = Apply(Web, Sidecar, "bob");
        Assert.Equal(200, code);
        Assert.Equal(["main", "side"], Containers(both));

        var (_, again) = Apply(Web, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}", "bob");
        Assert.Equal(["main"], Containers(again));
        Assert.Single(Owners(again));
    }

    [Fact]
    public void A_dropped_struct_goes_with_its_defaults()
    {
        var probed = Deployment + "\n        readinessProbe: {tcpSocket: {port: 80}}\n";
        var (_, with) = Apply(Web, probed, "alice");
        Assert.NotNull(Container(with)["readinessProbe"]!["periodSeconds"]);

        var (code, without) = Apply(Web, Deployment, "alice");

        Assert.Equal(200, code);
        Assert.Null(Container(without)["readinessProbe"]);
    }

    [Fact]
    public void Elements_of_a_set_are_owned_one_by_one()
    {
        const string Body = "{{apiVersion: v1, kind: ConfigMap, metadata: {{name: m, finalizers: ['{0}']}}}}";
        Apply(Maps + "/m", string.Format(null, Body, "lab.example/a"), "alice");

        var (_, both) = Apply(Maps + "/m", string.Format(null, Body, "lab.example/b"), "bob");

        Assert.Equal("""["lab.example/a","lab.example/b"]""", both["metadata"]!["finalizers"]!.ToJsonString());
        Assert.Equal("""{"f:metadata":{"f:finalizers":{"v:\"lab.example/b\"":{}}}}""", Fields(OwnerOf(both, "bob")));
    }

    [Fact]
    public void An_apply_that_changes_nothing_keeps_the_version()
    {
        var (_, first) = Apply(Web, Deployment, "alice");
        rig.Clock.RunFor(TimeSpan.FromMinutes(1));

        var (code, second) = Apply(Web, Deployment, "alice");

        Assert.Equal(200, code);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public void The_status_is_owned_through_its_own_path()
    {
        Apply(Web, Deployment, "alice");
        const string Status = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 9}, status: {replicas: 2}}";

        var (code, after) = Apply(Web + "/status", Status, "controller");

        Assert.Equal(200, code);
        Assert.Equal(2, (int)after["spec"]!["replicas"]!);
        Assert.Equal(2, (int)after["status"]!["replicas"]!);
        var owner = OwnerOf(after, "controller");
        Assert.Equal("status", (string?)owner["subresource"]);
        Assert.Equal("""{"f:status":{"f:replicas":{}}}""", Fields(owner));
    }

    [Fact]
    public void Scaling_takes_the_number_of_copies()
    {
        Apply(Web, Deployment, "alice");
        rig.Send("PATCH", Web + "/scale?fieldManager=scaler", """{"spec":{"replicas":7}}""", "application/merge-patch+json");

        var (code, refusal) = Apply(Web, Deployment, "alice");

        Assert.Equal(409, code);
        Assert.Equal(
            "Apply failed with 1 conflict: conflict with \"scaler\" with subresource \"scale\" using apps/v1: .spec.replicas",
            (string?)refusal["message"]);
    }

    [Fact]
    public void An_object_that_nobody_followed_is_owned_as_a_whole_before_its_first_apply()
    {
        rig.Direct.Create(KubeLab.Api.Core.ConfigMap.Resource, ServerFixture.ConfigMap("m"), new());
        Assert.Null(rig.Json("GET", Maps + "/m").Body["metadata"]!["managedFields"]);

        var (code, refusal) = Apply(Maps + "/m", Map("key: '2'"), "alice");

        Assert.Equal(409, code);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.key", (string?)refusal["message"]);
    }

    [Theory]
    [InlineData("", "{apiVersion: v1, kind: ConfigMap}", 422, "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch")]
    [InlineData("fieldManager=a", "{kind: ConfigMap}", 400, "Incorrect version specified in apply patch. Specified patch version: , expected: v1")]
    [InlineData("fieldManager=a", "{apiVersion: v1, kind: ConfigMap, metadata: {managedFields: [{manager: x}]}}", 400, "metadata.managedFields must be nil")]
    [InlineData(
        "fieldManager=a", "{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}", 400, "the name of the object (other) does not match the name on the URL (m)")]
    [InlineData(
        "fieldManager=a", "{apiVersion: v1, kind: ConfigMap, dta: {}}", 400, "failed to create typed patch object (default/m; /v1, Kind=ConfigMap): .dta: field not declared in schema")]
    public void What_cannot_be_applied_is_refused(string query, string yaml, int code, string message)
    {
        var (refused, body) = rig.Json("PATCH", $"{Maps}/m?{query}", yaml, "application/apply-patch+yaml");

        Assert.Equal((code, message), (refused, (string)body["message"]!));
        Assert.Equal(404, rig.Json("GET", Maps + "/m").Code);
    }

    [Fact]
    public void An_element_that_is_named_twice_is_refused()
    {
        var twice = Deployment + "\n      - {name: main, image: other}\n";

        var (code, body) = Apply(Web, twice, "alice");

        Assert.Equal(400, code);
        Assert.Equal(
            "failed to create typed patch object (default/web; apps/v1, Kind=Deployment): "
            + ".spec.template.spec.containers: duplicate entries for key [name=\"main\"]",
            (string?)body["message"]);
    }

    [Fact]
    public void Force_belongs_to_apply_alone()
    {
        rig.Created(Maps, "{metadata: {name: m}}");

        var (code, body) = rig.Json("PATCH", Maps + "/m?force=true", "{}", "application/merge-patch+json");

        Assert.Equal(422, code);
        Assert.Equal("PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch", (string?)body["message"]);
    }

    [Fact]
    public void A_dry_run_stores_nothing()
    {
        var (code, body) = Apply(Maps + "/m", Map("a: '1'"), "alice", "&dryRun=All");

        Assert.Equal((201, "1"), (code, (string?)body["data"]!["a"]));
        Assert.Equal(404, rig.Json("GET", Maps + "/m").Code);
    }

    [Fact]
    public void A_client_may_rewrite_the_owners_and_one_empty_entry_clears_them()
    {
        rig.Created(Maps, "{metadata: {name: m}, data: {a: '1'}}");

        var (_, cleared) = rig.Json("PATCH", Maps + "/m", """{"metadata":{"managedFields":[{}]}}""", "application/merge-patch+json");
        Assert.Null(cleared["metadata"]!["managedFields"]);
    }

    [Fact]
    public void Applying_the_same_twice_changes_nothing_whatever_it_is()
    {
        Prop.ForAll(Keys(), Keys(), (mine, theirs) =>
        {
            var fresh = new FrontRig();
            fresh.Json("PATCH", Maps + "/m?fieldManager=bob&force=true", Map(Entries(theirs)), "application/apply-patch+yaml");
            var first = fresh.Json("PATCH", Maps + "/m?fieldManager=alice&force=true", Map(Entries(mine)), "application/apply-patch+yaml").Body;
            var second = fresh.Json("PATCH", Maps + "/m?fieldManager=alice", Map(Entries(mine)), "application/apply-patch+yaml").Body;
            return first.ToJsonString() == second.ToJsonString();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Applying_less_removes_exactly_what_nobody_else_owns()
    {
        Prop.ForAll(Keys(), Keys(), Keys(), (first, then, theirs) =>
        {
            var fresh = new FrontRig();
            fresh.Json("PATCH", Maps + "/m?fieldManager=alice", Map(Entries(first)), "application/apply-patch+yaml");
            fresh.Json("PATCH", Maps + "/m?fieldManager=bob", Map(Entries(theirs)), "application/apply-patch+yaml");
            var after = fresh.Json("PATCH", Maps + "/m?fieldManager=alice", Map(Entries(then)), "application/apply-patch+yaml").Body;
            var left = (after["data"] as JsonObject ?? []).Select(p => p.Key).Order(StringComparer.Ordinal);
            return left.SequenceEqual(then.Concat(theirs).Distinct().Select(static k => $"k{k}").Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    private static Arbitrary<int[]> Keys() => Gen.Choose(0, 5).ListOf().Select(static l => l.Distinct().ToArray()).ToArbitrary();

    private static string Entries(int[] keys) => string.Join(", ", keys.Select(static k => $"k{k}: '1'"));

    // An empty map is itself a field with an owner, so who wants no entries leaves the map out.
    private static string Map(string entries) =>
        $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: m}}{(entries.Length == 0 ? "" : $", data: {{{entries}}}")}}}";

    private static JsonNode[] Owners(JsonNode obj) => [.. obj["metadata"]!["managedFields"]!.AsArray().Select(static e => e!)];

    private static JsonNode OwnerOf(JsonNode obj, string manager) => Owners(obj).Single(o => (string?)o["manager"] == manager);

    private static string Fields(JsonNode owner) =>
        owner["fieldsV1"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static JsonNode Container(JsonNode deployment) => deployment["spec"]!["template"]!["spec"]!["containers"]![0]!;

    private static string[] Containers(JsonNode deployment) =>
        [.. deployment["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(static c => (string)c!["name"]!)];

    private (int Code, JsonNode Body) Apply(string path, string yaml, string manager, string more = "") =>
        rig.Json("PATCH", $"{path}?fieldManager={manager}{more}", yaml, "application/apply-patch+yaml");
}

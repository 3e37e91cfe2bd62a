using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.CustomResources;

public sealed class ServingTests
{
    private const string Merge = "application/merge-patch+json";
    private readonly CustomRig rig = new();

    [Fact]
    public void Discovery_tells_of_the_kind_in_both_forms()
    {
        rig.Define(CustomRig.CronTab);
        var list = rig.Front.Json("GET", "/apis/stable.example.com/v1").Body["resources"]!.AsArray();
        Assert.Equal(["crontabs", "crontabs/scale", "crontabs/status"], list.Select(r => (string)r!["name"]!));
        Assert.Equal("ct", (string?)list[0]!["shortNames"]![0]);
        Assert.Equal("all", (string?)list[0]!["categories"]![0]);
        Assert.Equal("delete,deletecollection,get,list,patch,create,update,watch", string.Join(',', list[0]!["verbs"]!.AsArray()));
        var aggregated = rig.Front.Json("GET", "/apis", accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList").Body["items"]!.AsArray();
        var group = aggregated.Single(g => (string?)g!["metadata"]!["name"] == "stable.example.com")!;
        Assert.Equal("CronTab", (string?)group["versions"]![0]!["resources"]![0]!["responseKind"]!["kind"]);
    }

    [Fact]
    public void The_schema_becomes_a_document_that_explains_it()
    {
        rig.Define(CustomRig.CronTab);
        var document = rig.Front.Json("GET", "/openapi/v3/apis/stable.example.com/v1").Body;
        var schema = document["components"]!["schemas"]!["com.example.stable.v1.CronTab"]!;
        Assert.Equal("When.", (string?)schema["properties"]!["spec"]!["properties"]!["cronSpec"]!["description"]);
        Assert.NotNull(schema["properties"]!["metadata"]);
        Assert.Equal("CronTab", (string?)schema["x-kubernetes-group-version-kind"]![0]!["kind"]);
        Assert.NotNull(document["components"]!["schemas"]!["com.example.stable.v1.CronTabList"]);
        Assert.NotNull(rig.Front.Json("GET", "/openapi/v3").Body["paths"]!["apis/stable.example.com/v1"]);
    }

    [Fact]
    public void An_object_is_pruned_filled_in_and_shown_in_the_columns_of_its_definition()
    {
        rig.Define(CustomRig.CronTab);
        var created = rig.Front.Created(CustomRig.CronTabs, CustomRig.Object.Replace("image: my-image", "image: my-image, other: 1", StringComparison.Ordinal));
        Assert.Equal("""{"cronSpec":"* * * * */5","image":"my-image","replicas":1}""", created["spec"]!.ToJsonString());
        Assert.Equal(1, (int)created["metadata"]!["generation"]!);
        rig.Front.Clock.RunFor(TimeSpan.FromMinutes(3));
        var table = rig.Front.Json("GET", CustomRig.CronTabs, accept: "application/json;as=Table;v=v1;g=meta.k8s.io").Body;
        Assert.Equal("Name:string,Spec:string,Replicas:integer,Ready:boolean,Age:date", string.Join(',', table["columnDefinitions"]!.AsArray().Select(c => $"{c!["name"]}:{c["type"]}")));
        Assert.Equal("""["one","* * * * */5",1,null,"3m"]""", table["rows"]![0]!["cells"]!.ToJsonString());
        var list = rig.Front.Json("GET", CustomRig.CronTabs).Body;
        Assert.Equal("CronTabList", (string?)list["kind"]);
    }

    [Fact]
    public void A_table_without_columns_shows_the_age()
    {
        rig.Define(CustomRig.Thing("{type: object}"));
        rig.Front.Created("/apis/example.org/v1/things", "{apiVersion: example.org/v1, kind: Thing, metadata: {name: a}}");
        var table = rig.Front.Json("GET", "/apis/example.org/v1/things", accept: "application/json;as=Table;v=v1;g=meta.k8s.io").Body;
        Assert.Equal("""["a","0s"]""", table["rows"]![0]!["cells"]!.ToJsonString());
    }

    [Theory]
    [InlineData("Strict", 400, "")]
    [InlineData("Warn", 201, "unknown field \"metadata.what\",unknown field \"spec.foo\"")]
    [InlineData("Ignore", 201, "")]
    public void Unknown_fields_are_refused_told_or_dropped(string validation, int code, string warnings)
    {
        rig.Define(CustomRig.CronTab);
        var yaml = CustomRig.Object.Replace("{name: one}", "{name: one, what: 1}", StringComparison.Ordinal).Replace("image:", "foo: {a: 1}, image:", StringComparison.Ordinal);
        var answer = rig.Front.Send("POST", $"{CustomRig.CronTabs}?fieldValidation={validation}", FrontRig.AsJson(yaml));
        Assert.Equal(code, answer.Code);
        Assert.Equal(warnings, string.Join(',', answer.Warnings));
        if (code == 400)
        {
            Assert.Equal(
                "CronTab in version \"v1\" cannot be handled as a CronTab: strict decoding error: unknown field \"metadata.what\", unknown field \"spec.foo\"",
                (string?)JsonNode.Parse(answer.Body.Span)!["message"]);
        }
    }

    [Fact]
    public void A_field_said_twice_is_told_wherever_it_stands()
    {
        rig.Define(CustomRig.CronTab);
        var body = """{"apiVersion":"stable.example.com/v1","kind":"CronTab","metadata":{"name":"x"},"spec":{"image":"a","image":"b"}}""";
        var answer = rig.Front.Send("POST", $"{CustomRig.CronTabs}?fieldValidation=Warn", body);
        Assert.Equal("duplicate field \"spec.image\"", Assert.Single(answer.Warnings));
        Assert.Equal("b", (string?)JsonNode.Parse(answer.Body.Span)!["spec"]!["image"]);
    }

    [Fact]
    public void The_status_is_written_through_its_own_path_only()
    {
        rig.Define(CustomRig.CronTab);
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object + "\nstatus: {replicas: 9}");
        var path = $"{CustomRig.CronTabs}/one";
        Assert.Null(rig.Front.Json("GET", path).Body["status"]);
        Assert.Null(rig.Front.Json("PATCH", path, """{"status":{"replicas":9}}""", Merge).Body["status"]);
        var written = rig.Front.Json("PATCH", $"{path}/status", """{"status":{"replicas":2},"spec":{"image":"other"}}""", Merge).Body;
        Assert.Equal(2, (int)written["status"]!["replicas"]!);
        Assert.Equal("my-image", (string?)written["spec"]!["image"]);
        Assert.Equal(1, (int)written["metadata"]!["generation"]!);
        var changed = rig.Front.Json("PATCH", path, """{"spec":{"image":"other"}}""", Merge).Body;
        Assert.Equal(2, (int)changed["metadata"]!["generation"]!);
        Assert.Equal(2, (int)changed["status"]!["replicas"]!);
        Assert.Equal(2, (int)rig.Front.Json("PATCH", path, """{"metadata":{"labels":{"a":"b"}}}""", Merge).Body["metadata"]!["generation"]!);
        var (code, refused) = rig.Front.Json("PATCH", $"{path}/status", """{"status":{"replicas":"two"}}""", Merge);
        Assert.Equal(422, code);
        Assert.Equal(
            "CronTab.stable.example.com \"one\" is invalid: status.replicas: Invalid value: \"string\": status.replicas in body must be of type integer: \"string\"",
            (string?)refused["message"]);
    }

    [Fact]
    public void Without_a_status_of_its_own_every_change_counts()
    {
        rig.Define(CustomRig.Thing("{type: object, properties: {spec: {type: object}, status: {type: object, properties: {a: {type: string}}}}}"));
        rig.Front.Created("/apis/example.org/v1/things", "{apiVersion: example.org/v1, kind: Thing, metadata: {name: a}, status: {a: x}}");
        var changed = rig.Front.Json("PATCH", "/apis/example.org/v1/things/a", """{"status":{"a":"y"}}""", Merge).Body;
        Assert.Equal(2, (int)changed["metadata"]!["generation"]!);
        Assert.Equal(404, rig.Front.Send("GET", "/apis/example.org/v1/things/a/status").Code);
    }

    [Fact]
    public void Scale_reads_and_writes_the_paths_of_the_definition()
    {
        rig.Define(CustomRig.CronTab);
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object);
        rig.Front.Json("PATCH", $"{CustomRig.CronTabs}/one/status", """{"status":{"replicas":3,"labelSelector":"app=x"}}""", Merge);
        var scale = rig.Front.Json("GET", $"{CustomRig.CronTabs}/one/scale").Body;
        Assert.Equal("""{"replicas":1}""", scale["spec"]!.ToJsonString());
        Assert.Equal("""{"replicas":3,"selector":"app=x"}""", scale["status"]!.ToJsonString());
        Assert.Equal(5, (int)rig.Front.Json("PATCH", $"{CustomRig.CronTabs}/one/scale", """{"spec":{"replicas":5}}""", Merge).Body["spec"]!["replicas"]!);
        Assert.Equal(5, (int)rig.Front.Json("GET", $"{CustomRig.CronTabs}/one").Body["spec"]!["replicas"]!);
        var (code, refused) = rig.Front.Json("PATCH", $"{CustomRig.CronTabs}/one/scale", """{"spec":{"replicas":50}}""", Merge);
        Assert.Equal((422, "CronTab.stable.example.com \"one\" is invalid: spec.replicas: Invalid value: 50: spec.replicas in body should be less than or equal to 10"), (code, (string?)refused["message"]));
    }

    [Fact]
    public void An_object_that_says_nothing_of_its_number_has_no_scale_to_show()
    {
        rig.Define(CustomRig.CronTab.Replace(", default: 1", "", StringComparison.Ordinal));
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object);
        var (code, refused) = rig.Front.Json("GET", $"{CustomRig.CronTabs}/one/scale");
        Assert.Equal((500, "Internal error occurred: the spec replicas field \".spec.replicas\" does not exist"), (code, (string?)refused["message"]));
        Assert.Equal(2, (int)rig.Front.Json("PATCH", $"{CustomRig.CronTabs}/one/scale", """{"spec":{"replicas":2}}""", Merge).Body["spec"]!["replicas"]!);
        Assert.Equal(200, rig.Front.Json("GET", $"{CustomRig.CronTabs}/one/scale").Code);
    }

    [Fact]
    public void Selectors_ask_for_the_fields_of_the_definition()
    {
        rig.Define(CustomRig.CronTab);
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object);
        Assert.Single(rig.Front.Json("GET", $"{CustomRig.CronTabs}?fieldSelector=spec.image%3Dmy-image").Body["items"]!.AsArray());
        Assert.Empty(rig.Front.Json("GET", $"{CustomRig.CronTabs}?fieldSelector=spec.image%3Dother").Body["items"]!.AsArray());
        Assert.Equal("field label not supported: spec.cronSpec", (string?)rig.Front.Json("GET", $"{CustomRig.CronTabs}?fieldSelector=spec.cronSpec%3Dx").Body["message"]);
    }

    [Fact]
    public void A_strategic_patch_is_not_understood()
    {
        rig.Define(CustomRig.CronTab);
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object);
        var (code, refused) = rig.Front.Json("PATCH", $"{CustomRig.CronTabs}/one", "{}", "application/strategic-merge-patch+json");
        Assert.Equal(415, code);
        Assert.Equal(
            "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, "
            + "application/apply-patch+yaml",
            (string?)refused["message"]);
    }

    [Fact]
    public void A_replacement_must_say_which_version_it_replaces()
    {
        rig.Define(CustomRig.CronTab);
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object);
        var (code, refused) = rig.Front.Json("PUT", $"{CustomRig.CronTabs}/one", FrontRig.AsJson(CustomRig.Object));
        Assert.Equal((422, "CronTab.stable.example.com \"one\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update"), (code, (string?)refused["message"]));
    }

    [Fact]
    public void Each_version_shows_the_same_objects_with_its_own_defaults_and_old_ones_warn()
    {
        rig.Define(CustomRig.Thing(
            "{type: object, properties: {spec: {type: object, properties: {a: {type: string, default: x}, b: {type: string}}}}}",
            "  - {name: v1beta1, served: true, storage: false, deprecated: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {b: {type: string, default: old}}}}}}}"));
        rig.Front.Created("/apis/example.org/v1beta1/things", "{apiVersion: example.org/v1beta1, kind: Thing, metadata: {name: t}, spec: {}}");
        Assert.Equal("""{"b":"old","a":"x"}""", rig.Front.Json("GET", "/apis/example.org/v1/things/t").Body["spec"]!.ToJsonString());
        var beta = rig.Front.Send("GET", "/apis/example.org/v1beta1/things/t");
        Assert.Equal("example.org/v1beta1 Thing is deprecated; use example.org/v1 Thing", Assert.Single(beta.Warnings));
        var body = JsonNode.Parse(beta.Body.Span)!;
        Assert.Equal("example.org/v1beta1", (string?)body["apiVersion"]);
        Assert.Equal("""{"b":"old"}""", body["spec"]!.ToJsonString());
        var stored = rig.Front.Etcd.Get("/registry/example.org/things/t")!.Value;
        Assert.Equal("example.org/v1", stored.ApiVersion);
    }

    [Fact]
    public void A_default_that_comes_later_shows_in_what_was_stored_before()
    {
        rig.Define(CustomRig.Thing("{type: object, properties: {spec: {type: object, properties: {a: {type: string}}}}}"));
        rig.Front.Created("/apis/example.org/v1/things", "{apiVersion: example.org/v1, kind: Thing, metadata: {name: t}, spec: {}}");
        rig.Front.Json(
            "PATCH",
            $"{CustomRig.Definitions}/things.example.org",
            """[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/a/default","value":"x"}]""",
            "application/json-patch+json");
        rig.Settle();
        Assert.Equal("x", (string?)rig.Front.Json("GET", "/apis/example.org/v1/things/t").Body["spec"]!["a"]);
        Assert.Equal("x", (string?)rig.Front.Json("GET", "/apis/example.org/v1/things").Body["items"]![0]!["spec"]!["a"]);
    }

    [Fact]
    public void A_watch_tells_of_objects_and_ends_when_the_definition_changes()
    {
        rig.Define(CustomRig.CronTab);
        var resource = rig.Front.Server.Resources.FindName("ct")!.Resource;
        var recorder = new Recorder();
        recorder.Handle = rig.Front.Direct.Watch(resource, null, ListOptions.All, recorder);
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object);
        rig.Settle();
        rig.Front.Json("PATCH", $"{CustomRig.CronTabs}/one", """{"spec":{"replicas":4}}""", Merge);
        rig.Front.Json("DELETE", $"{CustomRig.CronTabs}/one");
        rig.Settle();
        Assert.Equal(["Added one", "Modified one", "Deleted one"], recorder.Lines);
        Assert.Equal("stable.example.com/v1", recorder.Events[0].Object.ApiVersion);
        rig.Front.Json("PATCH", $"{CustomRig.Definitions}/crontabs.stable.example.com", """{"spec":{"names":{"shortNames":["tab"]}}}""", Merge);
        rig.Settle();
        Assert.True(recorder.HasEnded);
        Assert.Null(recorder.Error);
        Assert.NotNull(rig.Front.Server.Resources.FindName("tab"));
    }

    [Fact]
    public void Fields_have_owners_and_lists_merge_by_their_keys()
    {
        rig.Define(CustomRig.Thing(
            "{type: object, properties: {spec: {type: object, properties: {ports: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [id, proto], "
            + "items: {type: object, required: [id], properties: {id: {type: string}, proto: {type: string, default: TCP}, port: {type: integer}}}}, "
            + "tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}, plain: {type: array, items: {type: string}}, whole: {type: object, x-kubernetes-map-type: atomic, x-kubernetes-preserve-unknown-fields: true}}}}}"));
        Apply("a", "{ports: [{id: http, port: 80}], tags: [x], plain: [p], whole: {k: 1}}", 201);
        var merged = Apply("b", "{ports: [{id: https, port: 443}], tags: [z]}", 200)["spec"]!;
        Assert.Equal("""[{"id":"http","port":80,"proto":"TCP"},{"id":"https","port":443,"proto":"TCP"}]""", merged["ports"]!.ToJsonString());
        Assert.Equal("""["x","z"]""", merged["tags"]!.ToJsonString());
        var conflict = Apply("b", "{plain: [q], whole: {l: 2}}", 409);
        Assert.Contains("conflicts with \"a\":\n- .spec.plain\n- .spec.whole", (string?)conflict["message"]);
        var less = Apply("a", "{tags: [x], plain: [p], whole: {k: 1}}", 200)["spec"]!;
        Assert.Equal("""[{"id":"https","port":443,"proto":"TCP"}]""", less["ports"]!.ToJsonString());

        JsonNode Apply(string manager, string spec, int code)
        {
            var body = $"{{apiVersion: example.org/v1, kind: Thing, metadata: {{name: t}}, spec: {spec}}}";
            var (got, answer) = rig.Front.Json("PATCH", $"/apis/example.org/v1/things/t?fieldManager={manager}", body, "application/apply-patch+yaml");
            Assert.True(code == got, answer.ToJsonString());
            return answer;
        }
    }

    [Fact]
    public void A_write_owns_the_spec_itself_which_nobody_else_puts_there()
    {
        rig.Define(CustomRig.CronTab);
        var created = rig.Front.Created(CustomRig.CronTabs + "?fieldManager=me", CustomRig.Object);
        Assert.Equal("""{"f:spec":{".":{},"f:cronSpec":{},"f:image":{},"f:replicas":{}}}""", created["metadata"]!["managedFields"]![0]!["fieldsV1"]!.ToJsonString());
    }

    [Fact]
    public void An_object_within_an_object_says_what_it_is()
    {
        rig.Define(CustomRig.Thing("{type: object, properties: {spec: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}}}"));
        var (_, message) = rig.Front.Refused("/apis/example.org/v1/things", "{apiVersion: example.org/v1, kind: Thing, metadata: {name: t}, spec: {kind: Pod, any: 1}}");
        Assert.Equal("Thing.example.org \"t\" is invalid: spec.apiVersion: Required value: must not be empty", message);
    }

    [Fact]
    public void Rules_are_not_asked_of_an_object_of_the_wrong_types()
    {
        rig.Define(CustomRig.Thing("{type: object, properties: {spec: {type: object, x-kubernetes-validations: [{rule: 'self.a > 1'}], properties: {a: {type: integer}}}}}"));
        var (_, message) = rig.Front.Refused("/apis/example.org/v1/things", "{apiVersion: example.org/v1, kind: Thing, metadata: {name: t}, spec: {a: x}}");
        Assert.Contains("<nil>: Invalid value: null: some validation rules were not checked because the object was invalid", message);
        Assert.Equal(
            "Thing.example.org \"t\" is invalid: spec: Invalid value: \"object\": failed rule: self.a > 1",
            rig.Front.Refused("/apis/example.org/v1/things", "{apiVersion: example.org/v1, kind: Thing, metadata: {name: t}, spec: {a: 1}}").Message);
    }

    [Fact]
    public void A_rule_outside_the_labs_part_of_the_language_is_refused_with_its_definition()
    {
        var (code, message) = rig.Front.Refused(
            CustomRig.Definitions,
            CustomRig.Thing("{type: object, properties: {spec: {type: object, x-kubernetes-validations: [{rule: \"isURL(self.a)\"}], properties: {a: {type: string}}}}}"));
        Assert.Equal(422, code);
        Assert.Contains("properties[spec].x-kubernetes-validations[0].rule: Invalid value: \"isURL(self.a)\": compilation failed: ERROR: <input>:1:1: isURL() is not supported in this lab", message);
    }

    [Fact]
    public void In_process_a_custom_object_is_written_as_any_other()
    {
        rig.Define(CustomRig.CronTab);
        var resource = ApiResource.Named("stable.example.com/v1", "crontabs", "CronTab", true);
        var spec = System.Text.Json.JsonDocument.Parse("""{"cronSpec":"* * * * *"}""").RootElement;
        var made = rig.Front.Direct.Create(
            resource, new CustomObject("stable.example.com/v1", "CronTab", new() { Name = "two", Namespace = "default" }, null).WithField("spec", spec), WriteOptions.Default);
        Assert.Equal(1, ((CustomObject)made).Overflow!["spec"]!.Value.GetProperty("replicas").GetInt32());
        Assert.Single(rig.Front.Direct.List(resource, "default", ListOptions.All).Items);
    }
}

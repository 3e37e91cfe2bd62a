using System.Text.Json.Nodes;
using KubeLab.ApiServer.Http;

namespace KubeLab.Tests.ApiServer.OpenApi.Version2;

public sealed class SwaggerDocumentsTests
{
    private const string Protobuf = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    private readonly FrontRig rig = new();

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json, */*")]
    [InlineData("application/json;q=0.9")]
    public void Who_asks_for_JSON_or_for_nothing_gets_JSON(string? accept)
    {
        var answer = rig.Send("GET", "/openapi/v2", accept: accept);
        Assert.Equal((200, "application/json"), (answer.Code, answer.ContentType));
        Assert.StartsWith("""{"swagger":"2.0","info":{"title":"Kubernetes","version":"v1.33.0"},"paths":{""", FrontRig.Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void What_there_is_not_is_not_acceptable()
    {
        var (code, body) = rig.Json("GET", "/openapi/v2", accept: "application/yaml");
        Assert.Equal((406, "NotAcceptable"), (code, (string?)body["reason"]));
    }

    [Fact]
    public void What_a_client_has_already_is_not_sent_again_and_each_form_has_a_mark_of_its_own()
    {
        var tag = rig.Send("GET", "/openapi/v2").ETag;
        var again = rig.Front.Handle(new ApiRequest { Method = "GET", Path = "/openapi/v2", IfNoneMatch = tag });
        Assert.Equal((304, 0), (again.Code, again.Body.Length));
        Assert.Equal(200, rig.Front.Handle(new ApiRequest { Method = "GET", Path = "/openapi/v2", IfNoneMatch = tag, Accept = Protobuf }).Code);
        Assert.Equal(tag, new FrontRig().Send("GET", "/openapi/v2").ETag);
    }

    [Fact]
    public void Every_reference_leads_to_a_definition_and_no_word_is_newer_than_version_2()
    {
        Create();
        var document = Document();
        var definitions = document["definitions"]!.AsObject();
        foreach (var map in Nodes(document).OfType<JsonObject>())
        {
            if (map["$ref"] is JsonValue reference)
            {
                Assert.StartsWith("#/definitions/", (string?)reference, StringComparison.Ordinal);
                Assert.True(definitions.ContainsKey(((string)reference!)["#/definitions/".Length..]), (string?)reference);
            }

            // What names a type is a schema or a parameter; a field may be called as it likes.
            Assert.False(map["type"] is JsonValue && (map["allOf"] ?? map["oneOf"] ?? map["anyOf"] ?? map["not"] ?? map["nullable"]) is not null, map.ToJsonString());
            Assert.False((string?)(map["type"] as JsonValue) == "array" && map["items"] is null, map.ToJsonString());
        }
    }

    [Fact]
    public void It_has_each_path_and_operation_of_version_3()
    {
        var paths = Document()["paths"]!.AsObject();
        var count = 0;
        foreach (var (name, _) in rig.Json("GET", "/openapi/v3").Body["paths"]!.AsObject())
        {
            foreach (var (path, item) in rig.Json("GET", $"/openapi/v3/{name}").Body["paths"]!.AsObject())
            {
                Assert.Equal(item!.AsObject().Select(p => p.Key), paths[path]!.AsObject().Select(p => p.Key));
                count++;
            }
        }

        Assert.Equal(count, paths.Count);
    }

    [Fact]
    public void Each_patch_takes_a_dry_run_a_manager_a_validation_and_force_and_names_its_kind()
    {
        var document = Document();
        foreach (var resource in rig.Server.Resources.Kinds.Select(k => k.Resource).Where(r => r.Verbs.IsEmpty))
        {
            var patch = document["paths"]![resource.Path(resource.Namespaced ? "{namespace}" : null, "{name}")]!["patch"]!;
            Assert.Equal(
                ["body body", "query dryRun", "query fieldManager", "query fieldValidation", "query force", "query pretty"],
                patch["parameters"]!.AsArray().Select(p => $"{p!["in"]} {p["name"]}"));
            Assert.Equal("patch", (string?)patch["x-kubernetes-action"]);
            var kind = patch["x-kubernetes-group-version-kind"]!;
            Assert.Equal((resource.Group, resource.Version, resource.Kind), ((string?)kind["group"], (string?)kind["version"], (string?)kind["kind"]));
        }
    }

    [Fact]
    public void A_field_stands_beside_its_reference_with_its_description_and_how_it_is_merged()
    {
        var definitions = Document()["definitions"]!;
        var template = definitions["io.k8s.api.apps.v1.DeploymentSpec"]!["properties"]!["template"]!;
        Assert.Equal("#/definitions/io.k8s.api.core.v1.PodTemplateSpec", (string?)template["$ref"]);
        Assert.False(string.IsNullOrEmpty((string?)template["description"]));
        var containers = definitions["io.k8s.api.core.v1.PodSpec"]!["properties"]!["containers"]!;
        Assert.Equal("array merge name", $"{containers["type"]} {containers["x-kubernetes-patch-strategy"]} {containers["x-kubernetes-patch-merge-key"]}");
        Assert.Equal("""{"$ref":"#/definitions/io.k8s.api.core.v1.Container"}""", containers["items"]!.ToJsonString());
        Assert.Equal("string", (string?)definitions["io.k8s.apimachinery.pkg.api.resource.Quantity"]!["type"]);
        var either = definitions["io.k8s.apimachinery.pkg.util.intstr.IntOrString"]!;
        Assert.Equal("string int-or-string", $"{either["type"]} {either["format"]}");
    }

    [Theory]
    [InlineData("io.k8s.api.rbac.v1.ClusterRole", "rules")]
    [InlineData("io.k8s.api.rbac.v1.Role", "rules")]
    [InlineData("io.k8s.api.discovery.v1.EndpointSlice", "ports")]
    [InlineData("io.k8s.api.apps.v1.StatefulSetSpec", "serviceName")]
    [InlineData("io.k8s.api.apps.v1.StatefulSetOrdinals", "start")]
    [InlineData("io.k8s.api.core.v1.Event", "reportingComponent")]
    public void What_is_always_written_but_may_be_left_out_is_not_required(string name, string field)
    {
        var schema = Document()["definitions"]![name]!;
        Assert.NotNull(schema["properties"]![field]);
        Assert.DoesNotContain(field, schema["required"]?.AsArray().Select(n => (string?)n) ?? []);
    }

    [Fact]
    public void A_users_own_kind_appears_with_what_kubectl_can_check_and_changes_the_mark()
    {
        var before = rig.Send("GET", "/openapi/v2").ETag;
        Create();
        Assert.NotEqual(before, rig.Send("GET", "/openapi/v2").ETag);
        var definitions = Document()["definitions"]!;
        var root = definitions["com.example.stable.v1.CronTab"]!;
        Assert.Equal("#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", (string?)root["properties"]!["metadata"]!["$ref"]);
        Assert.Equal("CronTab", (string?)root["x-kubernetes-group-version-kind"]![0]!["kind"]);
        var spec = root["properties"]!["spec"]!;
        Assert.Equal("""["when"]""", spec["required"]!.ToJsonString());
        var fields = spec["properties"]!;
        Assert.Equal("""{"type":"string","pattern":"^a$"}""", fields["when"]!.ToJsonString());
        Assert.Equal("""{"x-kubernetes-int-or-string":true}""", fields["port"]!.ToJsonString());
        Assert.Equal("""{"x-kubernetes-preserve-unknown-fields":true}""", fields["free"]!.ToJsonString());
        Assert.Equal("{}", fields["maybe"]!.ToJsonString());
        Assert.Equal(["a", "apiVersion", "kind", "metadata"], fields["inner"]!["properties"]!.AsObject().Select(p => p.Key));
        Assert.Contains("/apis/stable.example.com/v1/namespaces/{namespace}/crontabs/{name}", Document()["paths"]!.AsObject().Select(p => p.Key));
    }

    private void Create()
    {
        rig.Created("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: crontabs.stable.example.com}
            spec:
              group: stable.example.com
              scope: Namespaced
              names: {plural: crontabs, singular: crontab, kind: CronTab, listKind: CronTabList}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        required: [when, maybe]
                        properties:
                          when: {type: string, pattern: ^a$}
                          port: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
                          free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}
                          maybe: {type: object, nullable: true, properties: {a: {type: string}}}
                          inner: {type: object, x-kubernetes-embedded-resource: true, properties: {a: {type: string}}}
                          map: {type: object, additionalProperties: {type: integer}}
                          empty: {type: object, properties: {}}
            """);
        rig.Clock.RunFor(TimeSpan.Zero);
    }

    private JsonNode Document() => rig.Json("GET", "/openapi/v2").Body;

    private static IEnumerable<JsonNode> Nodes(JsonNode? node)
    {
        var inner = node switch
        {
            JsonObject map => map.Select(p => p.Value),
            JsonArray list => list,
            _ => [],
        };
        return node is null ? [] : inner.SelectMany(Nodes).Prepend(node);
    }
}

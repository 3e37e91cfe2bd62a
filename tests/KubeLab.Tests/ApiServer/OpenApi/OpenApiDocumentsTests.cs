using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Patching;
using KubeLab.ApiServer.Http;

namespace KubeLab.Tests.ApiServer.OpenApi;

public sealed class OpenApiDocumentsTests
{
    private readonly FrontRig rig = new();

    [Fact]
    public void The_index_names_a_document_for_each_group_and_version_by_its_content()
    {
        var paths = rig.Json("GET", "/openapi/v3").Body["paths"]!.AsObject();
        var expected = rig.Server.Resources.Kinds.Select(k => Name(k.Resource)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(expected, paths.Select(p => p.Key));
        foreach (var (name, entry) in paths)
        {
            var url = (string)entry!["serverRelativeURL"]!;
            Assert.Matches($"^/openapi/v3/{name}\\?hash=[0-9A-F]{{128}}$", url);
            var answer = rig.Send("GET", url);
            Assert.Equal((200, "public, immutable"), (answer.Code, answer.CacheControl));
            Assert.Equal($"\"{url[(url.IndexOf('=', StringComparison.Ordinal) + 1)..]}\"", answer.ETag);
        }

        Assert.Equal(404, rig.Send("GET", "/openapi/v3/apis/nosuch/v1").Code);
    }

    [Fact]
    public void Another_server_with_the_same_kinds_has_the_same_documents() =>
        Assert.Equal(FrontRig.Text(rig.Send("GET", "/openapi/v3")), FrontRig.Text(new FrontRig().Send("GET", "/openapi/v3")));

    [Fact]
    public void What_a_client_has_already_is_not_sent_again()
    {
        var first = rig.Send("GET", "/openapi/v3");
        var again = rig.Front.Handle(new ApiRequest { Method = "GET", Path = "/openapi/v3", IfNoneMatch = first.ETag });
        Assert.Equal((304, 0), (again.Code, again.Body.Length));
        Assert.Equal(200, rig.Front.Handle(new ApiRequest { Method = "GET", Path = "/openapi/v3", IfNoneMatch = "\"other\"" }).Code);
    }

    [Fact]
    public void Every_reference_leads_to_a_schema_and_the_form_is_that_of_OpenAPI_3_0()
    {
        foreach (var document in Documents())
        {
            Assert.Equal("3.0.0", (string?)document["openapi"]);
            var schemas = document["components"]!["schemas"]!.AsObject();
            foreach (var node in Nodes(document))
            {
                if (node is JsonObject map && map.TryGetPropertyValue("$ref", out var reference) && reference is JsonValue)
                {
                    Assert.Single(map);
                    Assert.True(schemas.ContainsKey(((string)reference!).Split('/')[^1]), (string?)reference);
                }

                // A type is one word; lists of types belong to OpenAPI 3.1, which kubectl explain cannot read.
                Assert.False(node is JsonObject typed && typed["type"] is JsonArray, node.ToJsonString());
            }
        }
    }

    [Fact]
    public void Every_modelled_field_of_every_kind_has_a_type_and_a_description()
    {
        foreach (var kind in rig.Server.Resources.Kinds)
        {
            var schemas = Document(kind.Resource)["components"]!["schemas"]!.AsObject();
            Described(schemas, Root(schemas, kind.Resource), kind.RecordType, kind.Resource.Kind, []);
        }
    }

    [Fact]
    public void Each_kind_has_a_patch_that_knows_field_validation_and_says_nothing_of_its_body()
    {
        foreach (var resource in rig.Server.Resources.Kinds.Select(k => k.Resource).Where(r => r.Verbs.IsEmpty))
        {
            var patch = Document(resource)["paths"]![resource.Path("{namespace}", "{name}")]!["patch"]!;
            Assert.Contains(patch["parameters"]!.AsArray(), p => (string?)p!["name"] == "fieldValidation" && (string?)p["in"] == "query");
            Assert.Null(patch["requestBody"]);
            Assert.Equal(
                $"{resource.Group} {resource.Version} {resource.Kind}",
                string.Join(' ', patch["x-kubernetes-group-version-kind"]!.AsObject().Select(p => (string?)p.Value)));
        }
    }

    [Fact]
    public void Lists_say_how_they_are_merged()
    {
        var spec = Document(Pod)["components"]!["schemas"]!["io.k8s.api.core.v1.PodSpec"]!;
        var containers = spec["properties"]!["containers"]!;
        Assert.Equal(("merge", "name"), ((string?)containers["x-kubernetes-patch-strategy"], (string?)containers["x-kubernetes-patch-merge-key"]));
        Assert.Equal("merge,retainKeys", (string?)spec["properties"]!["volumes"]!["x-kubernetes-patch-strategy"]);
        Assert.Equal("""["containers"]""", spec["required"]!.ToJsonString());
        Assert.Equal("""{"allOf":[{"$ref":"#/components/schemas/io.k8s.api.core.v1.Container"}]}""", containers["items"]!.ToJsonString());
    }

    [Fact]
    public void Numbers_texts_and_instants_have_the_types_that_clients_show()
    {
        var schemas = Document(Pod)["components"]!["schemas"]!;
        var port = schemas["io.k8s.api.core.v1.ServicePort"]!["properties"]!;
        Assert.Equal("integer int32", $"{port["port"]!["type"]} {port["port"]!["format"]}");
        Assert.EndsWith("util.intstr.IntOrString", (string?)port["targetPort"]!["allOf"]![0]!["$ref"], StringComparison.Ordinal);
        var meta = schemas["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"]!["properties"]!;
        Assert.EndsWith("meta.v1.Time", (string?)meta["creationTimestamp"]!["allOf"]![0]!["$ref"], StringComparison.Ordinal);
        Assert.Equal("""{"type":"string"}""", meta["labels"]!["additionalProperties"]!.ToJsonString());
        Assert.Equal("byte", (string?)schemas["io.k8s.api.core.v1.ConfigMap"]!["properties"]!["binaryData"]!["additionalProperties"]!["format"]);
    }

    private static readonly ApiResource Pod = KubeLab.Api.Core.Pod.Resource;

    private static string Name(ApiResource resource) => resource.Group.Length == 0 ? $"api/{resource.Version}" : $"apis/{resource.ApiVersion}";

    private static void Described(JsonObject schemas, JsonObject schema, Type record, string place, HashSet<Type> seen)
    {
        Assert.False(string.IsNullOrWhiteSpace((string?)schema["description"]), $"{place} has no description");
        if (!seen.Add(record))
        {
            return;
        }

        foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != nameof(ApiRecord.Overflow)))
        {
            if (property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.Always)
            {
                continue;
            }

            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var path = $"{place}.{name}";
            var field = schema["properties"]![name];
            if (field is null && record == typeof(Condition))
            {
                // One record stands for the conditions of all kinds, and each kind's have only some of its fields.
                continue;
            }

            Assert.True(field is not null, $"{path} has no schema");
            Assert.False(string.IsNullOrWhiteSpace((string?)field["description"]), $"{path} has no description");
            Assert.True(field["type"] is not null || field["allOf"] is not null, $"{path} has no type");
            var strategy = (string?)field["x-kubernetes-patch-strategy"] ?? "";
            Assert.Equal(property.IsDefined(typeof(MergeKeyAttribute)), strategy.StartsWith("merge", StringComparison.Ordinal));
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>);
            type = isList ? type.GetGenericArguments()[0] : type;
            if (type.IsAssignableTo(typeof(ApiRecord)) && type != typeof(OpaqueObject))
            {
                Assert.Equal(isList, (string?)field["type"] == "array");
                var reference = (string?)(isList ? field["items"]!["allOf"] : field["allOf"])![0]!["$ref"];
                Described(schemas, schemas[reference!.Split('/')[^1]]!.AsObject(), type, path, seen);
            }
        }
    }

    private static JsonObject Root(JsonObject schemas, ApiResource resource) => schemas.Select(s => s.Value!.AsObject()).Single(
        s => s["x-kubernetes-group-version-kind"] is JsonArray kinds && kinds.Any(
            k => (string?)k!["kind"] == resource.Kind && (string?)k["group"] == resource.Group && (string?)k["version"] == resource.Version));

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

    private JsonNode Document(ApiResource resource) => rig.Json("GET", $"/openapi/v3/{Name(resource)}").Body;

    private IEnumerable<JsonNode> Documents() =>
        rig.Json("GET", "/openapi/v3").Body["paths"]!.AsObject().Select(p => rig.Json("GET", $"/openapi/v3/{p.Key}").Body);
}

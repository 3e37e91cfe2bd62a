using System.Text;
using System.Text.Json.Nodes;
using KubeLab.ApiServer.Http;
using KubeLab.Tests.ApiServer.Decoding;

namespace KubeLab.Tests.ApiServer.Http;

public sealed class FieldValidationTests
{
    private const string Pod = """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"x","imagee":"y"}]}}""";
    private const string Unknown = "unknown field \"spec.containers[0].imagee\"";
    private const string Merge = "application/merge-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";
    private readonly FrontRig rig = new();

    [Fact]
    public void Strict_refuses_an_unknown_field_warn_and_silence_tell_of_it_and_ignore_drops_it()
    {
        var (code, status) = rig.Json("POST", FrontRig.Pods + "?fieldValidation=Strict", Pod);
        Assert.Equal(
            (400, $"Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: {Unknown}"),
            (code, (string?)status["message"]));
        foreach (var (query, warnings) in new[] { ("?fieldValidation=Warn&", 1), ("?", 1), ("?fieldValidation=Ignore&", 0) })
        {
            var answer = rig.Send("POST", $"{FrontRig.Pods}{query}dryRun=All", Pod);
            Assert.Equal((201, warnings), (answer.Code, answer.Warnings.Count));
            Assert.All(answer.Warnings, w => Assert.Equal(Unknown, w));
            Assert.DoesNotContain("imagee", FrontRig.Text(answer), StringComparison.Ordinal);
        }

        Assert.Equal(404, rig.Send("GET", FrontRig.Pods + "/p").Code);
        Assert.Equal(422, rig.Send("POST", FrontRig.Pods + "?fieldValidation=Maybe", Pod).Code);
    }

    [Fact]
    public void A_field_said_twice_is_a_duplicate_in_JSON()
    {
        const string Twice = """{"metadata":{"name":"m"},"data":{"a":"1"},"data":{"b":"2"}}""";
        var (code, status) = rig.Json("POST", Maps + "?fieldValidation=Strict", Twice);
        Assert.Equal(400, code);
        Assert.EndsWith("strict decoding error: duplicate field \"data\"", (string?)status["message"], StringComparison.Ordinal);
        Assert.Equal(["duplicate field \"data\""], rig.Send("POST", Maps + "?dryRun=All", Twice).Warnings);
    }

    [Fact]
    public void A_put_is_validated_as_a_create_is()
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        const string Body = """{"metadata":{"name":"m"},"dataa":{}}""";
        Assert.Equal(400, rig.Send("PUT", Maps + "/m?fieldValidation=Strict", Body).Code);
        Assert.Equal(["unknown field \"dataa\""], rig.Send("PUT", Maps + "/m", Body).Warnings);
    }

    [Theory]
    [InlineData(Strategic, """{"dataa":{"x":"y"}}""", "map[dataa:map[x:y]]")]
    [InlineData(Merge, """{"dataa":{"x":"y"}}""", null)]
    [InlineData("application/json-patch+json", """[{"op":"add","path":"/dataa","value":{"x":"y"}}]""", null)]
    public void What_a_patch_makes_is_validated(string type, string patch, string? shown)
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        var (code, status) = rig.Json("PATCH", Maps + "/m?fieldValidation=Strict", patch, type);
        Assert.Equal((422, "Invalid"), (code, (string?)status["reason"]));
        var message = (string)status["message"]!;
        Assert.EndsWith("strict decoding error: unknown field \"dataa\"", message, StringComparison.Ordinal);
        Assert.StartsWith(" \"\" is invalid: patch: Invalid value: \"" + (shown ?? "{"), message, StringComparison.Ordinal);
        var before = Version("m");
        Assert.Equal(["unknown field \"dataa\""], rig.Send("PATCH", Maps + "/m", patch, type).Warnings);
        Assert.Equal(before, Version("m"));
    }

    [Theory]
    [InlineData(Strategic)]
    [InlineData(Merge)]
    public void A_patch_that_says_a_field_twice_is_refused_or_warned_of(string type)
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        const string Twice = """{"data":{"a":"1","a":"2"}}""";
        var (code, status) = rig.Json("PATCH", Maps + "/m?fieldValidation=Strict", Twice, type);
        Assert.InRange(code, 400, 422);
        Assert.Contains("strict decoding error: duplicate field \"data.a\"", (string?)status["message"], StringComparison.Ordinal);
        var answer = rig.Send("PATCH", Maps + "/m", Twice, type);
        Assert.Equal((200, "duplicate field \"data.a\""), (answer.Code, Assert.Single(answer.Warnings)));
        Assert.Equal("2", (string?)rig.Json("GET", Maps + "/m").Body["data"]!["a"]);
    }

    [Theory]
    [InlineData("POST", "application/yaml", "")]
    [InlineData("PATCH", "application/apply-patch+yaml", "/m")]
    public void Text_that_says_a_field_twice_is_answered_in_YAML_too(string method, string type, string name)
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        const string Json = """{"metadata":{"name":"m"},"data":{"a":"1","a":"2"}}""";
        foreach (var text in new[] { "metadata: {name: m}\ndata: {a: x}\ndata: {b: x}\n", Json })
        {
            Assert.InRange(rig.Send(method, $"{Maps}{name}?fieldManager=me", text, type).Code, 200, 422);
        }
    }

    [Fact]
    public void Protobuf_has_no_unknown_fields_to_refuse()
    {
        var body = new ProtobufWriter().Message(1, m => m.Text(1, "m")).Text(77, "from a newer client");
        var answer = rig.Front.Handle(new ApiRequest
        {
            Method = "POST",
            Path = Maps,
            Query = "fieldManager=kubectl-create&fieldValidation=Strict",
            Body = ProtobufWriter.Envelope("v1", "ConfigMap", body),
            ContentType = "application/vnd.kubernetes.protobuf",
        });
        Assert.Equal((201, 0), (answer.Code, answer.Warnings.Count));
    }

    [Fact]
    public void A_dry_run_of_any_write_changes_nothing()
    {
        rig.Created(Maps, "{metadata: {name: m}}");
        rig.Created(FrontRig.Pods, "{metadata: {name: p}, spec: {containers: [{name: c, image: x}]}}");
        rig.Created(FrontRig.Deployments, Defaulting.DefaultingTests.Web);
        var before = rig.Server.ResourceVersion;
        Assert.Equal(201, Dry("POST", Maps, """{"metadata":{"name":"n"}}"""));
        Assert.Equal(200, Dry("PUT", Maps + "/m", """{"metadata":{"name":"m"},"data":{"a":"1"}}"""));
        Assert.Equal(200, Dry("PATCH", Maps + "/m", """{"data":{"a":"1"}}""", Merge));
        Assert.Equal(200, Dry("PATCH", FrontRig.Deployments + "/web/scale", """{"spec":{"replicas":9}}""", Merge));
        Assert.Equal(200, Dry("PATCH", FrontRig.Pods + "/p/status", """{"status":{"phase":"Failed"}}""", Merge));
        Assert.Equal(201, Dry("POST", FrontRig.Pods + "/p/binding", """{"metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}"""));
        Assert.Equal(201, Dry("POST", FrontRig.Pods + "/p/eviction", Eviction("{}")));
        Assert.Equal(201, rig.Send("POST", FrontRig.Pods + "/p/eviction", Eviction("""{"dryRun":["All"]}""")).Code);
        Assert.Equal(200, Dry("DELETE", Maps + "/m", null));
        Assert.Equal(200, rig.Send("DELETE", Maps + "/m", """{"dryRun":["All"]}""").Code);
        Assert.Equal(200, Dry("DELETE", Maps, null));
        Assert.Equal(200, Dry("DELETE", "/api/v1/namespaces/kube-node-lease", null));
        rig.Clock.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(before, rig.Server.ResourceVersion);
    }

    [Fact]
    public void An_eviction_of_another_pod_of_the_name_is_a_conflict()
    {
        rig.Created(FrontRig.Pods, "{metadata: {name: p}, spec: {containers: [{name: c, image: x}]}}");
        Assert.Equal(409, rig.Send("POST", FrontRig.Pods + "/p/eviction", Eviction("""{"preconditions":{"uid":"other"}}""")).Code);
    }

    [Fact]
    public void Evictions_in_the_words_of_an_older_version_are_taken()
    {
        rig.Created(FrontRig.Pods, "{metadata: {name: p}, spec: {containers: [{name: c, image: x}]}}");
        Assert.Equal(201, rig.Send("POST", FrontRig.Pods + "/p/eviction", """{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"p"}}""").Code);
        Assert.Equal(400, rig.Send("POST", FrontRig.Pods + "/p/eviction", """{"apiVersion":"policy/v1alpha1","kind":"Eviction","metadata":{"name":"p"}}""").Code);
    }

    [Fact]
    public void Mutated_patches_are_answered_with_a_status_or_an_object()
    {
        rig.Created(FrontRig.Deployments, Defaulting.DefaultingTests.Web);
        var random = new Random(11);
        var patches = new[]
        {
            (Strategic,
                """{"spec":{"template":{"spec":{"containers":[{"name":"c","$patch":"delete"}],"$setElementOrder/containers":[{"name":"c"}]}}}}"""),
            (Merge, """{"metadata":{"labels":{"a":null,"b":"1"}},"spec":{"replicas":3}}"""),
            ("application/json-patch+json",
                """[{"op":"replace","path":"/spec/replicas","value":2},{"op":"remove","path":"/metadata/labels/app"}]"""),
        };
        for (var round = 0; round < 6_000; round++)
        {
            var (type, text) = patches[round % patches.Length];
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : bytes[random.Next(bytes.Length)];
            }

            var answer = rig.Front.Handle(new ApiRequest
            {
                Method = "PATCH",
                Path = FrontRig.Deployments + "/web",
                Query = "dryRun=All",
                Body = bytes,
                ContentType = type,
            });
            Assert.NotNull(JsonNode.Parse(answer.Body.Span)!["kind"]);
            var shown = $"{answer.Code} {FrontRig.Text(answer)} for {Encoding.UTF8.GetString(bytes)}";
            Assert.True(answer.Code is 200 or 400 or 409 or 422, shown);
        }
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800x")]
    [InlineData("a\\ud83d")]
    public void Half_a_character_is_read_as_the_mark_for_what_cannot_be_read(string half)
    {
        var (code, map) = rig.Json("POST", Maps,
            $$$"""{"metadata":{"name":"m"},"data":{"a":"{{{half}}}","b":"\ud83d\ude00","c":"\\ud800"}}""");
        Assert.Equal(201, code);
        Assert.Contains('\ufffd', (string)map["data"]!["a"]!);
        Assert.Equal("\U0001F600 \\ud800", $"{map["data"]!["b"]} {map["data"]!["c"]}");
        Assert.Equal(200, rig.Send("PATCH", Maps + "/m", $$$"""{"data":{"{{{half}}}":null,"a":"{{{half}}}"}}""", Merge).Code);
    }

    [Fact]
    public void Mutated_objects_are_answered_with_a_status_or_an_object()
    {
        var random = new Random(13);
        var text = FrontRig.AsJson(Defaulting.DefaultingTests.Web).Replace("\"web\"", "\"\\u0077eb\"", StringComparison.Ordinal);
        for (var round = 0; round < 10_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : bytes[random.Next(bytes.Length)];
            }

            var answer = rig.Front.Handle(new ApiRequest
            {
                Method = "POST",
                Path = FrontRig.Deployments,
                Query = round % 2 == 0 ? "dryRun=All" : "dryRun=All&fieldValidation=Strict",
                Body = bytes,
                ContentType = round % 5 == 0 ? "application/yaml" : "application/json",
            });
            Assert.NotNull(JsonNode.Parse(answer.Body.Span)!["kind"]);
            Assert.True(answer.Code is 201 or 400 or 422, $"{answer.Code} {FrontRig.Text(answer)} for {Encoding.UTF8.GetString(bytes)}");
        }
    }

    private const string Maps = "/api/v1/namespaces/default/configmaps";

    private static string Eviction(string options) => $$"""{"metadata":{"name":"p"},"deleteOptions":{{options}}}""";

    private string? Version(string map) => (string?)rig.Json("GET", $"{Maps}/{map}").Body["metadata"]!["resourceVersion"];

    private int Dry(string method, string path, string? body, string? type = null)
    {
        var answer = rig.Send(method, path + "?dryRun=All", body, type);
        Assert.True(answer.Code < 300, FrontRig.Text(answer));
        return answer.Code;
    }
}

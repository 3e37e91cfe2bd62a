using KubeLab.ApiServer.Decoding;

namespace KubeLab.Tests.ApiServer.Decoding;

public sealed class ObjectDecoderTests
{
    private const string Misspelt =
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","imagee":"nginx","image":"x"}],"nodeNam":"a"}}""";

    private readonly FrontRig rig = new();

    [Fact]
    public void Strict_validation_names_every_unknown_field()
    {
        var (code, status) = rig.Json("POST", FrontRig.Pods + "?fieldValidation=Strict", Misspelt);
        Assert.Equal(400, code);
        Assert.Equal("BadRequest", (string?)status["reason"]);
        Assert.Equal(
            "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field \"spec.containers[0].imagee\", unknown field \"spec.nodeNam\"",
            (string?)status["message"]);
    }

    [Fact]
    public void By_default_unknown_fields_are_warned_of_and_dropped()
    {
        var answer = rig.Send("POST", FrontRig.Pods, Misspelt);
        Assert.Equal(201, answer.Code);
        Assert.Equal(["unknown field \"spec.containers[0].imagee\"", "unknown field \"spec.nodeNam\""], answer.Warnings);
        Assert.DoesNotContain("imagee", FrontRig.Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void Ignored_fields_are_dropped_in_silence()
    {
        var answer = rig.Send("POST", FrontRig.Pods + "?fieldValidation=Ignore", Misspelt);
        Assert.Equal(201, answer.Code);
        Assert.Empty(answer.Warnings);
    }

    [Fact]
    public void A_known_field_that_no_record_models_is_kept()
    {
        var pod = rig.Created(FrontRig.Pods + "?fieldValidation=Strict", """
            metadata: {name: p}
            spec:
              hostUsers: false
              dnsConfig: {options: [{name: ndots, value: "2"}]}
              containers: [{name: c, image: x, securityContext: {runAsUser: 7}}]
            """);
        Assert.False((bool)pod["spec"]!["hostUsers"]!);
        Assert.Equal("2", (string?)pod["spec"]!["dnsConfig"]!["options"]![0]!["value"]);
        Assert.Equal(7, (int)pod["spec"]!["containers"]![0]!["securityContext"]!["runAsUser"]!);
    }

    [Fact]
    public void A_field_said_twice_is_refused_under_strict_validation()
    {
        const string Body = """{"metadata":{"name":"m","labels":{"a":"1","a":"2"}},"data":{"k":"1"},"immutable":true,"immutable":false}""";
        var (code, status) = rig.Json("POST", "/api/v1/namespaces/default/configmaps?fieldValidation=Strict", Body);
        Assert.Equal(400, code);
        Assert.EndsWith("strict decoding error: duplicate field \"metadata.labels.a\", duplicate field \"immutable\"", (string?)status["message"]);
        var kept = rig.Json("POST", "/api/v1/namespaces/default/configmaps", Body);
        Assert.Equal("2", (string?)kept.Body["metadata"]!["labels"]!["a"]);
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":"three"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"replicas":1.5}}""", "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"paused":"yes"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.paused of type bool")]
    [InlineData("""{"metadata":{"labels":{"a":1}}}""", "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string")]
    [InlineData(
        """{"spec":{"template":{"spec":{"containers":{"name":"c"}}}}}""",
        "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container")]
    [InlineData(
        """{"spec":{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"1 core"}}}]}}}}""",
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' (field \"spec.template.spec.containers[0].resources.limits.cpu\": \"1 core\")")]
    public void A_wrong_type_is_named_with_its_field(string body, string expected)
    {
        var (code, status) = rig.Json("POST", FrontRig.Deployments, body);
        Assert.Equal(400, code);
        Assert.Equal($"Deployment in version \"v1\" cannot be handled as a Deployment: {expected}", (string?)status["message"]);
    }

    [Theory]
    [InlineData("{bad", "couldn't get version/kind; json parse error: invalid character 'b' looking for beginning of object key string ({bad)")]
    [InlineData("", "couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)")]
    [InlineData("{\"a\":1,}", "couldn't get version/kind; json parse error: invalid character '}' looking for beginning of object key string ({\"a\":1,})")]
    [InlineData("{\"a\" 1}", "couldn't get version/kind; json parse error: invalid character '1' after object key ({\"a\" 1})")]
    [InlineData("{\"a\":tru}", "couldn't get version/kind; json parse error: invalid character '}' in literal true (expecting 'e') ({\"a\":tru})")]
    public void What_is_not_JSON_is_refused_in_the_words_of_Gos_scanner(string body, string expected)
    {
        var (code, status) = rig.Json("POST", "/api/v1/namespaces", body, "application/json");
        Assert.Equal(400, code);
        Assert.Equal($"the object provided is unrecognized (must be of type Namespace): {expected}", (string?)status["message"]);
    }

    [Theory]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Pod"}""", "the API version in the data (apps/v1) does not match the expected API version (v1)")]
    [InlineData(
        """{"apiVersion":"v1","kind":"Service"}""",
        "Service in version \"v1\" cannot be handled as a Pod: converting (v1.Service) to (core.Pod): unknown conversion")]
    [InlineData(
        """{"metadata":{"name":"p","namespace":"other"}}""",
        "the namespace of the provided object does not match the namespace sent on the request")]
    public void A_body_that_is_about_something_else_is_refused(string body, string expected)
    {
        var (code, status) = rig.Json("POST", FrontRig.Pods, body);
        Assert.Equal((400, expected), (code, (string?)status["message"]));
    }

    [Fact]
    public void A_body_of_more_than_three_mebibytes_is_too_large()
    {
        var body = """{"metadata":{"name":"big"},"data":{"k":"TEXT"}}""".Replace("TEXT", new string('x', ObjectDecoder.BodyBytesMax), StringComparison.Ordinal);
        var (code, status) = rig.Json("POST", "/api/v1/namespaces/default/configmaps", body);
        Assert.Equal((413, "RequestEntityTooLarge"), (code, (string?)status["reason"]));
    }

    [Fact]
    public void YAML_is_read_too_and_a_tab_in_it_is_refused()
    {
        var answer = rig.Send("POST", "/api/v1/namespaces", "metadata:\n  name: shop\n", "application/yaml");
        Assert.Equal(201, answer.Code);
        var (code, status) = rig.Json("POST", "/api/v1/namespaces", "metadata:\n\tname: shop\n", "application/yaml");
        Assert.Equal(400, code);
        Assert.Contains("found character that cannot start any token", (string?)status["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_field_is_an_absent_one()
    {
        var pod = rig.Created(FrontRig.Pods + "?fieldValidation=Strict", """
            metadata: {name: p, creationTimestamp: null, labels: null}
            spec: {nodeSelector: null, containers: [{name: c, image: x, resources: null}]}
            status: {}
            """);
        Assert.Equal("Always", (string?)pod["spec"]!["restartPolicy"]);
    }

    [Theory]
    [InlineData("application/merge-patch+json", """{"spec":{"replicas":"x"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("application/strategic-merge-patch+json", """{"spec":{"replica":2}}""", "strict decoding error: unknown field \"spec.replica\"")]
    public void A_patch_that_makes_nonsense_is_refused(string type, string patch, string expected)
    {
        rig.Created(FrontRig.Deployments, Defaulting.DefaultingTests.Web);
        var (code, status) = rig.Json("PATCH", FrontRig.Deployments + "/web?fieldValidation=Strict", patch, type);
        Assert.Equal(422, code);
        Assert.StartsWith(" \"\" is invalid: patch: Invalid value: ", (string?)status["message"], StringComparison.Ordinal);
        Assert.EndsWith(expected, (string?)status["message"], StringComparison.Ordinal);
    }
}

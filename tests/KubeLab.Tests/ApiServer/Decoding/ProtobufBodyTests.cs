using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.ApiServer.Decoding;
using KubeLab.ApiServer.Http;

namespace KubeLab.Tests.ApiServer.Decoding;

public sealed class ProtobufBodyTests
{
    private readonly FrontRig rig = new();

    [Fact]
    public void A_namespace_is_read_as_kubectl_sends_it()
    {
        // kubectl writes every field that is no pointer: empty texts, an empty time, a zero generation.
        var body = new ProtobufWriter()
            .Message(1, m => m.Text(1, "team").Text(2, "").Text(3, "").Text(4, "").Text(5, "").Text(6, "").Number(7, 0).Message(8, _ => { }))
            .Message(2, _ => { }).Message(3, s => s.Text(1, ""));
        Same("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team"},"spec":{},"status":{}}""", Namespace.Resource, body);
        Assert.Equal(201, Post("/api/v1/namespaces", Namespace.Resource, body).Code);
        Assert.Equal("team", (string?)rig.Json("GET", "/api/v1/namespaces/team").Body["metadata"]!["name"]);
    }

    [Fact]
    public void A_config_map_keeps_texts_and_bytes()
    {
        var body = new ProtobufWriter().Message(1, m => m.Text(1, "m").Pair(11, "app", "web")).Pair(2, "a", "1").Pair(2, "empty", "")
            .Message(3, e => e.Text(1, "raw").Raw(2, [0, 1, 255])).Number(4, 0);
        Same(
            """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","labels":{"app":"web"}},
             "data":{"a":"1","empty":""},"binaryData":{"raw":"AAH/"},"immutable":false}
            """,
            ConfigMap.Resource,
            body);
    }

    [Fact]
    public void A_deployment_keeps_zero_where_it_is_meant_and_drops_it_where_it_is_nothing()
    {
        var body = Web(replicas: 0);
        Same(
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"app":"web"}},
             "spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},
                     "template":{"metadata":{"labels":{"app":"web"}},
                                 "spec":{"containers":[{"name":"c","image":"x","resources":{}}],"securityContext":{}}},
                     "strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":"25%"}}},
             "status":{}}
            """,
            Deployment.Resource,
            body);
        var (code, made) = Post(FrontRig.Deployments, Deployment.Resource, body);
        Assert.Equal((201, 0), (code, (int)made["spec"]!["replicas"]!));
        Assert.Equal(201, Post(FrontRig.Deployments + "?dryRun=All", Deployment.Resource, Web(replicas: 2, name: "other")).Code);
        Assert.Equal(404, rig.Json("GET", FrontRig.Deployments + "/other").Code);
    }

    [Fact]
    public void A_pod_shows_its_inlined_members_where_JSON_does()
    {
        var body = new ProtobufWriter().Message(1, m => m.Text(1, "p").Message(8, t => t.Number(1, 1_767_225_600).Number(2, 0))).Message(2, spec => spec
            .Message(1, v => v.Text(1, "config").Message(2, s => s.Message(19, c => c.Message(1, r => r.Text(1, "m")).Number(3, 420))))
            .Message(1, v => v.Text(1, "scratch").Message(2, s => s.Message(2, e => e.Text(1, ""))))
            .Message(2, c => c.Text(1, "c").Text(2, "x").Text(3, "sh").Text(3, "")
                .Message(8, r => r.Message(2, e => e.Text(1, "cpu").Message(2, q => q.Text(1, "250m"))))
                .Message(10, p => p.Message(1, h => h.Message(2, g => g.Text(1, "/").Message(2, t => t.Number(1, 1).Number(2, 0).Text(3, "web"))))
                    .Number(2, 5).Number(3, 0))
                .Message(7, e => e.Text(1, "KEY").Text(2, "").Message(3, f => f.Message(3, k => k.Message(1, r => r.Text(1, "m")).Text(2, "a"))))));
        Same(
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","creationTimestamp":"2026-01-01T00:00:00Z"},
             "spec":{"volumes":[{"name":"config","configMap":{"name":"m","defaultMode":420}},{"name":"scratch","emptyDir":{}}],
                     "containers":[{"name":"c","image":"x","command":["sh",""],"resources":{"requests":{"cpu":"250m"}},
                       "env":[{"name":"KEY","valueFrom":{"configMapKeyRef":{"name":"m","key":"a"}}}],
                       "livenessProbe":{"httpGet":{"path":"/","port":"web"},"initialDelaySeconds":5}}]}}
            """,
            Pod.Resource,
            body);
    }

    [Fact]
    public void A_service_port_without_target_has_none()
    {
        var body = new ProtobufWriter().Message(1, m => m.Text(1, "s")).Message(2, spec => spec
            .Message(1, p => p.Text(1, "80").Text(2, "TCP").Number(3, 80).Message(4, t => t.Number(1, 0).Number(2, 0).Text(3, "")).Number(5, 0))
            .Pair(2, "app", "web").Text(4, "ClusterIP"));
        Same(
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},
             "spec":{"ports":[{"name":"80","protocol":"TCP","port":80}],"selector":{"app":"web"},"type":"ClusterIP"}}
            """,
            Service.Resource,
            body);
    }

    [Fact]
    public void Parts_of_a_message_are_merged_and_unknown_fields_are_stepped_over()
    {
        var body = new ProtobufWriter().Message(1, m => m.Text(1, "old")).Number(99, 5).Message(98, _ => { })
            .Message(1, m => m.Text(1, "m").Text(3, "default")).Number(4, 1).Number(4, 0);
        Same("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"default"},"immutable":false}""", ConfigMap.Resource, body);
    }

    [Fact]
    public void Options_of_a_delete_may_be_protobuf()
    {
        rig.Created("/api/v1/namespaces/default/configmaps", "{metadata: {name: m}}");
        var body = ProtobufWriter.Envelope("apps/v1", "DeleteOptions", new ProtobufWriter().Message(2, p => p.Text(1, "another-uid")));
        Assert.Equal(409, Send("DELETE", "/api/v1/namespaces/default/configmaps/m", body).Code);
        Assert.Equal(200, rig.Send("GET", "/api/v1/namespaces/default/configmaps/m").Code);
    }

    [Theory]
    [InlineData("", "the object provided is unrecognized (must be of type ConfigMap): empty data (<empty>)")]
    [InlineData("6b387300", "the object provided is unrecognized (must be of type ConfigMap): empty body (6b387300)")]
    [InlineData(
        "7b7d",
        "the object provided is unrecognized (must be of type ConfigMap): "
            + "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] ({})")]
    [InlineData("6b3873000a7f", "the object provided is unrecognized (must be of type ConfigMap): unexpected EOF (6b3873000a7f)")]
    [InlineData("6b387300120205", "the object provided is unrecognized (must be of type ConfigMap): unexpected EOF (6b387300120205)")]
    [InlineData("6b38730012020a05", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: unexpected EOF")]
    [InlineData("6b38730012020801", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: proto: wrong wireType = 0 for field Metadata")]
    [InlineData("6b38730012010c", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: proto: ConfigMap: wiretype end group for non-group")]
    [InlineData("6b387300120107", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: proto: ConfigMap: illegal tag 0 (wire type 7)")]
    [InlineData("6b38730012027f00", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: proto: illegal wireType 7")]
    public void What_cannot_be_read_is_a_bad_request(string hex, string message)
    {
        var answer = Send("POST", "/api/v1/namespaces/default/configmaps", Convert.FromHexString(hex));
        Assert.Equal((400, message), (answer.Code, (string?)JsonNode.Parse(answer.Body.Span)!["message"]));
    }

    [Fact]
    public void Another_kind_is_refused_by_its_name()
    {
        var (code, status) = Post("/api/v1/namespaces/default/configmaps", Service.Resource, new ProtobufWriter());
        Assert.Equal(
            (400, "Service in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Service) to (core.ConfigMap): unknown conversion"),
            (code, (string?)status["message"]));
    }

    [Fact]
    public void Too_many_values_are_refused_before_they_fill_the_memory()
    {
        var finalizers = new ProtobufWriter();
        for (var i = 0; i <= 200_000; i++)
        {
            finalizers.Text(14, "");
        }

        var (code, status) = Post("/api/v1/namespaces/default/configmaps", ConfigMap.Resource, new ProtobufWriter().Raw(1, finalizers.Bytes));
        Assert.Equal(400, code);
        Assert.EndsWith("the message holds more than 200000 values", (string?)status["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_and_random_bytes_are_answered_with_a_status_and_change_nothing()
    {
        var random = new Random(7);
        var good = ProtobufWriter.Envelope("apps/v1", "Deployment", Web(3));
        var codes = new SortedSet<int>();
        for (var round = 0; round < 20_000; round++)
        {
            var body = round % 4 == 0 ? new byte[random.Next(64)] : good.ToArray();
            if (round % 4 == 0)
            {
                random.NextBytes(body);
                "k8s\0"u8[..Math.Min(4, body.Length)].CopyTo(body);
            }

            for (var change = random.Next(4); change > 0 && body.Length > 4; change--)
            {
                body[random.Next(4, body.Length)] = (byte)random.Next(256);
            }

            var answer = Send("POST", FrontRig.Deployments + "?dryRun=All", body[..(round % 8 == 1 ? random.Next(body.Length + 1) : body.Length)]);
            codes.Add(answer.Code);
            Assert.NotNull(JsonNode.Parse(answer.Body.Span)!["kind"]);
        }

        Assert.Empty(rig.Json("GET", FrontRig.Deployments).Body["items"]!.AsArray());
        Assert.Subset(new HashSet<int> { 201, 400, 422 }, codes);
        Assert.Superset(new HashSet<int> { 201, 400, 422 }, codes);
    }

    [Fact]
    public void Every_field_of_a_message_that_is_spoken_has_one_number()
    {
        var fields = Data("fields.json")["messages"]!.AsObject();
        foreach (var (name, numbers) in Data("proto.json"))
        {
            var expected = fields[name]!.AsObject().Select(f => f.Key).Except(["apiVersion", "kind"]);
            var isKind = Data("fields.json")["kinds"]!.AsObject().Any(k => (string?)k.Value == name);
            Assert.Equal((isKind ? expected : fields[name]!.AsObject().Select(f => f.Key)).Order(), Names(numbers!.AsObject()).Order());
            Assert.All(
                fields[name]!.AsObject().Select(f => ((string)f.Value!).TrimEnd('[', ']', '{', '}')).Where(t => t.Contains('.', StringComparison.Ordinal)),
                inner => Assert.True(Data("proto.json").ContainsKey(inner), $"{name} holds {inner}, which has no numbers"));
        }
    }

    private static IEnumerable<string> Names(JsonObject numbers) =>
        numbers.SelectMany(n => n.Value is JsonObject inlined ? Names(inlined) : [n.Key.TrimEnd('?')]);

    private static JsonObject Data(string file)
    {
        using var stream = typeof(ObjectDecoder).Assembly.GetManifestResourceStream(file)!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static ProtobufWriter Web(int replicas, string name = "web") => new ProtobufWriter()
        .Message(1, m => m.Text(1, name).Text(2, "").Pair(11, "app", "web"))
        .Message(2, s => s.Number(1, replicas).Message(2, l => l.Pair(1, "app", "web"))
            .Message(3, t => t.Message(1, m => m.Pair(11, "app", "web")).Message(2, p => p
                .Message(2, c => c.Text(1, "c").Text(2, "x").Text(5, "").Message(8, _ => { }).Number(16, 0))
                .Text(3, "").Number(11, 0).Message(14, _ => { })))
            .Message(4, y => y.Text(1, "").Message(2, r => r
                .Message(1, u => u.Number(1, 0).Number(2, 0).Text(3, "")).Message(2, u => u.Number(1, 1).Text(3, "25%"))))
            .Number(5, 0).Number(7, 0))
        .Message(3, s => s.Number(1, 0).Number(2, 0));

    // What the server makes of both forms is the same but for its identity.
    private void Same(string json, ApiResource resource, ProtobufWriter body)
    {
        var path = resource.Path("default") + "?dryRun=All&fieldValidation=Strict";
        var (expectedCode, expected) = rig.Json("POST", path, json);
        var (code, made) = Post(path, resource, body);
        Assert.True((expectedCode, code) == (201, 201), $"{expected.ToJsonString()}\n{made.ToJsonString()}");
        foreach (var metadata in new[] { expected["metadata"]!.AsObject(), made["metadata"]!.AsObject() })
        {
            Assert.True(metadata.Remove("uid"));
            metadata.Remove("managedFields");
        }

        foreach (var spec in new[] { expected["spec"], made["spec"] }.OfType<JsonObject>())
        {
            spec.Remove("clusterIP");
            spec.Remove("clusterIPs");
        }

        Assert.Equal(expected.ToJsonString(), made.ToJsonString());
    }

    private ApiResponse Send(string method, string path, byte[] body)
    {
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        return rig.Front.Handle(new ApiRequest
        {
            Method = method,
            Path = mark < 0 ? path : path[..mark],
            Query = mark < 0 ? "" : path[(mark + 1)..],
            Body = body,
            ContentType = "application/vnd.kubernetes.protobuf",
            Accept = "application/vnd.kubernetes.protobuf,application/json",
        });
    }

    private (int Code, JsonNode Body) Post(string path, ApiResource resource, ProtobufWriter body)
    {
        var answer = Send("POST", path, ProtobufWriter.Envelope(resource.ApiVersion, resource.Kind, body));
        return (answer.Code, JsonNode.Parse(answer.Body.Span)!);
    }
}

using System.Text;
using System.Text.Json.Nodes;

namespace KubeLab.Tests.ApiServer.OpenApi.Version2;

public sealed class GnosticDocumentTests
{
    private readonly FrontRig rig = new();

    [Theory]
    [InlineData("application/com.github.proto-openapi.spec.v2@v1.0+protobuf")]
    [InlineData("application/com.github.proto-openapi.spec.v2.v1.0+protobuf")]
    [InlineData("application/nosuch, application/com.github.proto-openapi.spec.v2.v1.0+protobuf, */*")]
    public void Old_and_new_clients_get_the_same_message(string accept)
    {
        var answer = rig.Send("GET", "/openapi/v2", accept: accept);
        Assert.Equal((200, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"), (answer.Code, answer.ContentType));
        Assert.Equal("2.0", Text(One(answer.Body, 1)));
        var info = One(answer.Body, 2);
        Assert.Equal("Kubernetes v1.33.0", $"{Text(One(info, 1))} {Text(One(info, 2))}");
    }

    [Fact]
    public void It_has_the_paths_and_the_definitions_of_the_document_in_JSON()
    {
        var document = rig.Json("GET", "/openapi/v2").Body;
        var paths = All(One(Message, 8), 2).Select(p => Text(One(p, 1)));
        Assert.Equal(document["paths"]!.AsObject().Select(p => p.Key), paths);
        foreach (var entry in All(One(Message, 9), 1))
        {
            Same(document["definitions"]![Text(One(entry, 1))]!.AsObject(), One(entry, 2));
        }

        Assert.Equal(document["definitions"]!.AsObject().Count, All(One(Message, 9), 1).Count);
    }

    // kubectl 1.20 looks here for whether the server can try a change without making it.
    [Fact]
    public void The_patch_of_a_kind_has_the_parameter_dryRun_and_names_the_kind()
    {
        var item = Named(All(One(Message, 8), 2), "/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
        var patch = One(item, 8);
        var queries = All(patch, 8).Select(p => One(p, 1)).Where(p => All(p, 2).Count > 0).Select(p => One(One(p, 2), 3));
        Assert.Equal(
            ["dryRun string", "fieldManager string", "fieldValidation string", "force boolean", "pretty string"],
            queries.Select(q => $"{Text(One(q, 4))} {Text(One(q, 6))}"));
        var kind = JsonNode.Parse(Text(One(Named(All(patch, 13), "x-kubernetes-group-version-kind"), 2)))!;
        Assert.Equal("apps v1 Deployment", $"{kind["group"]} {kind["version"]} {kind["kind"]}");
        var inPath = All(item, 9).Select(p => One(One(One(p, 1), 2), 4));
        Assert.Equal(["path name", "path namespace"], inPath.Select(p => $"{Text(One(p, 2))} {Text(One(p, 4))}"));
        Assert.Empty(All(patch, 7));
        var body = One(One(All(One(item, 3), 8).First(), 1), 1);
        Assert.Equal("body body #/definitions/io.k8s.api.apps.v1.Deployment", $"{Text(One(body, 2))} {Text(One(body, 3))} {Text(One(One(body, 5), 1))}");
        var answer = One(One(One(One(One(One(item, 2), 9), 1), 2), 1), 2);
        Assert.Equal("#/definitions/io.k8s.api.apps.v1.Deployment", Text(One(One(answer, 1), 1)));
    }

    private ReadOnlyMemory<byte> Message => field.IsEmpty
        ? field = rig.Send("GET", "/openapi/v2", accept: "application/com.github.proto-openapi.spec.v2.v1.0+protobuf").Body
        : field;

    // A schema with the numbers that gnostic's OpenAPIv2.proto gives to its fields.
    private static void Same(JsonObject expected, ReadOnlyMemory<byte> schema)
    {
        Assert.Equal((string?)expected["$ref"], TextOrNull(schema, 1));
        Assert.Equal((string?)expected["format"], TextOrNull(schema, 2));
        Assert.Equal((string?)expected["description"], TextOrNull(schema, 4));
        Assert.Equal((string?)expected["type"], All(schema, 22).Select(t => Text(One(t, 1))).SingleOrDefault());
        Assert.Equal(expected["required"]?.AsArray().Select(n => (string?)n) ?? [], All(schema, 19).Select(Text));
        Assert.Equal(
            expected.Where(p => p.Key.StartsWith("x-", StringComparison.Ordinal)).Select(p => $"{p.Key}: {p.Value!.ToJsonString()}"),
            All(schema, 31).Select(e => $"{Text(One(e, 1))}: {Text(One(One(e, 2), 2))}"));
        Assert.Equal(expected["items"] is not null, All(schema, 23).Count > 0);
        if (expected["items"] is JsonObject items)
        {
            Same(items, One(One(schema, 23), 1));
        }

        Assert.Equal(expected["additionalProperties"] is not null, All(schema, 21).Count > 0);
        if (expected["additionalProperties"] is JsonObject entries)
        {
            Same(entries, One(One(schema, 21), 1));
        }

        var properties = All(schema, 25).SelectMany(p => All(p, 1)).ToList();
        Assert.Equal(expected["properties"]?.AsObject().Select(p => p.Key) ?? [], properties.Select(p => Text(One(p, 1))));
        foreach (var property in properties)
        {
            Same(expected["properties"]![Text(One(property, 1))]!.AsObject(), One(property, 2));
        }
    }

    private static ReadOnlyMemory<byte> Named(IEnumerable<ReadOnlyMemory<byte>> entries, string name) =>
        One(entries.Single(e => Text(One(e, 1)) == name), 2);

    private static ReadOnlyMemory<byte> One(ReadOnlyMemory<byte> message, int field) => Assert.Single(All(message, field));

    private static string? TextOrNull(ReadOnlyMemory<byte> message, int field) => All(message, field).Select(Text).SingleOrDefault();

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static List<ReadOnlyMemory<byte>> All(ReadOnlyMemory<byte> message, int field)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                default:
                    Assert.Equal(2, tag & 7);
                    var length = Varint(message, ref at);
                    if (tag >> 3 == field)
                    {
                        found.Add(message.Slice(at, length));
                    }

                    at += length;
                    break;
            }
        }

        return found;
    }

    private static int Varint(ReadOnlyMemory<byte> message, ref int at)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message.Span[at++];
            value |= (part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}

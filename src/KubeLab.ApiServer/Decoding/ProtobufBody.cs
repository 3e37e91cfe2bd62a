using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Decoding;

/// <summary>Reads bodies of the type <c>application/vnd.kubernetes.protobuf</c> as the JSON that says the same.</summary>
/// <remarks>kubectl sends such bodies for every <c>create</c> subcommand since 1.32, and client-go when it is told to.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding">Kubernetes protobuf encoding</seealso>
internal static class ProtobufBody
{
    private static readonly byte[] Prefix = "k8s\0"u8.ToArray();

    /// <summary>The JSON of <paramref name="body"/>, which is to be an object of <paramref name="resource"/>.</summary>
    /// <exception cref="ApiException">BadRequest: it cannot be read; UnsupportedMediaType: the kind is not spoken in protobuf.</exception>
    public static ReadOnlyMemory<byte> ToJson(ApiResource resource, ReadOnlyMemory<byte> body)
    {
        var envelope = Envelope(resource, body.Span);
        var apiVersion = envelope.ApiVersion.Length > 0 ? envelope.ApiVersion : resource.ApiVersion;
        var kind = envelope.Kind.Length > 0 ? envelope.Kind : resource.Kind;
        var tree = new JsonObject();
        var isOptions = resource.Kind == "DeleteOptions";
        if (kind == resource.Kind && (apiVersion == resource.ApiVersion || isOptions))
        {
            // Clients send options in the version of whatever they delete; they are the same in all.
            Fill(tree, resource.ApiVersion, kind, envelope.Raw);
        }

        // What is written here counts, whatever fields of these names the message holds; another kind is refused by its name alone.
        tree["apiVersion"] = apiVersion;
        tree["kind"] = kind;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            tree.WriteTo(json);
        }

        return buffer.WrittenMemory;
    }

    private static void Fill(JsonObject tree, string apiVersion, string kind, ReadOnlySpan<byte> raw)
    {
        var message = WireTable.Upstream.Find(apiVersion, kind) ?? throw UnsupportedMediaType();
        try
        {
            new ProtobufTree().Read(raw, message, tree);
        }
        catch (FormatException error)
        {
            var version = apiVersion[(apiVersion.LastIndexOf('/') + 1)..];
            throw ApiErrors.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {kind}: {error.Message}");
        }
    }

    private static Enveloped Envelope(ApiResource resource, ReadOnlySpan<byte> body)
    {
        try
        {
            if (body.IsEmpty)
            {
                throw new FormatException("empty data");
            }

            if (!body.StartsWith(Prefix))
            {
                throw new FormatException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
            }

            return body.Length == Prefix.Length ? throw new FormatException("empty body") : new Enveloped(body[Prefix.Length..]);
        }
        catch (FormatException error)
        {
            throw ObjectDecoder.Unrecognized(resource, error.Message, body);
        }
    }

    private static ApiException UnsupportedMediaType() => new(new()
    {
        State = "Failure",
        Code = 415,
        Reason = "UnsupportedMediaType",
        Message = "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml",
    });

    /// <summary>The wrapper that says what the bytes inside are; upstream calls it <c>runtime.Unknown</c>.</summary>
    private readonly ref struct Enveloped
    {
        public Enveloped(ReadOnlySpan<byte> data)
        {
            var reader = new ProtobufReader(data);
            while (!reader.IsAtEnd)
            {
                var (number, wireType) = reader.Tag("Unknown");
                switch (number, wireType)
                {
                    case (1, ProtobufReader.BytesType):
                        (ApiVersion, Kind) = TypeMeta(reader.Bytes());
                        break;
                    case (2, ProtobufReader.BytesType):
                        Raw = reader.Bytes();
                        break;
                    default:
                        reader.Skip(wireType);
                        break;
                }
            }
        }

        public string ApiVersion { get; } = "";

        public string Kind { get; } = "";

        public ReadOnlySpan<byte> Raw { get; } = [];

        private static (string ApiVersion, string Kind) TypeMeta(ReadOnlySpan<byte> data)
        {
            var reader = new ProtobufReader(data);
            var (apiVersion, kind) = ("", "");
            while (!reader.IsAtEnd)
            {
                switch (reader.Tag("TypeMeta"))
                {
                    case (1, ProtobufReader.BytesType):
                        apiVersion = Encoding.UTF8.GetString(reader.Bytes());
                        break;
                    case (2, ProtobufReader.BytesType):
                        kind = Encoding.UTF8.GetString(reader.Bytes());
                        break;
                    case (_, var other):
                        reader.Skip(other);
                        break;
                }
            }

            return (apiVersion, kind);
        }
    }
}

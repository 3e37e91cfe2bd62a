using System.Text.Json;
using KubeLab.ApiServer.Http;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.OpenApi.Version2;

/// <summary>The one document that describes all kinds in OpenAPI 2.0, as JSON and in the protobuf encoding that kubectl asks for.</summary>
/// <remarks>
/// It is turned from the document in OpenAPI 3.0 when its body is first read, on whatever thread: kinds never change, and so large a document need not
/// keep the clock waiting.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v2">OpenAPI V2</seealso>
internal sealed class SwaggerDocuments
{
    private const string ProtobufType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private readonly string fingerprint;
    private readonly Lazy<JsonElement> tree;
    private readonly Lazy<ReadOnlyMemory<byte>> text;
    private readonly Lazy<ReadOnlyMemory<byte>> protobuf;

    /// <summary>Describes <paramref name="kinds"/>; <paramref name="fingerprint"/> changes whenever what is said of them does.</summary>
    public SwaggerDocuments(IReadOnlyList<KindStrategy> kinds, string fingerprint)
    {
        this.fingerprint = fingerprint;
        text = new(() => JsonBody.Of(json => SwaggerDocument.Write(json, Parse(JsonBody.Of(v3 => OpenApiDocuments.Write(v3, kinds), bytes: SizeMin))), bytes: SizeMin));
        tree = new(() => Parse(text.Value));
        protobuf = new(() => GnosticDocument.Encode(tree.Value));
    }

    // Built-in kinds alone take more; it only spares the buffer its first few copies.
    private const int SizeMin = 1 << 20;

    /// <summary>The document in the first form of <paramref name="accept"/> that there is.</summary>
    /// <exception cref="KubeLab.Api.Verbs.ApiException">NotAcceptable (406): there is none.</exception>
    public ApiResponse Answer(string? accept)
    {
        foreach (var range in (string.IsNullOrWhiteSpace(accept) ? "*/*" : accept).Split(',', StringSplitOptions.TrimEntries))
        {
            switch (range.Split(';')[0].TrimEnd())
            {
                case "application/json" or "application/*" or "*/*":
                    return new() { Code = 200, Later = () => text.Value, ETag = $"\"{fingerprint}\"" };

                // The at sign is how clients before 1.26 write it.
                case ProtobufType or "application/com.github.proto-openapi.spec.v2@v1.0+protobuf":
                    return new() { Code = 200, ContentType = ProtobufType, Later = () => protobuf.Value, ETag = $"\"{fingerprint}-protobuf\"" };
                default:
                    break;
            }
        }

        throw MediaType.NotAcceptable($"application/json, {ProtobufType}");
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = KubeLab.Api.ApiJson.DepthMax });
        return document.RootElement.Clone();
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using KubeLab.ApiServer.Http;
using KubeLab.ApiServer.OpenApi.Version2;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.OpenApi;

/// <summary>The descriptions of the API for programs: in version 3 one document for each group and version, with an index of them by their content; in version 2 one for all.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-interface-definition">OpenAPI</seealso>
internal sealed class OpenApiDocuments(ResourceTable resources)
{
    private readonly SortedDictionary<string, (ReadOnlyMemory<byte> Body, string Hash)> documents = new(StringComparer.Ordinal);
    private KindStrategy[] described = [];
    private SwaggerDocuments version2 = new([], "");

    /// <summary>Answers the request for <c>/openapi/…</c>; <paramref name="parts"/> are those of its path, and only version 2 minds <paramref name="accept"/>.</summary>
    public ApiResponse Answer(string[] parts, RequestQuery query, string? accept)
    {
        switch (parts)
        {
            case ["openapi", "v2"]:
                Refresh();
                return version2.Answer(accept);
            case ["openapi", "v3"]:
                Refresh();
                return Cached(JsonBody.Of(Index), "no-cache, private");
            case ["openapi", "v3", ..]:
                Refresh();
                return documents.TryGetValue(string.Join('/', parts[2..]), out var document)
                    ? Document(document.Body, document.Hash, query["hash"])
                    : HttpFront.NoSuchPath();
            default:
                return HttpFront.NoSuchPath();
        }
    }

    /// <summary>An <c>ETag</c> that changes with the content.</summary>
    internal static string Fingerprint(ReadOnlyMemory<byte> body) => $"\"{Hash(body)}\"";

    // Under its hash a document never changes, so clients may keep it for ever.
    private static ApiResponse Document(ReadOnlyMemory<byte> body, string hash, string? asked) => new()
    {
        Code = 200,
        Body = body,
        ETag = $"\"{hash}\"",
        CacheControl = asked == hash ? "public, immutable" : "no-cache, private",
    };

    private static ApiResponse Cached(ReadOnlyMemory<byte> body, string cacheControl) =>
        new() { Code = 200, Body = body, ETag = Fingerprint(body), CacheControl = cacheControl };

    private static string Hash(ReadOnlyMemory<byte> body) => Convert.ToHexString(SHA512.HashData(body.Span));

    private void Index(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("paths");
        foreach (var (name, document) in documents)
        {
            json.WriteStartObject(name);
            json.WriteString("serverRelativeURL", $"/openapi/v3/{name}?hash={document.Hash}");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Kinds come and go with custom resource definitions; what is described is made anew when they have.
    private void Refresh()
    {
        if (described.AsSpan().SequenceEqual([.. resources.Kinds]))
        {
            return;
        }

        described = [.. resources.Kinds];
        documents.Clear();
        foreach (var kinds in described.GroupBy(k => (k.Resource.Group, k.Resource.Version)))
        {
            var (group, version) = kinds.Key;
            var body = JsonBody.Of(json => Write(json, kinds.OrderBy(k => k.Resource.Plural, StringComparer.Ordinal)));
            documents[group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}"] = (body, Hash(body));
        }

        version2 = new SwaggerDocuments(described, Hash(JsonBody.Of(Index)));
    }

    /// <summary>Writes one document of <paramref name="kinds"/>.</summary>
    internal static void Write(Utf8JsonWriter json, IEnumerable<KindStrategy> kinds)
    {
        var schemas = new SchemaSet();
        json.WriteStartObject();
        json.WriteString("openapi", "3.0.0");
        json.WriteStartObject("info");
        json.WriteString("title", "Kubernetes");
        json.WriteString("version", "v1.33.0");
        json.WriteEndObject();
        json.WriteStartObject("paths");
        foreach (var kind in kinds)
        {
            new PathWriter(json, schemas, kind).Write();
        }

        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WritePropertyName("schemas");
        schemas.Write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

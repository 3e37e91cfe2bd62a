using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.CustomResources.Schemas;

namespace KubeLab.ApiServer.Decoding;

/// <summary>Reads the objects that clients send, and refuses in upstream's words what cannot be read.</summary>
/// <remarks>
/// Unknown fields are refused, warned of or dropped as the request asks; known fields that no record models are kept as overflow.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation">Field validation</seealso>
public static class ObjectDecoder
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const int BodyBytesMax = 3 * 1024 * 1024;

    /// <summary>How JSON of clients is read.</summary>
    internal static readonly JsonDocumentOptions Options = new() { MaxDepth = GoJson.DepthMax };

    /// <summary>Reads a JSON body as an object of <paramref name="resource"/>.</summary>
    /// <param name="resource">What the path is about; a body without apiVersion and kind is taken to be one.</param>
    /// <param name="record">The record that models it, or <see cref="CustomObject"/>.</param>
    /// <param name="body">The JSON text in UTF-8.</param>
    /// <param name="validation">What happens to unknown and duplicate fields.</param>
    /// <param name="warn">Called with a warning for each such field under <see cref="FieldValidation.Warn"/>.</param>
    /// <exception cref="ApiException">BadRequest: the body is not JSON, is something else, or has fields that are unknown or of a wrong type;
    /// RequestEntityTooLarge: it is larger than <see cref="BodyBytesMax"/>.</exception>
    public static IApiObject Decode(
        ApiResource resource, Type record, ReadOnlyMemory<byte> body, FieldValidation validation, Action<string>? warn) =>
        Decode(resource, record, body, validation, warn, null);

    /// <inheritdoc cref="Decode(ApiResource, Type, ReadOnlyMemory{byte}, FieldValidation, Action{string}?)"/>
    /// <remarks>What <paramref name="schema"/> does not know is unknown; without one all fields of a custom object are its own.</remarks>
    internal static IApiObject Decode(
        ApiResource resource, Type record, ReadOnlyMemory<byte> body, FieldValidation validation, Action<string>? warn, StructuralSchema? schema)
    {
        if (body.Length > BodyBytesMax)
        {
            throw TooLarge();
        }

        using var document = Parse(resource, body);
        return Decode(resource, record, document.RootElement, validation, warn, schema);
    }

    /// <summary>Reads a JSON value as an object of <paramref name="resource"/>, as a patch makes it.</summary>
    /// <inheritdoc cref="Decode(ApiResource, Type, ReadOnlyMemory{byte}, FieldValidation, Action{string}?)"/>
    public static IApiObject Decode(ApiResource resource, Type record, JsonElement value, FieldValidation validation, Action<string>? warn) =>
        Decode(resource, record, value, validation, warn, null);

    private static IApiObject Decode(
        ApiResource resource, Type record, JsonElement value, FieldValidation validation, Action<string>? warn, StructuralSchema? schema)
    {
        var (apiVersion, kind) = TypeOf(resource, value);
        try
        {
            CheckType(resource, apiVersion, kind);
            return Read(apiVersion, kind, record, value, validation, warn, schema);
        }
        catch (FormatException error)
        {
            throw ApiErrors.BadRequest(
                $"{kind} in version \"{VersionOf(apiVersion)}\" cannot be handled as a {resource.Kind}: {error.Message}");
        }
    }

    /// <summary>Reads a JSON value whose kind is certain.</summary>
    /// <exception cref="FormatException">It has fields that are unknown or of a wrong type; the message is upstream's.</exception>
    internal static IApiObject Read(
        string apiVersion, string kind, Type record, JsonElement value, FieldValidation validation, Action<string>? warn, StructuralSchema? schema = null)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var complaints = Check(value, apiVersion, kind, buffer);
        if (schema is not null)
        {
            complaints.AddRange(Prune(buffer, schema));
        }

        Report(complaints, validation, warn);
        var info = ApiJson.Default.GetTypeInfo(record) ?? throw new InvalidOperationException($"no JSON description of {record.Name}");
        try
        {
            return (IApiObject)JsonSerializer.Deserialize(buffer.WrittenSpan, info)!;
        }
        catch (JsonException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    /// <summary>Reads the options of a delete, whose version a body names as that of whatever it deletes, or leaves out; every field has its type.</summary>
    /// <exception cref="ApiException">BadRequest.</exception>
    internal static JsonDocument DecodeDeleteOptions(ReadOnlyMemory<byte> body)
    {
        const string Kind = "DeleteOptions";
        var resource = ApiResource.Named("v1", "deleteoptions", Kind, false);
        using var document = Parse(resource, body);
        var (apiVersion, kind) = TypeOf(resource, document.RootElement);
        if (kind != Kind)
        {
            throw ApiErrors.BadRequest($"no kind \"{kind}\" is registered for version \"{apiVersion}\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        try
        {
            Check(document.RootElement, resource.ApiVersion, Kind, buffer);
        }
        catch (FormatException error)
        {
            throw ApiErrors.BadRequest($"{Kind} in version \"{VersionOf(apiVersion)}\" cannot be handled as a {Kind}: {error.Message}");
        }

        return JsonDocument.Parse(buffer.WrittenMemory);
    }

    internal static ApiException TooLarge() => new(new()
    {
        State = "Failure",
        Code = 413,
        Reason = "RequestEntityTooLarge",
        Message = $"Request entity too large: limit is {BodyBytesMax}",
    });

    private static List<string> Check(JsonElement value, string apiVersion, string kind, ArrayBufferWriter<byte> buffer)
    {
        using var output = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        var check = new FieldCheck(output);
        if (FieldTable.Upstream.Find(apiVersion, kind) is { } message)
        {
            check.Object(value, message);
        }
        else
        {
            // The converter of custom objects wants both names, which a body may leave out.
            check.CustomObject(value, FieldTable.Upstream.Metadata, apiVersion, kind);
        }

        return check.Complaints;
    }

    private static List<string> Prune(ArrayBufferWriter<byte> buffer, StructuralSchema schema)
    {
        var root = (JsonObject)JsonNode.Parse(buffer.WrittenSpan)!;
        var gone = Pruning.Prune(root, schema);
        if (gone.Count > 0)
        {
            buffer.ResetWrittenCount();
            using var output = new Utf8JsonWriter(buffer);
            root.WriteTo(output);
        }

        return gone.ConvertAll(path => $"unknown field {GoQuote.Quote(path)}");
    }

    private static void Report(List<string> complaints, FieldValidation validation, Action<string>? warn)
    {
        if (complaints.Count == 0 || validation == FieldValidation.Ignore)
        {
            return;
        }

        if (validation == FieldValidation.Strict)
        {
            throw new FormatException($"strict decoding error: {string.Join(", ", complaints)}");
        }

        complaints.ForEach(c => warn?.Invoke(c));
    }

    private static JsonDocument Parse(ApiResource resource, ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(SoundText.Of(body), Options);
        }
        catch (JsonException)
        {
            var error = GoJson.ErrorIn(Encoding.UTF8.GetString(body.Span)) ?? "invalid UTF-8 in string literal";
            throw Unrecognized(resource, $"couldn't get version/kind; json parse error: {error}", body.Span);
        }
    }

    private static (string ApiVersion, string Kind) TypeOf(ApiResource resource, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            var word = value.ValueKind switch
            {
                JsonValueKind.Array => "array",
                JsonValueKind.String => "string",
                JsonValueKind.Number => "number",
                _ => "bool",
            };
            throw Unrecognized(
                resource,
                $"couldn't get version/kind; json parse error: json: cannot unmarshal {word} into Go value of type struct "
                    + "{ APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }",
                Encoding.UTF8.GetBytes(value.GetRawText()));
        }

        var apiVersion = Text(value, "apiVersion") is { Length: > 0 } v ? v : resource.ApiVersion;
        var kind = Text(value, "kind") is { Length: > 0 } k ? k : resource.Kind;
        return (apiVersion, kind);
    }

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static void CheckType(ApiResource resource, string apiVersion, string kind)
    {
        // Evictions in the words of an older version are taken as before that version went, as upstream's AcceptsGroupVersion.
        if (apiVersion != resource.ApiVersion && !(resource.Kind == Eviction.Resource.Kind && apiVersion == "policy/v1beta1"))
        {
            throw ApiErrors.BadRequest(
                $"the API version in the data ({apiVersion}) does not match the expected API version ({resource.ApiVersion})");
        }

        if (kind != resource.Kind)
        {
            var version = VersionOf(apiVersion);
            var family = resource.Group.Length == 0 ? "core" : resource.Group.Split('.')[0];
            throw new FormatException($"converting ({version}.{kind}) to ({family}.{resource.Kind}): unknown conversion");
        }
    }

    private static string VersionOf(string apiVersion) => apiVersion[(apiVersion.LastIndexOf('/') + 1)..];

    internal static ApiException Unrecognized(ApiResource resource, string why, ReadOnlySpan<byte> body) =>
        ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {resource.Kind}): {why} ({Summary(body)})");

    // As much of the body as an error message can carry: text when it looks like an object, bytes otherwise.
    private static string Summary(ReadOnlySpan<byte> body)
    {
        const int BytesMax = 30;
        if (body.IsEmpty)
        {
            return "<empty>";
        }

        var shown = body[..Math.Min(BytesMax, body.Length)];
        var text = body[0] == '{' ? Encoding.UTF8.GetString(shown) : Convert.ToHexStringLower(shown);
        return body.Length > BytesMax ? text + " ..." : text;
    }
}

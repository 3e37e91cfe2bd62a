using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.Client.Http;

/// <summary>Reads and writes the JSON of requests and answers.</summary>
internal static class Bodies
{
    public static byte[] Write(IApiObject obj) => JsonSerializer.SerializeToUtf8Bytes(obj, ApiJson.Default.GetTypeInfo(obj.GetType())!);

    public static byte[] Write(DeleteOptions options)
    {
        var body = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1" };
        Add(body, "gracePeriodSeconds", options.GracePeriodSeconds);
        Add(body, "propagationPolicy", options.PropagationPolicy);
        if (options.DryRun)
        {
            body["dryRun"] = new JsonArray("All");
        }

        if (options.Uid is not null || options.ResourceVersion is not null)
        {
            var conditions = new JsonObject();
            Add(conditions, "uid", options.Uid);
            Add(conditions, "resourceVersion", options.ResourceVersion);
            body["preconditions"] = conditions;
        }

        return System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    /// <summary>
    /// Reads an object whose kind the text names; lists leave it out of their items, which <paramref name="resource"/> then names.
    /// </summary>
    public static IApiObject Read(JsonElement value, ApiResource resource)
    {
        var version = Text(value, "apiVersion") ?? resource.ApiVersion;
        var kind = Text(value, "kind") ?? resource.Kind;
        var type = RecordTypes.Of(version, kind);
        var obj = (IApiObject)value.Deserialize(ApiJson.Default.GetTypeInfo(type)!)!;
        return obj is CustomObject { Kind.Length: 0 } custom ? new CustomObject(version, kind, custom.Metadata, custom.Overflow) : obj;
    }

    public static ObjectList ReadList(JsonElement value, ApiResource resource)
    {
        var metadata = value.TryGetProperty("metadata", out var m) ? m.Deserialize(ApiJson.Default.ListMeta)! : ListMeta.Empty;
        List<IApiObject> items = [];
        if (value.TryGetProperty("items", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            items.AddRange(list.EnumerateArray().Select(item => Read(item, resource)));
        }

        return new ObjectList(items, metadata);
    }

    /// <summary>
    /// The refusal that an answer carries; answers that carry none get the words that upstream's client finds for their code.
    /// </summary>
    public static Status ReadStatus(int code, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && Text(document.RootElement, "kind") == "Status")
            {
                var status = document.RootElement.Deserialize(ApiJson.Default.Status)!;
                return status.Code == 0 ? status with { Code = code } : status;
            }
        }
        catch (JsonException)
        {
            // A proxy or a multiplexer spoke, not the API.
        }

        var (reason, message) = Generic(code);
        return new Status { State = "Failure", Code = code, Reason = reason, Message = message };
    }

    private static (string Reason, string Message) Generic(int code) => code switch
    {
        400 => ("BadRequest", "the server rejected our request for an unknown reason"),
        401 => ("Unauthorized", "the server has asked for the client to provide credentials"),
        403 => ("Forbidden", "the server does not allow access to the requested resource"),
        404 => ("NotFound", "the server could not find the requested resource"),
        405 => ("MethodNotAllowed", "the server does not allow this method on the requested resource"),
        406 => ("NotAcceptable", "the server was unable to respond with a content type that the client supports"),
        409 => ("Conflict", "the server reported a conflict"),
        413 => ("RequestEntityTooLarge", "the request is too large"),
        415 => ("UnsupportedMediaType", "the server was unable to process the request because the media type is not supported"),
        429 => ("TooManyRequests", "the server has received too many requests and has asked us to try again later"),
        503 => ("ServiceUnavailable", "the server is currently unable to handle the request"),
        504 => ("Timeout", "the server was unable to return a response in the time allotted, but may still be processing the request"),
        _ => code >= 500
            ? ("InternalError", "an error on the server has prevented the request from succeeding")
            : ("Unknown", $"the server responded with the status code {code} but did not return more information"),
    };

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static void Add(JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }
}

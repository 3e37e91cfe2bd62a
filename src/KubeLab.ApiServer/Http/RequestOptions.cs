using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Decoding;

namespace KubeLab.ApiServer.Http;

/// <summary>Reads what a request asks for from its parameters and, for a delete, from its body.</summary>
internal static class RequestOptions
{
    public static ListOptions List(RequestQuery query, string? name)
    {
        var fields = query["fieldSelector"];
        return new ListOptions
        {
            LabelSelector = query["labelSelector"],
            FieldSelector = name is null ? fields : string.Join(',', $"metadata.name={name}", fields ?? "").TrimEnd(','),
            ResourceVersion = query["resourceVersion"],
            ResourceVersionMatch = query["resourceVersionMatch"],
            Limit = (int)Math.Clamp(query.Number("limit") ?? 0, 0, int.MaxValue),
            Continue = query["continue"],
            AllowWatchBookmarks = query.Is("allowWatchBookmarks"),
            Timeout = query.Number("timeoutSeconds") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null,
        };
    }

    public static WriteOptions Write(RequestQuery query, ApiRequest request, string kind, string? subresource, Action<string> warn) => new()
    {
        Subresource = subresource,
        FieldManager = query["fieldManager"] ?? ManagerOf(request.UserAgent),
        DryRun = DryRun(query, kind),
        Force = query.Is("force"),
        OnWarning = warn,
        FieldValidation = query["fieldValidation"] switch
        {
            null or "Warn" => FieldValidation.Warn,
            "Strict" => FieldValidation.Strict,
            "Ignore" => FieldValidation.Ignore,
            var other => throw Unsupported(kind, "fieldValidation", other, "\"Ignore\", \"Strict\", \"Warn\""),
        },
    };

    public static DeleteOptions Delete(RequestQuery query, ReadOnlyMemory<byte> body)
    {
        var options = new DeleteOptions
        {
            GracePeriodSeconds = query.Number("gracePeriodSeconds"),
            PropagationPolicy = query["propagationPolicy"] ?? (query["orphanDependents"] is null ? null : query.Is("orphanDependents") ? "Orphan" : "Background"),
            DryRun = DryRun(query, "DeleteOptions"),
        };
        options = body.IsEmpty ? options : WithBody(options, body);
        return options.PropagationPolicy is null or "Background" or "Foreground" or "Orphan"
            ? options
            : throw Unsupported("DeleteOptions", "propagationPolicy", options.PropagationPolicy, "\"Background\", \"Foreground\", \"Orphan\", nil");
    }

    // What the body says wins; the Python and JavaScript clients say it in the query.
    private static DeleteOptions WithBody(DeleteOptions options, ReadOnlyMemory<byte> body)
    {
        using var document = ObjectDecoder.ParseOptions(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return options;
        }

        var conditions = root.TryGetProperty("preconditions", out var given) ? given : default;
        return options with
        {
            GracePeriodSeconds = root.TryGetProperty("gracePeriodSeconds", out var grace) && grace.TryGetInt64(out var seconds)
                ? seconds
                : options.GracePeriodSeconds,
            PropagationPolicy = Text(root, "propagationPolicy") ?? options.PropagationPolicy,
            Uid = Text(conditions, "uid"),
            ResourceVersion = Text(conditions, "resourceVersion"),
            DryRun = options.DryRun || (root.TryGetProperty("dryRun", out var dry) && dry.ValueKind == JsonValueKind.Array && dry.GetArrayLength() > 0),
        };
    }

    private static string? Text(JsonElement owner, string name) => owner.ValueKind == JsonValueKind.Object
        && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool DryRun(RequestQuery query, string kind) => query["dryRun"] switch
    {
        null => false,
        "All" => true,
        var other => throw Unsupported(kind, "dryRun", other, "\"All\""),
    };

    private static string ManagerOf(string? userAgent) => string.IsNullOrEmpty(userAgent) ? "unknown" : userAgent.Split('/')[0];

    private static ApiException Unsupported(string kind, string field, string value, string supported) => ApiErrors.Invalid(
        ApiResource.Named("meta.k8s.io/v1", kind.ToLowerInvariant(), kind, false),
        "",
        [
            new StatusCause
            {
                Reason = "FieldValueNotSupported",
                Field = field,
                Message = $"Unsupported value: {GoQuote.Quote(value)}: supported values: {supported}",
            },
        ]);
}

using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Decoding;

namespace KubeLab.ApiServer.Http;

/// <summary>Reads what a request asks for from its parameters and, for a delete, from its body.</summary>
internal static class RequestOptions
{
    /// <summary>Who asks for more than thirty years asks for no limit.</summary>
    private const long SecondsMax = 1_000_000_000;

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
            Timeout = query.Number("timeoutSeconds") is { } seconds and > 0 and <= SecondsMax ? TimeSpan.FromSeconds(seconds) : null,
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

    /// <summary>Reads what a delete asks for: from its body, and only without one from the query, as upstream.</summary>
    public static DeleteOptions Delete(RequestQuery query, ReadOnlyMemory<byte> body) => body.IsEmpty
        ? new DeleteOptions
        {
            GracePeriodSeconds = query.Number("gracePeriodSeconds"),
            PropagationPolicy = Policy(query["propagationPolicy"], query["orphanDependents"] is null ? null : query.Is("orphanDependents")),
            DryRun = DryRun(query, "DeleteOptions"),
        }
        : FromBody(body);

    private static DeleteOptions FromBody(ReadOnlyMemory<byte> body)
    {
        using var document = ObjectDecoder.DecodeDeleteOptions(body);
        var root = document.RootElement;
        var conditions = root.TryGetProperty("preconditions", out var given) ? given : default;
        return new DeleteOptions
        {
            GracePeriodSeconds = root.TryGetProperty("gracePeriodSeconds", out var grace) ? grace.GetInt64() : null,
            PropagationPolicy = Policy(Text(root, "propagationPolicy"), root.TryGetProperty("orphanDependents", out var orphan) ? orphan.GetBoolean() : null),
            Uid = Text(conditions, "uid"),
            ResourceVersion = Text(conditions, "resourceVersion"),
            DryRun = root.TryGetProperty("dryRun", out var dry)
                && dry.EnumerateArray().Select(d => d.GetString()!).Select(d => d == "All" ? d : throw Unsupported("DeleteOptions", "dryRun", d, "\"All\"")).ToArray().Length > 0,
        };
    }

    private static string? Policy(string? policy, bool? orphan)
    {
        if (policy is not null && orphan is not null)
        {
            const string Both = "orphanDependents and deletionPropagation cannot be both set";
            throw Invalid("DeleteOptions", "FieldValueInvalid", "propagationPolicy", $"Invalid value: {GoQuote.Quote(policy)}: {Both}");
        }

        policy ??= orphan is { } yes ? (yes ? "Orphan" : "Background") : null;
        return policy is null or "Background" or "Foreground" or "Orphan"
            ? policy
            : throw Unsupported("DeleteOptions", "propagationPolicy", policy, "\"Background\", \"Foreground\", \"Orphan\", nil");
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool DryRun(RequestQuery query, string kind) => query["dryRun"] switch
    {
        null => false,
        "All" => true,
        var other => throw Unsupported(kind, "dryRun", other, "\"All\""),
    };

    private static string ManagerOf(string? userAgent) => string.IsNullOrEmpty(userAgent) ? "unknown" : userAgent.Split('/')[0];

    private static ApiException Unsupported(string kind, string field, string value, string supported) =>
        Invalid(kind, "FieldValueNotSupported", field, $"Unsupported value: {GoQuote.Quote(value)}: supported values: {supported}");

    private static ApiException Invalid(string kind, string reason, string field, string message) => ApiErrors.Invalid(
        ApiResource.Named("meta.k8s.io/v1", kind.ToLowerInvariant(), kind, false), "", [new StatusCause { Reason = reason, Field = field, Message = message }]);
}

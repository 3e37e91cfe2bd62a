using KubeLab.Api.Meta;

namespace KubeLab.Api.Verbs;

/// <summary>Upstream's refusals, with its reasons, codes and texts.</summary>
/// <seealso href="https://pkg.go.dev/k8s.io/apimachinery/pkg/api/errors">apimachinery/pkg/api/errors</seealso>
public static class ApiErrors
{
    /// <summary>404: there is no such object.</summary>
    public static ApiException NotFound(ApiResource resource, string name) =>
        new(About(resource, name, 404, "NotFound", $"{resource.QualifiedName} \"{name}\" not found"));

    /// <summary>409: the name is taken.</summary>
    public static ApiException AlreadyExists(ApiResource resource, string name) =>
        new(About(resource, name, 409, "AlreadyExists", $"{resource.QualifiedName} \"{name}\" already exists"));

    /// <summary>409: the object is not what the request takes it for; <paramref name="why"/> completes the sentence.</summary>
    public static ApiException Conflict(ApiResource resource, string name, string why) =>
        new(About(resource, name, 409, "Conflict", $"Operation cannot be fulfilled on {resource.QualifiedName} \"{name}\": {why}"));

    /// <summary>409: somebody else changed the object since it was read.</summary>
    public static ApiException Stale(ApiResource resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    /// <summary>403: it may not be done; <paramref name="why"/> completes the sentence.</summary>
    public static ApiException Forbidden(ApiResource resource, string name, string why) =>
        new(About(resource, name, 403, "Forbidden", $"{resource.QualifiedName} \"{name}\" is forbidden: {why}"));

    /// <summary>422: fields are wrong; each cause names one.</summary>
    public static ApiException Invalid(ApiResource resource, string name, IReadOnlyList<StatusCause> causes)
    {
        var lines = causes.Select(c => $"{c.Field}: {c.Message}").ToList();
        var all = lines.Count == 1 ? lines[0] : $"[{string.Join(", ", lines)}]";
        var status = About(resource, name, 422, "Invalid", $"{resource.QualifiedKind} \"{name}\" is invalid: {all}");
        return new(status with { Details = status.Details! with { Kind = resource.Kind, Causes = causes.ToValueList() } });
    }

    /// <summary>400: the request cannot be read.</summary>
    public static ApiException BadRequest(string message) => new(Plain(400, "BadRequest", message));

    /// <summary>410: the version is compacted away.</summary>
    public static ApiException Expired(string message) => new(Plain(410, "Expired", message));

    /// <summary>429: not now; a budget or a limit says so.</summary>
    public static ApiException TooManyRequests(string message, int retryAfterSeconds, params ReadOnlySpan<StatusCause> causes)
    {
        var details = retryAfterSeconds == 0 && causes.IsEmpty
            ? null
            : new StatusDetails { RetryAfterSeconds = retryAfterSeconds, Causes = ValueList.Create(causes) };
        return new(Plain(429, "TooManyRequests", message) with { Details = details });
    }

    /// <summary>405: the verb does not exist here.</summary>
    public static ApiException MethodNotAllowed(ApiResource resource, string verb) =>
        new(Plain(405, "MethodNotAllowed", $"{verb} is not supported on resources of kind \"{resource.QualifiedName}\"") with
        {
            Details = new() { Group = Text(resource.Group), Kind = resource.Plural },
        });

    /// <summary>504: the store did not answer.</summary>
    public static ApiException Timeout(string message) => new(Plain(504, "Timeout", message));

    /// <summary>500: the store refused; <paramref name="message"/> is its text.</summary>
    public static ApiException Internal(string message) => new(Plain(500, "InternalError", $"Internal error occurred: {message}"));

    private static Status About(ApiResource resource, string name, int code, string reason, string message) =>
        Plain(code, reason, message) with
        {
            Details = new() { Name = Text(name), Group = Text(resource.Group), Kind = resource.Plural },
        };

    private static Status Plain(int code, string reason, string message) =>
        new() { State = "Failure", Code = code, Reason = reason, Message = message };

    private static string? Text(string text) => text.Length == 0 ? null : text;
}

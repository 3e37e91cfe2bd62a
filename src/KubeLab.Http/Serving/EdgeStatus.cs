using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Meta;

namespace KubeLab.Http.Serving;

/// <summary>What the edge itself refuses, in upstream's words.</summary>
internal static class EdgeStatus
{
    public static Status Unauthorized { get; } = Failure(401, "Unauthorized", "Unauthorized");

    public static Status Expired { get; } = Failure(410, "Expired", "The resourceVersion for the provided watch is too old.");

    public static Status TimedOut { get; } = Failure(
        504, "Timeout", "Timeout: request did not complete within the allotted timeout");

    public static Status TooLarge(int bytesMax) => Failure(413, "RequestEntityTooLarge", $"Request entity too large: limit is {bytesMax}");

    public static Status BadRequest(string why) => Failure(400, "BadRequest", why);

    public static Status Internal(Exception error) => Failure(500, "InternalError", $"Internal error occurred: {error.Message}");

    public static byte[] Bytes(Status status) => JsonSerializer.SerializeToUtf8Bytes(status, ApiJson.Default.Status);

    /// <summary>The last line of a watch that ends with an error.</summary>
    public static byte[] ErrorLine(Status status) => [.. "{\"type\":\"ERROR\",\"object\":"u8, .. Bytes(status), .. "}\n"u8];

    private static Status Failure(int code, string reason, string message) => new()
    {
        State = "Failure",
        Code = code,
        Reason = reason,
        Message = message,
    };
}

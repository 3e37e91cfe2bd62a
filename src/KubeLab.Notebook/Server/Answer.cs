using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLab.Notebook.Server;

/// <summary>Reads what requests hold and writes answers, all in JSON.</summary>
internal static class Answer
{
    private const long SmallBody = 1 << 20;

    /// <summary>How many times more than is taken may be sent before the connection is cut.</summary>
    private const long DrainedMax = 4;

    public static Task JsonAsync(HttpContext context, JsonNode body, int status = StatusCodes.Status200OK) =>
        BytesAsync(context, body.ToUtf8(), "application/json", status);

    public static async Task BytesAsync(HttpContext context, ReadOnlyMemory<byte> body, string type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    public static Task NothingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public static Task ErrorAsync(HttpContext context, int status, string message, string? reason = null) =>
        JsonAsync(context, new JsonObject { ["message"] = message, ["reason"] = reason }, status);

    /// <summary>The body, which must be a JSON object; an empty one counts as an empty object.</summary>
    /// <exception cref="ApiException">It is none, or too large.</exception>
    public static async Task<JsonElement> BodyAsync(HttpContext context, long bytesMax = SmallBody)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = DrainedMax * bytesMax;
        }

        using var body = new MemoryStream();
        try
        {
            await ReadAsync(context, body, bytesMax);
            return body.Length == 0 ? JsonText.EmptyObject : JsonText.ParseObject(body.ToArray(), "body");
        }
        catch (FormatException error)
        {
            throw ApiException.BadRequest(error.Message);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(bytesMax);
        }
    }

    /// <summary>Reads to the end also what is too large, and forgets it: a client that is cut off while it sends never reads why.</summary>
    private static async Task ReadAsync(HttpContext context, MemoryStream body, long bytesMax)
    {
        var buffer = new byte[64 * 1024];
        long length = 0;
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
        {
            length += count;
            if (length <= bytesMax)
            {
                body.Write(buffer, 0, count);
            }
            else
            {
                body.SetLength(0);
            }
        }

        if (length > bytesMax)
        {
            throw TooLarge(bytesMax);
        }
    }

    private static ApiException TooLarge(long bytesMax) => new(StatusCodes.Status413PayloadTooLarge, $"body: at most {bytesMax:N0} bytes are taken");
}

using System.Text.Json;
using KubeLab.Api.Meta;
using KubeLab.Http.Serving;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Http.Live;

/// <summary>Answers below <c>/lab</c>, and what was asked there.</summary>
internal static class LiveJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Answers with <paramref name="value"/>.</summary>
    public static Task AnswerAsync<T>(HttpContext context, T value)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(value, Options, context.RequestAborted);
    }

    /// <summary>Refuses, in the form of the Kubernetes API.</summary>
    public static async Task RefuseAsync(HttpContext context, Status status)
    {
        var body = EdgeStatus.Bytes(status);
        context.Response.StatusCode = status.Code;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The order in a request's body.</summary>
    /// <exception cref="ArgumentException">It is none; the message says what is expected.</exception>
    public static async Task<LiveOrder> ReadAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync<LiveOrder>(Options, context.RequestAborted) is { Do.Length: > 0 } order
                ? order
                : throw new ArgumentException("the body must be a JSON object with a field \"do\"");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"the body must be a JSON object with a field \"do\", sent as application/json: {error.Message}");
        }
    }
}

/// <summary>What a page asks for.</summary>
/// <param name="Do">The verb.</param>
/// <param name="Target">What it is about, for example a machine.</param>
/// <param name="Component">Which component of the machine.</param>
/// <param name="Speed">Simulated seconds per real second.</param>
/// <param name="Seconds">How far ahead.</param>
internal sealed record LiveOrder(string Do, string? Target = null, string? Component = null, double? Speed = null, double? Seconds = null);

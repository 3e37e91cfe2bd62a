using System.Net;
using System.Net.Http.Headers;
using KubeLab.ApiServer.Authentication;

namespace KubeLab.ApiServer.Http;

/// <summary>
/// Lets any HTTP client speak to a simulated cluster without a socket: it hands each request to the front and the answer back.
/// </summary>
/// <remarks>
/// It is used on the clock's thread. The body of a watch is a stream that is fed while the clock runs. A terminal handler must name the request in
/// its response, or the official client's delegating handlers fail.
/// </remarks>
/// <param name="front">What answers.</param>
public sealed class InMemoryHandler(IApiFront front) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!front.IsUp)
        {
            var authority = request.RequestUri!.Authority;
            throw new HttpRequestException(
                HttpRequestError.ConnectionError,
                $"{Verb(request.Method)} \"{request.RequestUri}\": dial tcp {authority}: connect: connection refused");
        }

        return Translate(front.Handle(Translate(request)), request);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(Send(request, cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return Task.FromException<HttpResponseMessage>(e);
        }
    }

    private static ApiRequest Translate(HttpRequestMessage request) => new()
    {
        Method = request.Method.Method,
        Path = request.RequestUri!.AbsolutePath,
        Query = request.RequestUri.Query.TrimStart('?'),
        Accept = request.Headers.Accept.Count == 0 ? null : string.Join(',', request.Headers.Accept),
        ContentType = request.Content?.Headers.ContentType?.ToString(),
        IfNoneMatch = request.Headers.IfNoneMatch.Count == 0 ? null : string.Join(',', request.Headers.IfNoneMatch),
        UserAgent = request.Headers.UserAgent.ToString(),
        WantsUpgrade = request.Headers.Upgrade.Count > 0,
        Impersonation = Impersonation.Read(name => request.Headers.TryGetValues(name, out var values) ? values : []),
        Body = BodyOf(request.Content),
    };

    private static ReadOnlyMemory<byte> BodyOf(HttpContent? content)
    {
        if (content is null)
        {
            return default;
        }

        var bytes = new MemoryStream();
        content.CopyTo(bytes, null, CancellationToken.None);
        return bytes.ToArray();
    }

    private static HttpResponseMessage Translate(ApiResponse answer, HttpRequestMessage request)
    {
        HttpContent content = answer switch
        {
            { Watch: { } watch } => new WatchContent(watch),
            { Process: not null, Stream: { } process } => new ProcessContent(process),
            { Stream: { } log } => new WatchContent(new FollowBody(log)),
            _ => new ReadOnlyMemoryContent(answer.Body),
        };
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Code) { RequestMessage = request, Content = content };
        foreach (var warning in answer.Warnings.Select(ApiResponse.WarningHeader).OfType<string>())
        {
            response.Headers.TryAddWithoutValidation("Warning", warning);
        }

        if (answer.ETag is { } tag)
        {
            response.Headers.ETag = EntityTagHeaderValue.Parse(tag);
        }

        response.Headers.TryAddWithoutValidation("Cache-Control", answer.CacheControl);
        if (answer.RetryAfterSeconds > 0)
        {
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(answer.RetryAfterSeconds));
        }

        return response;
    }

    private static string Verb(HttpMethod method) => string.Concat(method.Method[..1], method.Method[1..].ToLowerInvariant());
}

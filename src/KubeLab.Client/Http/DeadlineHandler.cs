using System.Net;

namespace KubeLab.Client.Http;

/// <summary>
/// Limits how long an answer may take, its body included. Streams (watches, followed logs) and connections that change their protocol (exec, attach,
/// port-forward) may last, but must begin in time.
/// </summary>
internal sealed class DeadlineHandler : DelegatingHandler
{
    private static readonly string[] Yes = ["true", "1"];

    /// <summary>How long an answer may take; upstream's servers end requests after the same time.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether an answer comes bit by bit as things happen.</summary>
    public static bool IsStream(Uri? address)
    {
        var query = address?.Query ?? "";
        return Says(query, "watch") || Says(query, "follow");
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var response = base.Send(request, limit.Token);
            if (Ends(response))
            {
                // A blocking read does not see the token: closing the connection under it does end it.
                using var close = limit.Token.Register(static r => ((HttpResponseMessage)r!).Dispose(), response);
                var body = new MemoryStream();
                try
                {
                    response.Content.CopyTo(body, null, limit.Token);
                }
                catch (Exception closed) when (limit.IsCancellationRequested && closed is not OperationCanceledException)
                {
                    throw new OperationCanceledException(closed.Message, closed, limit.Token);
                }

                Replace(response, body);
            }

            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooLate();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var response = await base.SendAsync(request, limit.Token);
            if (Ends(response))
            {
                var body = new MemoryStream();
                await response.Content.CopyToAsync(body, limit.Token);
                Replace(response, body);
            }

            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooLate();
        }
    }

    private static bool Ends(HttpResponseMessage response) =>
        response.StatusCode != HttpStatusCode.SwitchingProtocols && !IsStream(response.RequestMessage?.RequestUri);

    private static bool Says(string query, string name) => Yes.Any(value =>
        query.Contains($"?{name}={value}", StringComparison.OrdinalIgnoreCase) || query.Contains($"&{name}={value}", StringComparison.OrdinalIgnoreCase));

    private static void Replace(HttpResponseMessage response, MemoryStream body)
    {
        var old = response.Content;
        body.Position = 0;
        response.Content = new StreamContent(body);
        foreach (var (name, values) in old.Headers.NonValidated)
        {
            response.Content.Headers.TryAddWithoutValidation(name, values);
        }

        old.Dispose();
    }

    private HttpRequestException TooLate() => new(
        HttpRequestError.Unknown,
        $"net/http: request canceled (Client.Timeout exceeded while awaiting headers): no answer within {Limit.TotalSeconds} s",
        new TimeoutException());
}

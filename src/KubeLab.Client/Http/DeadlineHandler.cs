namespace KubeLab.Client.Http;

/// <summary>Limits how long an answer may take, its body included. Streams (watches, followed logs) may last, but must begin in time.</summary>
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
            if (!IsStream(request.RequestUri))
            {
                var body = new MemoryStream();
                response.Content.CopyTo(body, null, limit.Token);
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
            if (!IsStream(request.RequestUri))
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

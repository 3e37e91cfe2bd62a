namespace KubeLab.Client.Http;

/// <summary>Sends a request again when the server is busy or stumbles; <see cref="RetryPolicy"/> decides.</summary>
internal sealed class RetryHandler(Action<TimeSpan, CancellationToken> wait) : DelegatingHandler
{
    /// <summary>Marks a request that is sent once only, because it comes again soon anyway.</summary>
    public static HttpRequestOptionsKey<bool> Once { get; } = new("kubelab-once");

    /// <summary>Waits in the wall's time.</summary>
    public static void WallWait(TimeSpan pause, CancellationToken cancellation) => cancellation.WaitHandle.WaitOne(pause);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            try
            {
                var response = base.Send(request, cancellationToken);
                if (PauseAfter(request, response, retries) is not { } pause)
                {
                    return response;
                }

                response.Dispose();
                wait(pause, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (HttpRequestException broken) when (IsToBeSentAgain(request, broken, retries))
            {
                // The next attempt opens a connection of its own.
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (PauseAfter(request, response, retries) is not { } pause)
                {
                    return response;
                }

                response.Dispose();
                await Task.Run(() => wait(pause, cancellationToken), cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (HttpRequestException broken) when (IsToBeSentAgain(request, broken, retries))
            {
                // The next attempt opens a connection of its own.
            }
        }
    }

    private static TimeSpan? PauseAfter(HttpRequestMessage request, HttpResponseMessage response, int retries)
    {
        var header = response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.FirstOrDefault() : null;
        return request.Options.TryGetValue(Once, out var isOnce) && isOnce
            ? null
            : RetryPolicy.Pause(request.Method, (int)response.StatusCode, header, retries, TimeProvider.System.GetUtcNow());
    }

    private static bool IsToBeSentAgain(HttpRequestMessage request, HttpRequestException broken, int retries) =>
        broken.InnerException is IOException && RetryPolicy.IsWorthANewConnection(request.Method, broken.HttpRequestError, retries);
}

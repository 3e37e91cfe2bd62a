using KubeLab.Client.Http;

namespace KubeLab.Connected;

/// <summary>What time it is in the cluster behind a transport: the wall's, unless it is one of <c>lab cluster</c>, which may go at any speed and tells with each answer.</summary>
internal sealed class ClusterTime(HttpMessageHandler transport) : DelegatingHandler(transport)
{
    private long toldTicks;

    /// <summary>Whether the cluster goes by the wall, as real ones do.</summary>
    public bool IsWall => Volatile.Read(ref toldTicks) == 0;

    /// <summary>The cluster's time: the latest that was told.</summary>
    public DateTimeOffset Now => IsWall ? TimeProvider.System.GetUtcNow() : new DateTimeOffset(Volatile.Read(ref toldTicks), TimeSpan.Zero);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Heard(base.Send(Asking(request), cancellationToken));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Heard(await base.SendAsync(Asking(request), cancellationToken));

    private static HttpRequestMessage Asking(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation(LabTime.Header, LabTime.Own);
        return request;
    }

    /// <summary>Answers come on several connections, and an older one may come later.</summary>
    private HttpResponseMessage Heard(HttpResponseMessage response)
    {
        if (LabTime.Of(response) is { UtcTicks: var ticks })
        {
            for (var known = Volatile.Read(ref toldTicks); ticks > known; known = Volatile.Read(ref toldTicks))
            {
                Interlocked.CompareExchange(ref toldTicks, ticks, known);
            }
        }

        return response;
    }
}

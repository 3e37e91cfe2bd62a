using System.Net;

namespace KubeLab.Client.Connecting;

/// <summary>Adds to each request what proves who speaks, and asks a plugin once more when the server does not believe it.</summary>
internal sealed class CredentialsHandler(Credentials credentials) : DelegatingHandler
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = credentials.Header();
        var response = base.Send(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !credentials.Refresh())
        {
            return response;
        }

        response.Dispose();
        request.Headers.Authorization = credentials.Header();
        return base.Send(request, cancellationToken);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = credentials.Header();
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !credentials.Refresh())
        {
            return response;
        }

        response.Dispose();
        request.Headers.Authorization = credentials.Header();
        return await base.SendAsync(request, cancellationToken);
    }
}

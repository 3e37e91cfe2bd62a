using System.Net;
using System.Net.Security;

namespace KubeLab.Client.Connecting;

/// <summary>Adds to each request what proves who speaks, and asks a plugin once more when the server does not believe it.</summary>
/// <remarks>A new certificate gets connections of its own: those that prove an older one are left to end.</remarks>
internal sealed class CredentialsHandler(
    Credentials credentials, Impersonation impersonation, string? serverName, Func<SslStreamCertificateContext?, HttpMessageHandler> connect)
    : HttpMessageHandler
{
    private readonly Lock choosing = new();
    private HttpMessageInvoker? connections;
    private SslStreamCertificateContext? certificate;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var proof = credentials.Now();
        var response = Prepared(request, proof).Send(request, cancellationToken);
        if (!IsToBeAskedAgain(response, proof))
        {
            return response;
        }

        response.Dispose();
        return Prepared(request, credentials.Now()).Send(request, cancellationToken);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var proof = credentials.Now();
        var response = await Prepared(request, proof).SendAsync(request, cancellationToken);
        if (!IsToBeAskedAgain(response, proof))
        {
            return response;
        }

        response.Dispose();
        return await Prepared(request, credentials.Now()).SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connections?.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool IsToBeAskedAgain(HttpResponseMessage response, Proof proof) =>
        response.StatusCode == HttpStatusCode.Unauthorized && credentials.Refresh(proof);

    private HttpMessageInvoker Prepared(HttpRequestMessage request, Proof proof)
    {
        request.Headers.Authorization = proof.Header;
        impersonation.AddTo(request);
        if (serverName is not null)
        {
            // The name that TLS asks for and checks is the host's that the request names.
            request.Headers.Host = serverName;
        }

        lock (choosing)
        {
            if (connections is null || !ReferenceEquals(certificate, proof.Certificate))
            {
                certificate = proof.Certificate;
                connections = new HttpMessageInvoker(connect(certificate));
            }

            return connections;
        }
    }
}

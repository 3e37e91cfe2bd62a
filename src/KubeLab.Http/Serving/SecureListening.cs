using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace KubeLab.Http.Serving;

/// <summary>How a served cluster listens for kubectl and client libraries.</summary>
internal static class SecureListening
{
    /// <summary>Listens on 127.0.0.1 with TLS, and asks clients for certificates without demanding any.</summary>
    /// <param name="kestrel">What listens.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="certificate">The server's certificate.</param>
    public static void ListenSecurely(this KestrelServerOptions kestrel, int port, X509Certificate2 certificate) => kestrel.Listen(IPAddress.Loopback, port, listen =>
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ClientCertificateMode = ClientCertificateMode.AllowCertificate,

            // A stranger's certificate does not break the connection: it proves nothing, and the answer is 401, as upstream.
            ClientCertificateValidation = (_, _, _) => true,
        });
    });
}

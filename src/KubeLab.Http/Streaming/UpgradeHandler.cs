using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using KubeLab.Api.Meta;
using KubeLab.ApiServer.Http;
using KubeLab.Http.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLab.Http.Streaming;

/// <summary>Goes on in another protocol on a request's connection: WebSocket, which kubectl speaks since 1.30 and 1.31, or SPDY before.</summary>
/// <seealso href="https://kubernetes.io/blog/2024/08/20/websockets-transition/">Kubernetes 1.31: streaming transitions from SPDY to WebSockets</seealso>
internal sealed class UpgradeHandler(ClusterDoor door)
{
    private const string PortForward = "portforward.k8s.io";
    private const string SpdyOverWebSocket = "SPDY/3.1+" + PortForward;
    private const string SpdyProcess = "v4.channel.k8s.io";
    private const string ProtocolVersion = "X-Stream-Protocol-Version";

    // RFC 6455 has clients check that the server knows this text.
    private const string WebSocketGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>Whether a request wants to go on in another protocol.</summary>
    public static bool IsWanted(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0 && context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true;

    /// <summary>Serves what the cluster connected the client to; returns why it cannot, or null when it has.</summary>
    public async Task<Status?> ServeAsync(HttpContext context, ApiResponse response, CancellationToken cancellation)
    {
        var isWebSocket = context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);
        var offered = Offered(context.Request, isWebSocket ? "Sec-WebSocket-Protocol" : ProtocolVersion);
        string[] spoken = (isWebSocket, response.Ports is not null) switch
        {
            (true, false) => WebSocketChannels.Protocols,
            (true, true) => [SpdyOverWebSocket],
            (false, false) => [SpdyProcess],
            (false, true) => [PortForward],
        };
        if (offered.FirstOrDefault(o => spoken.Contains(o)) is not { } protocol)
        {
            return Refusal(
                isWebSocket ? 400 : 403,
                $"unable to upgrade: unable to negotiate protocol: client supports [{string.Join(' ', offered)}], server accepts [{string.Join(' ', spoken)}]");
        }

        if (!isWebSocket && !context.Request.Headers.Upgrade.ToString().Equals("SPDY/3.1", StringComparison.OrdinalIgnoreCase))
        {
            return Refusal(400, "Upgrade request required");
        }

        if (!isWebSocket && response.Stream?.Refusal is { } refusal)
        {
            return refusal;
        }

        if (isWebSocket)
        {
            await OverWebSocketAsync(await WebSocketAsync(context, protocol), response, cancellation);
        }
        else
        {
            await OverSpdyAsync(await SpdyAsync(context, protocol), response, cancellation);
        }

        return null;
    }

    private async Task OverWebSocketAsync(WebSocket socket, ApiResponse response, CancellationToken cancellation)
    {
        if (response.Ports is { } ports)
        {
            await new PortForwardSession(door, ports, new WebSocketTunnel(socket)).RunAsync(cancellation);
            return;
        }

        await using var channels = new WebSocketChannels(socket);
        await channels.GreetAsync(cancellation);
        if (response.Stream!.Refusal is { } refusal)
        {
            await channels.FinishAsync(new Status { State = "Failure", Code = 500, Reason = "InternalError", Message = $"unable to upgrade connection: {refusal.Message}" }, cancellation);
            return;
        }

        await new ProcessSession(door, response.Stream, response.Process!, channels).RunAsync(cancellation);
    }

    private async Task OverSpdyAsync(Stream transport, ApiResponse response, CancellationToken cancellation)
    {
        if (response.Ports is { } ports)
        {
            await new PortForwardSession(door, ports, transport).RunAsync(cancellation);
            return;
        }

        await using var channels = new SpdyChannels(transport, response.Process!, cancellation);
        await channels.ReadyAsync(cancellation);
        await new ProcessSession(door, response.Stream!, response.Process!, channels).RunAsync(cancellation);
    }

    private static async Task<WebSocket> WebSocketAsync(HttpContext context, string protocol)
    {
        var key = context.Request.Headers.SecWebSocketKey.ToString();
#pragma warning disable CA5350 // The handshake of RFC 6455 is defined with SHA-1; nothing is kept secret by it.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + WebSocketGuid)));
#pragma warning restore CA5350
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = accept;
        headers.SecWebSocketProtocol = protocol;
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();

        // The name of the protocol is told in the header only: .NET takes none with a slash in it.
        return WebSocket.CreateFromStream(stream, isServer: true, subProtocol: null, KeepAlive);
    }

    private static async Task<Stream> SpdyAsync(HttpContext context, string protocol)
    {
        context.Response.Headers.Upgrade = "SPDY/3.1";
        context.Response.Headers[ProtocolVersion] = protocol;
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private static List<string> Offered(HttpRequest request, string header) =>
        [.. request.Headers[header].SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static Status Refusal(int code, string message) =>
        new() { State = "Failure", Code = code, Reason = code == 403 ? "Forbidden" : "BadRequest", Message = message };
}

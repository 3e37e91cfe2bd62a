using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLab.Notebook.Server;

/// <summary>
/// <c>/lab/clusters</c>: the doors that kernels have opened, and a way through: whoever may use the lab may use them, without their tokens.
/// </summary>
internal sealed class ClusterRoutes : IDisposable
{
    /// <summary>Headers that belong to one connection, and those that prove a client to the lab and nobody else.</summary>
    private static readonly HashSet<string> NotPassedOn = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Host", "Authorization", "Cookie",
        "Set-Cookie", "X-XSRFToken", "Origin", "Referer", "Content-Length", "Content-Security-Policy",
    };

    private readonly KernelRegistry registry;
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,

        // The door is on this machine (announcements of others are refused), and its certificate is of its own making.
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsTaken },
    });

    public ClusterRoutes(KernelRegistry registry)
    {
        this.registry = registry;
    }

    public async Task<bool> HandleAsync(HttpContext context, string[] path)
    {
        switch (context.Request.Method, path)
        {
            case ("GET", ["lab", "clusters"]):
                await Answer.JsonAsync(context, new JsonObject
                {
                    ["clusters"] = new JsonArray([.. registry.Kernels.SelectMany(k => k.Endpoints)
                        .Select(e => new JsonObject { ["kernel"] = e.Kernel, ["name"] = e.Name, ["title"] = e.Title })]),
                });
                return true;
            case (_, ["lab", "clusters", var kernel, var name, ..]):
                var door = registry.Kernel(kernel).Endpoints.FirstOrDefault(e => e.Name == name)
                    ?? throw ApiException.NotFound($"the kernel has opened no door named '{name}'");
                await (context.WebSockets.IsWebSocketRequest ? TunnelAsync(context, door) : PassAsync(context, door));
                return true;
            default:
                return false;
        }
    }

    public void Dispose() => client.Dispose();

    private static bool IsTaken(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate is not null;

    /// <summary>Where the request goes: what follows the door's name, exactly as it was written but for the lab's token.</summary>
    private static Uri Target(HttpContext context, KernelEndpoint door)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var prefix = $"/lab/clusters/{door.Kernel}/{door.Name}";
        var rest = raw.StartsWith(prefix, StringComparison.Ordinal) ? raw[prefix.Length..] : throw ApiException.BadRequest("the address is written in an unusual way");
        rest = WithoutToken(rest);
        return new Uri(new Uri(door.Url.GetLeftPart(UriPartial.Authority)), door.Url.AbsolutePath.TrimEnd('/') + (rest.StartsWith('/') ? rest : "/" + rest));
    }

    private static string WithoutToken(string target)
    {
        if (target.IndexOf('?', StringComparison.Ordinal) is var at && at < 0)
        {
            return target;
        }

        var kept = target[(at + 1)..].Split('&').Where(pair => !Uri.UnescapeDataString(pair.Split('=')[0]).Equals("token", StringComparison.OrdinalIgnoreCase)).ToList();
        return kept.Count == 0 ? target[..at] : $"{target[..at]}?{string.Join('&', kept)}";
    }

    private async Task PassAsync(HttpContext context, KernelEndpoint door)
    {
        var ask = context.Request;
        using var request = new HttpRequestMessage(new HttpMethod(ask.Method), Target(context, door));
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            request.Content = new StreamContent(ask.Body);
            request.Content.Headers.ContentLength = ask.ContentLength;
        }

        foreach (var (name, values) in ask.Headers.Where(h => !NotPassedOn.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        if (door.Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", door.Token);
        }

        try
        {
            using var answer = await client.SendAsync(request, context.RequestAborted);
            await CopyAsync(context, answer);
        }
        catch (HttpRequestException error)
        {
            throw new ApiException(StatusCodes.Status502BadGateway, $"the door '{door.Name}' does not answer: {error.Message}");
        }
    }

    private static async Task CopyAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !NotPassedOn.Contains(h.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        context.Response.ContentLength = answer.Content.Headers.ContentLength;

        // A watch sends an event now and then, and each must arrive at once.
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.StartAsync(context.RequestAborted);
        await using var from = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[32 * 1024];
        while (await from.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private async Task TunnelAsync(HttpContext context, KernelEndpoint door)
    {
        using var far = new ClientWebSocket();
        foreach (var protocol in context.WebSockets.WebSocketRequestedProtocols)
        {
            far.Options.AddSubProtocol(protocol);
        }

        if (door.Token is not null)
        {
            far.Options.SetRequestHeader("Authorization", "Bearer " + door.Token);
        }

        var target = Target(context, door);
        var address = new UriBuilder(target) { Scheme = target.Scheme == "https" ? "wss" : "ws" }.Uri;
        try
        {
            await far.ConnectAsync(address, client, context.RequestAborted);
        }
        catch (WebSocketException error)
        {
            throw new ApiException(StatusCodes.Status502BadGateway, $"the door '{door.Name}' does not answer: {error.Message}");
        }

        using var near = await context.WebSockets.AcceptWebSocketAsync(far.SubProtocol);
        await Task.WhenAll(PumpAsync(near, far, context.RequestAborted), PumpAsync(far, near, context.RequestAborted));
    }

    private static async Task PumpAsync(WebSocket from, WebSocket to, CancellationToken cancellation)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (true)
            {
                var part = await from.ReceiveAsync(buffer, cancellation);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await to.CloseOutputAsync(from.CloseStatus ?? WebSocketCloseStatus.NormalClosure, from.CloseStatusDescription, cancellation);
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, cancellation);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            to.Abort();
        }
    }
}

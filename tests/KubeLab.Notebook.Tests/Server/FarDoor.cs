using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLab.Notebook.Tests.Server;

/// <summary>What a cluster in a kernel is to the lab's server: an HTTP server on this machine that says what it was asked.</summary>
internal sealed class FarDoor : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly SemaphoreSlim next = new(0);

    private FarDoor(WebApplication application)
    {
        this.application = application;
    }

    public string Url => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<FarDoor> OpenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var door = new FarDoor(builder.Build());
        door.application.UseWebSockets();
        door.application.Run(door.AnswerAsync);
        await door.application.StartAsync();
        return door;
    }

    /// <summary>Lets a watch send its next line.</summary>
    public void SendNextLine() => next.Release();

    public async ValueTask DisposeAsync()
    {
        next.Release(1_000);
        await application.DisposeAsync();
        next.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            await EchoAsync(context);
        }
        else if (context.Request.Path.Value!.EndsWith("/watch", StringComparison.Ordinal))
        {
            for (var i = 0; i < 3; i++)
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"line {i}\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        else
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers["X-Door"] = "far";
            context.Response.Headers.SetCookie = "far=1";
            await context.Response.WriteAsync(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}\n{body}\n"
                + string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")));
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault());
        var buffer = new byte[1024];
        await socket.SendAsync(Encoding.UTF8.GetBytes($"hello {context.Request.Headers.Authorization}"), WebSocketMessageType.Text, true, context.RequestAborted);
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } part)
        {
            await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "done", context.RequestAborted);
    }
}

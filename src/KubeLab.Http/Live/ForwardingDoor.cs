using System.Net;
using System.Security.Cryptography;
using KubeLab.Connected;
using KubeLab.Http.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KubeLab.Http.Live;

/// <summary>The door of a real cluster for a page: requests go on to its API server with the credentials of the kubeconfig, so that the page needs none.</summary>
/// <remarks>Only what reads is let through, besides cordoning and eviction, which the page offers: a page that somebody else wrote must not rule a real cluster.</remarks>
internal sealed class ForwardingDoor : ILiveDoor
{
    private static readonly string[] Passed = ["Accept", "If-None-Match"];
    private readonly ConnectedCluster cluster;
    private readonly HttpMessageInvoker invoker;
    private readonly WebApplication application;

    private ForwardingDoor(ConnectedCluster cluster)
    {
        this.cluster = cluster;
        invoker = cluster.Forward();
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        application = builder.Build();
        application.Run(ServeAsync);
    }

    /// <inheritdoc/>
    public Cluster Cluster => cluster;

    /// <inheritdoc/>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <inheritdoc/>
    public string Token { get; }

    /// <summary>Opens it.</summary>
    public static ForwardingDoor Open(ConnectedCluster cluster)
    {
        var door = new ForwardingDoor(cluster);
        door.application.Start();
        door.Address = new Uri(door.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return door;
    }

    /// <inheritdoc/>
    public void Hold()
    {
        // A real cluster is nobody's: a cell and a page may ask it at the same time.
    }

    /// <inheritdoc/>
    public void Release()
    {
        // See above.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ((IDisposable)application).Dispose();
        invoker.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var given = System.Text.Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(given, System.Text.Encoding.UTF8.GetBytes($"Bearer {Token}")))
        {
            await LiveJson.RefuseAsync(context, EdgeStatus.Unauthorized);
        }
        else if (context.Request.Path.StartsWithSegments("/lab", StringComparison.Ordinal))
        {
            await LabAsync(context);
        }
        else if (!IsLetThrough(context.Request))
        {
            await LiveJson.RefuseAsync(context, EdgeStatus.BadRequest("this page reads a real cluster, cordons and drains; change anything else with kubectl"));
        }
        else
        {
            await ForwardAsync(context);
        }
    }

    private Task LabAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/lab/clock") => LiveJson.AnswerAsync(context, new { now = TimeProvider.System.GetUtcNow(), started = cluster.Recorder.Started, speed = 1.0, paused = false, ahead = false, held = false, canPause = false }),
        _ => LiveJson.RefuseAsync(context, EdgeStatus.BadRequest("only a simulated cluster has that")),
    };

    private static bool IsLetThrough(HttpRequest request)
    {
        var path = request.Path.Value!;
        return HttpMethods.IsGet(request.Method)
            || (HttpMethods.IsPatch(request.Method) && path.StartsWith("/api/v1/nodes/", StringComparison.Ordinal))
            || (HttpMethods.IsPost(request.Method) && path.EndsWith("/eviction", StringComparison.Ordinal));
    }

    private async Task ForwardAsync(HttpContext context)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(cluster.Server, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));
            foreach (var name in Passed.Where(n => context.Request.Headers.ContainsKey(n)))
            {
                request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToArray());
            }

            if (!HttpMethods.IsGet(context.Request.Method))
            {
                request.Content = new StreamContent(context.Request.Body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            }

            using var response = await invoker.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            await context.Response.StartAsync(context.RequestAborted);
            await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            var buffer = new byte[16 * 1024];
            while (await body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            {
                await context.Response.BodyWriter.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The page has gone.
        }
        catch (Exception error) when (error is HttpRequestException or IOException && !context.Response.HasStarted)
        {
            await LiveJson.RefuseAsync(context, EdgeStatus.Internal(error));
        }
    }
}

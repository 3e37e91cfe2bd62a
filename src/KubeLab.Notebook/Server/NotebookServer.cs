using KubeLab.Notebook.Jupyter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KubeLab.Notebook.Server;

/// <summary>
/// The lab's server: speaks the REST and WebSocket protocol of Jupyter Server to the lab's page, VS Code and Jupyter, and runs each
/// notebook's cells in a process of its own.
/// </summary>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html">REST API of Jupyter Server</seealso>
public sealed class NotebookServer : IAsyncDisposable
{
    private static readonly TimeSpan CullEvery = TimeSpan.FromMinutes(1);
    private readonly WebApplication application;
    private readonly CancellationTokenSource stopping = new();
    private readonly KernelPool pool;
    private readonly KernelRegistry registry;
    private readonly ClusterRoutes clusters;
    private readonly ITimer culling;

    private NotebookServer(NotebookServerOptions options, TimeProvider time)
    {
        Token = options.Token ?? MessageMaker.NewId();
        pool = new KernelPool(options, time);
        registry = new KernelRegistry(options, pool, time);
        clusters = new ClusterRoutes(registry);
        var store = new ContentsStore(options.Folder, time);
        var kernels = new KernelRoutes(registry, store, options, stopping.Token);
        var handler = new RequestHandler(
            new Gatekeeper(options, Token),
            kernels,
            new SessionRoutes(registry, kernels),
            new ContentsRoutes(store, options),
            new LabRoutes(new LessonDesk(store), store),
            clusters,
            registry,
            time,
            line => options.Log?.Invoke(line));
        application = Build(options);
        application.UseWebSockets();
        application.Run(handler.HandleAsync);
        var every = options.CullAfter < CullEvery ? options.CullAfter / 2 : CullEvery;
        culling = time.CreateTimer(_ => registry.Cull(), null, every, every);
    }

    /// <summary>What a client must know.</summary>
    public string Token { get; }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:8888/</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>The address to open in a browser or give to VS Code: it carries the token.</summary>
    public Uri Url => new(Address, "?token=" + Uri.EscapeDataString(Token));

    /// <summary>Starts serving.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<NotebookServer> StartAsync(NotebookServerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new NotebookServer(options, TimeProvider.System);
        try
        {
            await server.application.StartAsync(cancellation);
            server.pool.Prepare();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        var addresses = server.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        server.Address = new Uri(addresses.First());
        return server;
    }

    /// <summary>Ends connections and kernels.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await stopping.CancelAsync();
        registry.EndAll();
        await application.StopAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await culling.DisposeAsync();
        await stopping.CancelAsync();
        registry.EndAll();
        pool.Dispose();
        await application.DisposeAsync();
        clusters.Dispose();
        stopping.Dispose();
    }

    private static WebApplication Build(NotebookServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax;
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    /// <summary>The host's lifetime belongs to whoever started the server; it must not catch Ctrl+C for itself.</summary>
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

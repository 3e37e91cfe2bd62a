using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLab.ApiServer.Authentication;
using KubeLab.Client.Http;
using KubeLab.Http.Identity;
using KubeLab.Http.Serving;
using KubeLab.Simulated;
using KubeLab.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KubeLab.Http.Live;

/// <summary>The door of a notebook's cluster for a page beside the notebook: the Kubernetes API, and below <c>/lab</c> what a simulation has beyond it.</summary>
/// <remarks>
/// It listens on 127.0.0.1 without TLS and lets in whoever brings its token; the page comes through the lab's server, which has the token. Instants are the cluster's own.
/// kubectl, which sends no token without TLS, comes in by a second address with a client certificate, and instants are moved for it as <see cref="ClusterServer"/> does.
/// Opening it changes nothing in the cluster, unlike <see cref="ClusterServer"/>, which pods learn of.
/// </remarks>
internal sealed class LiveDoor : ILiveDoor
{
    private readonly CancellationTokenSource stopping = new();
    private readonly LiveCluster live;
    private readonly ClusterDoor door;
    private readonly WebApplication application;
    private readonly LivePast past;
    private readonly CertificateAuthority authority;
    private readonly X509Certificate2 certificate;

    private LiveDoor(SimulatedCluster cluster)
    {
        live = new LiveCluster(cluster);
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var options = new ClusterServerOptions();
        door = new ClusterDoor(cluster.Front, cluster.Clock, options, new Randomness(cluster.Seed).For("watch times"));
        authority = new CertificateAuthority(TimeProvider.System.GetUtcNow());
        certificate = authority.ForServer();
        var authenticator = new Authenticator(authority);
        authenticator.Add(Token, Identities.Administrator);
        past = new LivePast(live, door);
        var handler = new RequestHandler(door, authenticator, options, stopping.Token);
        var routes = new LiveRoutes(live, door, past);
        application = Build(options, certificate);
        application.Run(context => ServeAsync(context, routes, handler));
    }

    /// <inheritdoc/>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <inheritdoc/>
    public string Token { get; }

    /// <summary>Where it listens with TLS, for kubectl.</summary>
    public Uri SecureAddress { get; private set; } = new("https://127.0.0.1");

    /// <inheritdoc/>
    public Cluster Cluster => live.Cluster;

    /// <summary>Opens it. The cluster is the caller's until <see cref="Release"/>.</summary>
    public static LiveDoor Open(SimulatedCluster cluster)
    {
        var door = new LiveDoor(cluster);
        try
        {
            door.application.Start();
            var addresses = door.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            door.Address = new Uri(addresses.First(a => a.StartsWith("http:", StringComparison.Ordinal)));
            door.SecureAddress = new Uri(addresses.First(a => a.StartsWith("https:", StringComparison.Ordinal)));
            return door;
        }
        catch
        {
            door.Dispose();
            throw;
        }
    }

    /// <summary>A kubeconfig by which kubectl comes in as the administrator.</summary>
    /// <param name="name">What cluster, user and context are called in it.</param>
    public string Kubeconfig(string name)
    {
        var (pem, key) = authority.ForClient(Identities.Administrator.Username!, Identities.Masters);
        return KubeconfigText.Of(name, SecureAddress, authority.Pem, [new ClientIdentity(Identities.Administrator.Username!, pem, key)], Environment.ProcessId);
    }

    /// <inheritdoc/>
    public void Hold() => live.Hold();

    /// <inheritdoc/>
    public void Release() => live.Release();

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Cancel();
        live.Dispose();
        past.Dispose();
        ((IDisposable)application).Dispose();
        certificate.Dispose();
        authority.Dispose();
        stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context, LiveRoutes routes, RequestHandler handler)
    {
        if (context.Request.IsHttps)
        {
            await handler.HandleAsync(context);
            return;
        }

        if (!IsKnown(context.Request.Headers.Authorization.ToString()))
        {
            await LiveJson.RefuseAsync(context, EdgeStatus.Unauthorized);
            return;
        }

        if (!context.Request.Path.StartsWithSegments("/lab", StringComparison.Ordinal))
        {
            context.Request.Headers[LabTime.Header] = LabTime.Own;
            await handler.HandleAsync(context);
        }
        else
        {
            await routes.ServeAsync(context);
        }
    }

    // A comparison that ends at the first difference would tell a patient client how much of its guess is right.
    private bool IsKnown(string header) => CryptographicOperations.FixedTimeEquals(
        System.Text.Encoding.UTF8.GetBytes(header), System.Text.Encoding.UTF8.GetBytes($"Bearer {Token}"));

    private static WebApplication Build(ClusterServerOptions options, X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.ListenSecurely(0, certificate);
        });
        return builder.Build();
    }
}

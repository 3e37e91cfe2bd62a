using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeLab.ApiServer.Authentication;
using KubeLab.Http.Identity;
using KubeLab.Simulated;
using KubeLab.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KubeLab.Http.Serving;

/// <summary>Serves a simulated cluster on 127.0.0.1 as a real API server would: TLS, certificates and tokens, streams, limits.</summary>
/// <remarks>
/// It only opens the door. Somebody has to run the cluster's clock meanwhile (<see cref="VirtualClock.Follow"/>), for requests are answered between
/// two events: while nobody does they wait, and after <see cref="ClusterServerOptions.AnswerTimeout"/> they are refused.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/">Kubernetes API concepts</seealso>
public sealed class ClusterServer : IAsyncDisposable
{
    private const int HeadBytesMax = 1024 * 1024;
    private readonly CertificateAuthority authority;
    private readonly X509Certificate2 certificate;
    private readonly WebApplication application;
    private readonly CancellationTokenSource stopping = new();
    private readonly ClusterDoor door;
    private readonly Authenticator authenticator;
    private readonly List<ClientIdentity> users = [];
    private readonly RequestHandler handler;
    private readonly string name;
    private readonly List<KubeconfigFile> kubeconfigs = [];

    private ClusterServer(SimulatedCluster cluster, ClusterServerOptions options)
    {
        authority = new CertificateAuthority(TimeProvider.System.GetUtcNow());
        certificate = authority.ForServer();
        name = options.Name;
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        cluster.OpenDoor(authority.Pem + "\n", RandomNumberGenerator.GetBytes(32));
        door = new ClusterDoor(cluster.Front, cluster.Clock, options, new Randomness(cluster.Seed).For("watch times"));
        authenticator = new Authenticator(authority);
        authenticator.Add(Token, Identities.Administrator);
        handler = new RequestHandler(door, authenticator, options, stopping.Token);
        application = Build(options);
        application.Run(handler.HandleAsync);
    }

    /// <summary>Where it listens, for example <c>https://127.0.0.1:45123/</c>.</summary>
    public Uri Address { get; private set; } = new("https://127.0.0.1");

    /// <summary>A bearer token that proves the administrator, for clients that use no certificates.</summary>
    public string Token { get; }

    /// <summary>The certificate of the authority that signed the server's, in PEM.</summary>
    public string AuthorityPem => authority.Pem;

    /// <summary>A kubeconfig with a client certificate of the administrator, and a context for every other user of <see cref="Issue"/>.</summary>
    public string Kubeconfig => KubeconfigText.Of(name, Address, authority.Pem, users);

    /// <summary>How many watches are open.</summary>
    public int WatchesOpen => door.WatchesOpen;

    /// <summary>How many requests have come so far.</summary>
    public long RequestsServed => handler.RequestsServed;

    /// <summary>Starts serving <paramref name="cluster"/>.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ClusterServer> StartAsync(SimulatedCluster cluster, ClusterServerOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        options ??= new ClusterServerOptions();
        var server = new ClusterServer(cluster, options);
        try
        {
            await server.application.StartAsync(cancellation);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        var addresses = server.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        server.Address = new Uri(addresses.First());
        server.Issue(Identities.Administrator.Username!, Identities.Masters);
        return server;
    }

    /// <summary>Signs a client certificate that proves a user, and adds user and context to <see cref="Kubeconfig"/>; what the user may do, roles say.</summary>
    /// <param name="user">The name; a name that has one already gets a new one.</param>
    /// <param name="groups">The groups that the certificate proves as well.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public ClientIdentity Issue(string user, params ReadOnlySpan<string> groups)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        var (pem, key) = authority.ForClient(user, groups);
        var identity = new ClientIdentity(user, pem, key);
        users.RemoveAll(u => u.User == user);
        users.Add(identity);
        return identity;
    }

    /// <summary>Makes a bearer token that proves a user, for clients that use no certificates.</summary>
    /// <param name="user">The name.</param>
    /// <param name="groups">The groups that the token proves as well.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string IssueToken(string user, params ReadOnlySpan<string> groups)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        authenticator.Add(token, Identities.Named(user, groups));
        return token;
    }

    /// <summary>Adds the cluster to a kubeconfig, which is made when there is none, readable by its owner only; the cluster's context becomes the current one.</summary>
    /// <exception cref="IOException">The file is something else than a kubeconfig, or cannot be written.</exception>
    public void WriteKubeconfig(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        kubeconfigs.Add(KubeconfigFile.Add(path, name, Address, Kubeconfig));
    }

    /// <summary>Takes the cluster out of the kubeconfigs it was added to; a file that holds nothing else is deleted.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public void RemoveKubeconfigs()
    {
        kubeconfigs.ForEach(k => k.Remove());
        kubeconfigs.Clear();
    }

    /// <summary>Lets watches end and requests finish, and closes the door.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        door.Stop();
        await stopping.CancelAsync();
        await application.StopAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await application.DisposeAsync();
        certificate.Dispose();
        authority.Dispose();
        stopping.Dispose();
    }

    private WebApplication Build(ClusterServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // A warning repeats what was sent, in whatever script; Go's server writes it as it is.
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
            kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax;

            // Whoever reads too slowly is told so in a watch, and has its time for any other answer: a connection is not broken off without a word.
            kestrel.Limits.MinResponseDataRate = null;

            // As much as Go's server reads of a request line and headers: a selector may name many values.
            kestrel.Limits.MaxRequestLineSize = HeadBytesMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeadBytesMax;
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = HeadBytesMax;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.ListenSecurely(options.Port, certificate);
        });
        return builder.Build();
    }
}

using KubeLab.Http.Serving;
using KubeLab.Simulated;

namespace KubeLab.Http.Tests;

/// <summary>A small cluster behind a socket, whose clock another thread runs.</summary>
internal sealed class ServedCluster : IAsyncDisposable
{
    private readonly CancellationTokenSource over = new();
    private readonly Thread clock;

    private ServedCluster(SimulatedCluster cluster, ClusterServer server, double speed)
    {
        Cluster = cluster;
        Server = server;
        clock = new Thread(() => cluster.Clock.Follow(speed, null, over.Token)) { Name = "clock", IsBackground = true };
        clock.Start();
    }

    /// <summary>The cluster; only <see cref="On"/> may touch it.</summary>
    public SimulatedCluster Cluster { get; }

    public ClusterServer Server { get; }

    /// <summary>One master and two workers, an hour old.</summary>
    public static async Task<ServedCluster> StartAsync(double speed = 0, ClusterServerOptions? options = null, int workers = 2)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 7 });
        cluster.AddMasters(1);
        if (workers > 0)
        {
            cluster.AddNodePool("workers", "e2-standard-4", workers);
        }

        cluster.RunFor(TimeSpan.FromHours(1));
        return new ServedCluster(cluster, await ClusterServer.StartAsync(cluster, options, CancellationToken.None), speed);
    }

    /// <summary>Does something on the clock's thread.</summary>
    public Task<T> On<T>(Func<SimulatedCluster, T> act)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Cluster.Clock.Post(() =>
        {
            try
            {
                done.SetResult(act(Cluster));
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Does something on the clock's thread.</summary>
    public Task On(Action<SimulatedCluster> act) => On(c =>
    {
        act(c);
        return true;
    });

    /// <summary>A client that trusts the server's authority and shows <paramref name="token"/>, the right one when null.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(Trusting()) { BaseAddress = Server.Address, DefaultRequestVersion = new Version(2, 0) };
        if (token != "")
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token ?? Server.Token);
        }

        return client;
    }

    public SocketsHttpHandler Trusting()
    {
        var handler = new SocketsHttpHandler();
        var root = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(Server.AuthorityPem);
        handler.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { root },
            RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
        };
        return handler;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await over.CancelAsync();
        clock.Join(TimeSpan.FromSeconds(10));
        Cluster.Dispose();
        over.Dispose();
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeLab.Http.Serving;
using KubeLab.Simulated;

namespace KubeLab.Cli.HttpBench;

/// <summary>Serves a cluster with TLS and measures what a client gets: one process is both, so the client's own work is in every figure.</summary>
internal sealed class HttpBenchmark : IAsyncDisposable
{
    private const string Maps = "api/v1/namespaces/default/configmaps";
    private const int ListedMaps = 3500;
    private const int Connections = 32;
    private const int PodsPerNode = 60;
    private readonly CancellationTokenSource over = new();
    private readonly SimulatedCluster cluster;
    private readonly ClusterServer server;
    private readonly Thread clock;

    private HttpBenchmark(SimulatedCluster cluster, ClusterServer server, double speed)
    {
        (this.cluster, this.server) = (cluster, server);
        clock = new Thread(() => cluster.Clock.Follow(speed, null, over.Token)) { IsBackground = true };
        clock.Start();
    }

    /// <summary>Measures everything at one speed of the cluster's clock.</summary>
    /// <param name="speed">Simulated over real time; 0 is paused, infinite as fast as possible.</param>
    /// <param name="pods">How many pods run in it.</param>
    /// <param name="time">How long each measurement takes.</param>
    /// <param name="watchers">How many watches the last measurement opens.</param>
    public static async Task<HttpResult> RunAsync(double speed, int pods, TimeSpan time, int watchers)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = 1, Record = false });
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", (pods / PodsPerNode) + 1);
        cluster.Kubectl($"create deployment load --image=nginx:1.27 --replicas={pods}");
        cluster.RunUntil(c => c.Deployment("load").IsAvailable);
        var server = await ClusterServer.StartAsync(cluster, null, CancellationToken.None);
        await using var benchmark = new HttpBenchmark(cluster, server, speed);
        return await benchmark.MeasureAsync(speed, pods, time, watchers);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await over.CancelAsync();
        clock.Join();
        cluster.Dispose();
        over.Dispose();
    }

    private async Task<HttpResult> MeasureAsync(double speed, int pods, TimeSpan time, int watchers)
    {
        var clients = Enumerable.Range(0, Connections).Select(_ => Client()).ToArray();
        try
        {
            await SendAsync(clients[0], HttpMethod.Post, Maps, Map("one"));
            var rows = new List<HttpRow>();
            foreach (var connections in new[] { 1, Connections })
            {
                var used = clients[..connections];
                var prefix = string.Create(CultureInfo.InvariantCulture, $"c{connections}");
                rows.Add(await LoadAsync("get", used, time, (client, _) => SendAsync(client, HttpMethod.Get, Maps + "/one", null)));
                rows.Add(await LoadAsync("create", used, time, (client, i) => SendAsync(client, HttpMethod.Post, Maps, Map($"{prefix}-{i}"))));
                rows.Add(await LoadAsync("patch", used, time, (client, i) => SendAsync(client, HttpMethod.Patch, Maps + "/one", $$$"""{"data":{"key":"{{{i}}}"}}""")));
            }

            await SendAsync(clients[0], HttpMethod.Delete, Maps, null);
            for (var i = 0; i < ListedMaps; i++)
            {
                await SendAsync(clients[0], HttpMethod.Post, Maps, Map($"m{i}"));
            }

            rows.Add(await LoadAsync($"list {ListedMaps}", clients[..1], time, (client, _) => SendAsync(client, HttpMethod.Get, Maps, null)));
            return new HttpResult(speed, pods, rows, await WatchBenchmark.RunAsync(Client, cluster.Clock, watchers, time));
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    /// <summary>Each connection sends one request after the other for <paramref name="time"/>, after a short while that does not count.</summary>
    private static async Task<HttpRow> LoadAsync(string name, HttpClient[] clients, TimeSpan time, Func<HttpClient, int, Task> send)
    {
        var number = 0;
        var processor = Environment.CpuUsage.TotalTime;
        var from = Stopwatch.GetTimestamp();
        var warmUp = time / 5;
        var latencies = await Task.WhenAll(clients.Select(client => Task.Run(async () =>
        {
            var taken = new List<double>();
            while (Stopwatch.GetElapsedTime(from) is var at && at < warmUp + time)
            {
                var sent = Stopwatch.GetTimestamp();
                await send(client, Interlocked.Increment(ref number));
                if (at >= warmUp)
                {
                    taken.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                }
            }

            return taken;
        })));
        double[] all = [.. latencies.SelectMany(l => l).Order()];
        var processorTime = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / number;
        return new HttpRow(name, clients.Length, all[all.Length / 2], all[(int)(all.Length * 0.99)], all.Length / time.TotalSeconds, processorTime);
    }

    private static async Task SendAsync(HttpClient client, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            var type = method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json";
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        }

        using var answer = await client.SendAsync(request);
        await answer.Content.CopyToAsync(Stream.Null);
        answer.EnsureSuccessStatusCode();
    }

    private static string Map(string name) => $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"},"data":{"key":"value"}}""";

    // One connection each, as one client program has.
    private HttpClient Client()
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1 };
        handler.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509Certificate2.CreateFromPem(server.AuthorityPem) },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        var client = new HttpClient(handler) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        return client;
    }
}

using KubeLab.Http.Serving;
using KubeLab.Simulated;

namespace KubeLab.Cli;

/// <summary>Builds the cluster, serves it, and lets its time pass until it is stopped.</summary>
internal static class ClusterRun
{
    /// <summary>Runs until <paramref name="cancellation"/>; the exit code is 0, because being stopped is how it ends.</summary>
    public static async Task<int> RunAsync(ClusterWish wish, CancellationToken cancellation)
    {
        using var cluster = Build(wish);
        await using var server = await ServeAsync(cluster, wish, cancellation);
        Console.WriteLine($"{cluster.Nodes().Count} nodes are ready at {server.Address.GetLeftPart(UriPartial.Authority)}. In another terminal:");
        Console.WriteLine();
        Console.WriteLine($"  export KUBECONFIG={Quoted(wish.Kubeconfig)}");
        Console.WriteLine("  kubectl get nodes");
        Console.WriteLine();
        Console.WriteLine("Ctrl+C stops it.");
        using (StatusLine.Start(cluster, wish.Speed))
        {
            Follow(cluster, wish.Speed, cancellation);
        }

        // Requests that wait are answered by a clock that still runs; a second Ctrl+C is not needed.
        using var closed = new CancellationTokenSource();
        var stopping = StopAsync(server, closed);
        cluster.Clock.Follow(0, null, closed.Token);
        await stopping;
        return 0;
    }

    private static async Task StopAsync(ClusterServer server, CancellationTokenSource closed)
    {
        await Task.Yield();
        try
        {
            await server.StopAsync(CancellationToken.None);
        }
        finally
        {
            await closed.CancelAsync();
        }
    }

    private static SimulatedCluster Build(ClusterWish wish)
    {
        var cluster = Lab.Simulate(new SimulationOptions { Seed = wish.Seed });
        try
        {
            cluster.AddMasters(wish.Masters);
            if (wish.Workers > 0)
            {
                cluster.AddNodePool("workers", wish.Machine, wish.Workers);
            }

            return cluster;
        }
        catch (ArgumentException error)
        {
            cluster.Dispose();
            throw new UsageException(error.Message);
        }
    }

    private static async Task<ClusterServer> ServeAsync(SimulatedCluster cluster, ClusterWish wish, CancellationToken cancellation)
    {
        ClusterServer? server = null;
        try
        {
            server = await ClusterServer.StartAsync(cluster, new ClusterServerOptions { Port = wish.Port }, cancellation);
            server.WriteKubeconfig(wish.Kubeconfig);
            return server;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (server is null)
            {
                throw new UsageException($"Port {wish.Port} cannot be used: {error.Message} Choose another with --port, or 0 for a free one.");
            }

            await server.DisposeAsync();
            throw new UsageException($"The kubeconfig cannot be written: {error.Message}");
        }
    }

    private static void Follow(SimulatedCluster cluster, double speed, CancellationToken cancellation) =>
        cluster.Clock.Follow(speed, null, cancellation);

    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '~' or ':' or '\\')
            ? path
            : "'" + path.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}

using KubeLab.Http.Serving;
using KubeLab.Http.Time;
using KubeLab.Simulated;

namespace KubeLab.Cli;

/// <summary>Builds the cluster, serves it, and lets its time pass until it is stopped.</summary>
internal static class ClusterRun
{
    /// <summary>Runs until somebody stops it; the exit code is 0, because being stopped is how it ends.</summary>
    public static async Task<int> RunAsync(ClusterWish wish)
    {
        using var signals = new StopSignals();
        using var cluster = Build(wish);
        await using var server = await ServeAsync(cluster, wish, signals.Token);
        if (server is null)
        {
            return 0;
        }

        Console.WriteLine($"{cluster.Nodes().Count} nodes are ready at {server.Address.GetLeftPart(UriPartial.Authority)}. In another terminal:");
        Console.WriteLine();
        Console.WriteLine($"  export KUBECONFIG={Quoted(wish.Kubeconfig)}");
        Console.WriteLine("  kubectl get nodes");
        Console.WriteLine();
        Console.WriteLine(ClusterKeys.AreThere ? ClusterKeys.Help : "Ctrl+C stops it.");
        var pilot = new ClockPilot(cluster, wish.Speed);
        ClusterKeys.Start(pilot, signals);
        using (StatusLine.Start(cluster, server, pilot))
        {
            pilot.Run(signals.Token);
        }

        await CloseAsync(cluster, server);
        return 0;
    }

    // Requests that wait are answered by a clock that still runs; a second Ctrl+C is not needed.
    private static async Task CloseAsync(SimulatedCluster cluster, ClusterServer server)
    {
        using var closed = new CancellationTokenSource();
        var stopping = StopAsync(server, closed);
        cluster.Clock.Follow(0, null, closed.Token);
        await stopping;
        try
        {
            server.RemoveKubeconfigs();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The kubeconfig keeps a context of a cluster that has ended: {error.Message}");
        }
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
            throw new UsageException($"--machine {wish.Machine}: {error.Message}");
        }
    }

    /// <summary>Opens the door; null when somebody stopped it before it was open.</summary>
    private static async Task<ClusterServer?> ServeAsync(SimulatedCluster cluster, ClusterWish wish, CancellationToken cancellation)
    {
        ClusterServer? server = null;
        try
        {
            server = await ClusterServer.StartAsync(cluster, new ClusterServerOptions { Port = wish.Port, Name = wish.Name }, cancellation);
            foreach (var user in wish.Users)
            {
                // The groups begin behind the first colon that no name of the system's own holds: system:x:group is a user without groups.
                var colon = user.StartsWith("system:", StringComparison.Ordinal) ? -1 : user.IndexOf(':', StringComparison.Ordinal);
                server.Issue(colon < 0 ? user : user[..colon], colon < 0 ? [] : user[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries));
            }

            server.WriteKubeconfig(wish.Kubeconfig);
            return server;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (server is null)
            {
                throw new UsageException($"--port {wish.Port} cannot be used: {error.Message} Choose another, or 0 for a free one.");
            }

            await server.DisposeAsync();
            throw new UsageException($"--kubeconfig {wish.Kubeconfig} cannot be written: {error.Message}");
        }
    }

    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '~' or ':' or '\\')
            ? path
            : "'" + path.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}

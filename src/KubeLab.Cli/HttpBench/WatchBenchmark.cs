using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using KubeLab.Simulation;

namespace KubeLab.Cli.HttpBench;

/// <summary>Many watches of one object that is written over and over.</summary>
internal static class WatchBenchmark
{
    private const string Leases = "apis/coordination.k8s.io/v1/namespaces/default/leases";
    private const int WatchesPerConnection = 100;

    public static async Task<WatchResult> RunAsync(Func<HttpClient> connect, VirtualClock clock, int watchers, TimeSpan time)
    {
        using var writer = connect();
        await writer.PostAsync(new Uri(Leases, UriKind.Relative), Json("""{"metadata":{"name":"watched"}}""", "application/json"));
        var alone = await PaceAsync(clock, time);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clients = new List<HttpClient>();
        var readers = new List<Task>();
        using var over = new CancellationTokenSource();
        var told = 0L;
        for (var i = 0; i < watchers; i++)
        {
            if (i % WatchesPerConnection == 0)
            {
                // As client-go does: the watches of one program share a connection.
                clients.Add(connect());
                clients[^1].DefaultRequestVersion = new Version(2, 0);
            }

            var answer = await clients[^1].GetAsync(new Uri($"{Leases}?watch=1&allowWatchBookmarks=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            readers.Add(ReadAsync(answer, () => Interlocked.Increment(ref told), over.Token));
        }

        while (Interlocked.Read(ref told) < watchers)
        {
            await Task.Yield();
        }

        var opened = GC.GetTotalMemory(forceFullCollection: true);
        var watched = await PaceAsync(clock, time);
        Interlocked.Exchange(ref told, 0);
        var writes = 0;
        var from = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(from) < time)
        {
            using var answer = await writer.PatchAsync(
                new Uri(Leases + "/watched", UriKind.Relative), Json($$$"""{"spec":{"holderIdentity":"{{{++writes}}}"}}""", "application/merge-patch+json"));
            answer.EnsureSuccessStatusCode();

            // The next write waits for all to be told: what is measured is what they can be told, not what a queue can hold.
            while (Interlocked.Read(ref told) < (long)writes * watchers && Stopwatch.GetElapsedTime(from) < time)
            {
                await Task.Yield();
            }
        }

        var rate = Interlocked.Read(ref told) / Stopwatch.GetElapsedTime(from).TotalSeconds;
        await over.CancelAsync();
        await Task.WhenAll(readers);
        clients.ForEach(c => c.Dispose());
        return new WatchResult(watchers, (opened - before) / Math.Max(1, watchers), rate, alone, watched);
    }

    private static async Task<double> PaceAsync(VirtualClock clock, TimeSpan time)
    {
        var (virtualStart, start) = (clock.Now, Stopwatch.GetTimestamp());
        await Task.Delay(time, TimeProvider.System);
        return (clock.Now - virtualStart) / Stopwatch.GetElapsedTime(start);
    }

    private static async Task ReadAsync(HttpResponseMessage answer, Action onLine, CancellationToken over)
    {
        using (answer)
        {
            try
            {
                await using var stream = await answer.Content.ReadAsStreamAsync(over);
                var buffer = new byte[4096];
                while (await stream.ReadAsync(buffer, over) is var count and > 0)
                {
                    for (var lines = buffer.AsSpan(0, count).Count((byte)'\n'); lines > 0; lines--)
                    {
                        onLine();
                    }
                }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // The measurement is over.
            }
        }
    }

    private static StringContent Json(string body, string type) => new(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
}

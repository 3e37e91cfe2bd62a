using System.Net;
using System.Text;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Http.Tests.Fuzzing;

namespace KubeLab.Http.Tests.Serving;

/// <summary>Clients that open much and take nothing.</summary>
public sealed class SlowReaderTests
{
    [Fact]
    public async Task Watches_that_nobody_reads_are_bounded_and_let_go()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        var connections = new List<RawConnection>();
        for (var i = 0; i < 50; i++)
        {
            var connection = await RawConnection.OpenAsync(served.Server.Address, CancellationToken.None);
            connections.Add(connection);
            await connection.SendAsync(
                Encoding.ASCII.GetBytes($"GET /api/v1/configmaps?watch=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {served.Server.Token}\r\n\r\n"), CancellationToken.None);
        }

        await Eventually(() => served.Server.WatchesOpen == 50);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var text = new string('x', 10_000);
        for (var round = 0; round < 60; round++)
        {
            // One object over and over: what a queue keeps waiting is kept for it alone.
            await served.On(c =>
            {
                for (var i = 0; i < 100; i++)
                {
                    c.Api.Create(new ConfigMap { Metadata = new() { Name = "m", Namespace = "default" }, Data = StringMap.Of(("k", text)) });
                    c.Api.Delete(ConfigMap.Resource, new ObjectKey("default", "m"), new DeleteOptions());
                    c.RunFor(TimeSpan.FromMilliseconds(1));
                }
            });
        }

        // 600,000 events of 10 kB are 6 GB. The text is one, and the history that the store keeps is the same without any watch.
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 200_000_000, $"{grown} bytes");
        await Eventually(() => served.Server.WatchesOpen == 0);
        using var client = served.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("api/v1/namespaces", UriKind.Relative))).StatusCode);
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_long_query_is_read_and_a_flood_of_headers_is_not()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        using var client = served.Client();
        var selector = $"a in ({string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"v{i}"))})";
        var answer = await client.GetAsync(new Uri($"api/v1/pods?labelSelector={Uri.EscapeDataString(selector)}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var connection = await RawConnection.OpenAsync(served.Server.Address, CancellationToken.None);
        await connection.SendAsync(Encoding.ASCII.GetBytes($"GET /api HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Repeat("X-A: b\r\n", 200_000))}\r\n"), CancellationToken.None);
        Assert.Equal(431, (await connection.ReadAsync(CancellationToken.None))?.Code);
    }

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 1500 && !condition(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(condition());
    }
}

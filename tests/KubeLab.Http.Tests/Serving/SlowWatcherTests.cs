using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Http.Serving;
using KubeLab.Simulation;

namespace KubeLab.Http.Tests.Serving;

/// <summary>Watches end: when their time is up, and earlier when nobody reads them.</summary>
public sealed class SlowWatcherTests
{
    private static readonly Uri Watch = new("api/v1/configmaps?watch=1", UriKind.Relative);

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_watcher_that_reads_on_is_told_last_that_it_was_too_slow(string version)
    {
        await using var served = await ServedCluster.StartAsync(options: new() { WatchQueueMax = 20 }, workers: 0);
        using var client = Client(served, version);
        using var answer = await client.GetAsync(Watch, HttpCompletionOption.ResponseHeadersRead);
        await WriteUntilCutOffAsync(served);

        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        var last = lines[^1];
        Assert.Equal(("ERROR", "Status", "Expired", 410), ((string?)last["type"], (string?)last["object"]!["kind"], (string?)last["object"]!["reason"], (int)last["object"]!["code"]!));
        Assert.Equal("The resourceVersion for the provided watch is too old.", (string?)last["object"]!["message"]);
        var versions = lines[..^1].ConvertAll(line => long.Parse((string)line["object"]!["metadata"]!["resourceVersion"]!, CultureInfo.InvariantCulture));
        Assert.Equal(versions.Order().Distinct(), versions);

        // Others are served all the while, this client's next request included.
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("api/v1/namespaces", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_watcher_that_never_reads_loses_its_connection_when_its_time_is_up(string version)
    {
        await using var served = await ServedCluster.StartAsync(options: new() { WatchQueueMax = 20, WatchTimeMin = TimeSpan.FromSeconds(1) }, workers: 0);
        using var client = Client(served, version);
        using var answer = await client.GetAsync(Watch, HttpCompletionOption.ResponseHeadersRead);
        await WriteUntilCutOffAsync(served);
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_watch_without_a_time_of_its_own_ends_by_itself_and_in_order()
    {
        await using var served = await ServedCluster.StartAsync(options: new() { WatchTimeMin = TimeSpan.FromMilliseconds(300) }, workers: 0);
        using var client = served.Client();
        foreach (var query in new[] { "", "&timeoutSeconds=0" })
        {
            var open = Stopwatch.StartNew();
            Assert.Equal("", await client.GetStringAsync(new Uri($"api/v1/configmaps?watch=1&labelSelector=no%3Dsuch{query}", UriKind.Relative)));
            Assert.True(open.Elapsed >= TimeSpan.FromMilliseconds(300), $"{open.Elapsed}");
        }
    }

    [Fact]
    public void Watches_last_thirty_to_sixty_minutes_and_end_one_by_one()
    {
        var chance = new Randomness(1);
        var least = new ClusterServerOptions().WatchTimeMin;
        var times = Enumerable.Range(0, 1000).Select(_ => WatchTime.Spread(least, chance)).ToList();
        Assert.All(times, time => Assert.InRange(time, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60)));
        Assert.Equal(1000, times.Distinct().Count());
        Assert.InRange(times.Average(time => time.TotalMinutes), 44, 46);
    }

    [Theory]
    [InlineData("watch=true&timeoutSeconds=7&labelSelector=a", "watch=true&labelSelector=a", 7)]
    [InlineData("watch=1&timeoutSeconds=0", "watch=1", null)]
    [InlineData("watch=1&timeoutSeconds=4294967295", "watch=1", 31 * 24 * 3600)]
    [InlineData("watch=1&timeoutSeconds=x", "watch=1&timeoutSeconds=x", null)]
    [InlineData("timeoutSeconds=7", "timeoutSeconds=7", null)]
    [InlineData("watch=0&timeoutSeconds=7", "watch=0&timeoutSeconds=7", null)]
    public void A_clients_seconds_are_counted_at_the_socket(string query, string rest, int? seconds) =>
        Assert.Equal(new WatchTime(rest, seconds is { } s ? TimeSpan.FromSeconds(s) : null), WatchTime.Read(query));

    [Fact]
    public void What_waits_for_a_reader_that_is_too_slow_is_dropped()
    {
        var queue = new WatchQueue(laterMax: 3, TimeSpan.FromMinutes(30));
        var line = new WatchLine(() => default, default);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(queue.Write(line)));
        queue.Bound();
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(queue.Write(line)));
        Assert.Equal((13, false), (queue.Kept, queue.IsOverrun));
        Assert.False(queue.Write(line));
        Assert.Equal((0, true), (queue.Kept, queue.IsOverrun));
        Assert.True(queue.Reader.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public void Nobody_is_cut_off_for_bookmarks()
    {
        var queue = new WatchQueue(laterMax: 3, TimeSpan.FromMinutes(30));
        Assert.True(queue.TakesBookmark());
        Assert.False(queue.TakesBookmark(), "a second one in the same second");
        queue = new WatchQueue(laterMax: 3, TimeSpan.FromMinutes(30));
        queue.Write(new WatchLine(() => default, default));
        Assert.False(queue.TakesBookmark(), "events wait that say more");
    }

    private static HttpClient Client(ServedCluster served, string version)
    {
        var client = served.Client();
        client.DefaultRequestVersion = new Version(version);
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return client;
    }

    /// <summary>Writes until the watch is over, slowly enough for the server to keep up: only buffers that are full on the whole way make it stop.</summary>
    private static async Task WriteUntilCutOffAsync(ServedCluster served)
    {
        var text = new string('x', 100_000);
        for (var i = 0; i < 1000 && served.Server.WatchesOpen == 1; i++)
        {
            await served.On(c =>
            {
                c.Api.Create(new ConfigMap { Metadata = new() { Name = "m", Namespace = "default" }, Data = StringMap.Of(("k", text)) });
                c.Api.Delete(ConfigMap.Resource, new ObjectKey("default", "m"), new DeleteOptions());
                c.RunFor(TimeSpan.FromMilliseconds(1));
            });
            await Task.Delay(5);
        }

        Assert.Equal(0, served.Server.WatchesOpen);
    }
}

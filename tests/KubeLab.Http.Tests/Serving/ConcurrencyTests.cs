using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Http.Tests.Serving;

/// <summary>Answers are written beside the clock: many at once, and none of them mixes up or goes missing.</summary>
public sealed class ConcurrencyTests
{
    private const string ConfigMaps = "api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Answers_lists_and_watch_events_tell_one_story()
    {
        await using var served = await ServedCluster.StartAsync(speed: 10, workers: 0);
        using var client = served.Client();
        var start = JsonNode.Parse(await client.GetStringAsync(new Uri(ConfigMaps, UriKind.Relative)))!;
        await SendAsync(client, HttpMethod.Post, ConfigMaps, """{"metadata":{"name":"shared"}}""");
        var told = new List<JsonNode>();
        using var watched = await client.GetAsync(
            new Uri($"{ConfigMaps}?watch=1&resourceVersion={start["metadata"]!["resourceVersion"]}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await watched.Content.ReadAsStreamAsync());

        var answers = new ConcurrentBag<JsonNode>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            using var own = served.Client();
            await SendAsync(own, HttpMethod.Post, ConfigMaps, $$$"""{"metadata":{"name":"m{{{writer}}}"}}""");
            for (var i = 0; i < 20; i++)
            {
                answers.Add(await SendAsync(own, HttpMethod.Patch, $"{ConfigMaps}/{(i % 2 == 0 ? "shared" : $"m{writer}")}", $$$"""{"data":{"key":"{{{writer}}} {{{i}}}"}}"""));
                if (i % 5 == 0)
                {
                    var list = JsonNode.Parse(await own.GetStringAsync(new Uri(ConfigMaps, UriKind.Relative)))!;
                    Assert.All(list["items"]!.AsArray(), item => Assert.True(Version(item!) <= Version(list)));
                }
            }
        })));

        var last = answers.Max(Version);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (told.Count == 0 || Version(told[^1]) < last)
        {
            told.Add(JsonNode.Parse((await reader.ReadLineAsync(limit.Token))!)!["object"]!);
        }

        Assert.Equal(told.Select(Version).Order().Distinct(), told.Select(Version));
        var byVersion = told.ToDictionary(Version);
        Assert.All(answers, answer => Assert.Equal(Content(answer), Content(byVersion[Version(answer)])));
        Assert.Equal(320, answers.DistinctBy(Version).Count());
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Whatever_was_done_is_answered_when_the_server_stops(string version)
    {
        await using var served = await ServedCluster.StartAsync(speed: 10, options: new() { ShutdownTimeout = TimeSpan.FromSeconds(30) }, workers: 0);
        var made = new ConcurrentBag<string>();
        using var enough = new SemaphoreSlim(0);
        var writers = Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            using var client = served.Client();
            client.DefaultRequestVersion = new Version(version);
            for (var i = 0; ; i++)
            {
                try
                {
                    var answer = await SendAsync(client, HttpMethod.Post, ConfigMaps, $$$"""{"metadata":{"name":"m{{{writer}}}-{{{i}}}"}}""");
                    made.Add((string)answer["metadata"]!["name"]!);
                    enough.Release();
                }
                catch (HttpRequestException refused)
                {
                    // The door is closed: nothing was begun that could have been answered.
                    Assert.Null(refused.StatusCode);
                    return;
                }
            }
        })).ToList();
        for (var i = 0; i < 200; i++)
        {
            await enough.WaitAsync();
        }

        await served.Server.StopAsync(CancellationToken.None);
        await Task.WhenAll(writers).WaitAsync(TimeSpan.FromMinutes(1));
        var stored = await served.On(c => c.Api.List<ConfigMap>("default").Select(m => m.Metadata.Name!).Where(n => n.StartsWith('m')).ToList());
        Assert.Equal(stored.Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    private static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static long Version(JsonNode obj) => long.Parse((string)obj["metadata"]!["resourceVersion"]!, CultureInfo.InvariantCulture);

    private static (string?, string?) Content(JsonNode obj) => ((string?)obj["metadata"]!["name"], (string?)obj["data"]!["key"]);
}

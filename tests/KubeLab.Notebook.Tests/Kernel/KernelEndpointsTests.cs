using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Tests.Server;

namespace KubeLab.Notebook.Tests.Kernel;

/// <summary>Doors that cells open, and the way through the lab's server.</summary>
public sealed class KernelEndpointsTests(ServedKernel kernel) : IClassFixture<ServedKernel>
{
    private string Way => $"/lab/clusters/{kernel.Client.Kernel}/door";

    [Fact]
    public async Task An_announced_door_is_listed_without_its_secrets_until_it_is_withdrawn()
    {
        await AnnounceAsync("\"listed\", \"http://127.0.0.1:9/\", token: \"far-secret\", title: \"My door\"");
        var (_, doors) = await kernel.Lab.AskAsync("GET", "/lab/clusters");

        var door = doors!["clusters"]!.AsArray().Single(d => (string?)d!["name"] == "listed")!;
        Assert.Equal((kernel.Client.Kernel, "My door"), ((string?)door["kernel"], (string?)door["title"]));
        Assert.DoesNotContain("far-secret", doors.ToJsonString(), StringComparison.Ordinal);

        await kernel.RunAsync("KubeLab.Notebook.Kernel.KernelEndpoints.Withdraw(\"listed\");");
        Assert.DoesNotContain((await kernel.Lab.AskAsync("GET", "/lab/clusters")).Body!["clusters"]!.AsArray(), d => (string?)d!["name"] == "listed");
    }

    [Fact]
    public async Task What_is_asked_passes_with_the_doors_token_in_the_place_of_the_labs()
    {
        await using var far = await FarDoor.OpenAsync();
        await AnnounceAsync($"\"door\", \"{far.Url}/base\", token: \"far-secret\"");
        using var request = new HttpRequestMessage(HttpMethod.Post, Way + "/api/v1/a%2Fb/pods?watch=0&x=%20y")
        {
            Content = new StringContent("{\"the\":\"body\"}", Encoding.UTF8, "application/json"),
            Headers = { { "Accept", "application/yaml" }, { "Cookie", "own=1" }, { "X-XSRFToken", "t" }, { "Origin", "http://o" }, { "Impersonate-User", "ada" } },
        };
        using var answer = await kernel.Lab.Http.SendAsync(request);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');

        Assert.Equal((HttpStatusCode.Accepted, "far"), (answer.StatusCode, answer.Headers.GetValues("X-Door").Single()));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(("POST /base/api/v1/a%2Fb/pods?watch=0&x=%20y", "{\"the\":\"body\"}"), (lines[0], lines[1]));
        Assert.Contains("Authorization: Bearer far-secret", lines);
        Assert.Contains("Accept: application/yaml", lines);
        Assert.Contains("Impersonate-User: ada", lines);
        Assert.Contains("Content-Type: application/json; charset=utf-8", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("Cookie", StringComparison.Ordinal) || line.StartsWith("X-XSRF", StringComparison.Ordinal)
            || line.StartsWith("Origin", StringComparison.Ordinal) || line.Contains(kernel.Lab.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_labs_token_in_the_address_stays_behind()
    {
        await using var far = await FarDoor.OpenAsync();
        await AnnounceAsync($"\"door\", \"{far.Url}\"");
        using var client = kernel.Lab.Client();
        using var answer = await client.GetAsync($"{Way}/x?a=1&token={kernel.Lab.Token}&b=2");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("GET /x?a=1&b=2", text.Split('\n')[0]);
        Assert.DoesNotContain(kernel.Lab.Token, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_event_of_a_watch_arrives_when_it_is_sent()
    {
        await using var far = await FarDoor.OpenAsync();
        await AnnounceAsync($"\"door\", \"{far.Url}\"");
        far.SendNextLine();
        using var answer = await kernel.Lab.Http.GetAsync(Way + "/watch", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal($"line {i}", await reader.ReadLineAsync(limit.Token));
            far.SendNextLine();
        }
    }

    [Fact]
    public async Task Sockets_pass_in_both_directions()
    {
        await using var far = await FarDoor.OpenAsync();
        await AnnounceAsync($"\"door\", \"{far.Url}\", token: \"far-secret\"");
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("v5.channel.k8s.io");
        var address = new UriBuilder(new Uri(kernel.Lab.Server.Address, Way + "/exec")) { Scheme = "ws", Query = $"?token={kernel.Lab.Token}" }.Uri;
        await socket.ConnectAsync(address, CancellationToken.None);

        Assert.Equal("v5.channel.k8s.io", socket.SubProtocol);
        Assert.Equal("hello Bearer far-secret", await NextAsync());
        await socket.SendAsync("there and back"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal("there and back", await NextAsync());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.Equal("done", socket.CloseStatusDescription);

        async Task<string> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var buffer = new byte[1024];
            var part = await socket.ReceiveAsync(buffer, limit.Token);
            return Encoding.UTF8.GetString(buffer, 0, part.Count);
        }
    }

    [Fact]
    public async Task A_door_that_is_closed_or_unknown_is_told_apart()
    {
        await AnnounceAsync("\"door\", \"http://127.0.0.1:1\"");
        var (closed, body) = await kernel.Lab.AskAsync("GET", Way + "/x");
        Assert.Equal(HttpStatusCode.BadGateway, closed);
        Assert.StartsWith("the door 'door' does not answer", (string?)body!["message"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await kernel.Lab.AskAsync("GET", $"/lab/clusters/{kernel.Client.Kernel}/other/x")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await kernel.Lab.AskAsync("GET", "/lab/clusters/nobody/door/x")).Status);
    }

    [Theory]
    [InlineData("\"a/b\", \"http://127.0.0.1/\"", "does not fit into an address")]
    [InlineData("\"..\", \"http://127.0.0.1/\"", "does not fit into an address")]
    [InlineData("\"a\", \"http://example.com/\"", "is no http address on this machine")]
    [InlineData("\"a\", \"file:///etc/passwd\"", "is no http address on this machine")]
    [InlineData("\"a\", \"/relative\"", "is no http address on this machine")]
    public async Task Only_doors_on_this_machine_with_plain_names_are_taken(string arguments, string why)
    {
        var run = await kernel.RunAsync($"KubeLab.Notebook.Kernel.KernelEndpoints.Announce({arguments});");

        Assert.Equal("error", run.Status);
        Assert.Contains(why, run.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doors_end_with_the_process_that_opened_them()
    {
        await AnnounceAsync("\"door\", \"http://127.0.0.1:1\"");
        await kernel.Lab.AskAsync("POST", $"/api/kernels/{kernel.Client.Kernel}/restart");

        Assert.Empty((await kernel.Lab.AskAsync("GET", "/lab/clusters")).Body!["clusters"]!.AsArray());
    }

    private async Task AnnounceAsync(string arguments)
    {
        var run = await kernel.RunAsync($"KubeLab.Notebook.Kernel.KernelEndpoints.Announce({arguments});", new JsonObject { ["silent"] = true });
        Assert.True(run.Status == "ok", run.Reply.ToString());
    }
}

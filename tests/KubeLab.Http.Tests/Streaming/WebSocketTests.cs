using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeLab.Http.Tests.Streaming;

public sealed class WebSocketTests
{
    private const string Exec = "api/v1/namespaces/default/pods/web/exec?stdout=true&stderr=true";

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    public async Task Output_errors_and_the_exit_code_come_on_their_channels(string protocol)
    {
        await using var served = await ServedPods.WebAsync();
        using var socket = await ConnectAsync(served, $"{Exec}&command=sh&command=-c&command=echo+out%3B+echo+err+%3E%262%3B+exit+3", protocol);
        Assert.Equal(protocol, socket.SubProtocol);
        var told = await ReadAsync(socket);
        Assert.Equal(("out\n", "err\n"), (told[1], told[2]));
        var status = JsonNode.Parse(told[3])!;
        Assert.Equal(("Failure", "NonZeroExitCode", "3"), ((string?)status["status"], (string?)status["reason"], (string?)status["details"]!["causes"]![0]!["message"]));
    }

    [Fact]
    public async Task Input_is_read_until_its_channel_is_closed()
    {
        await using var served = await ServedPods.WebAsync();
        using var socket = await ConnectAsync(served, $"{Exec}&stdin=true&command=cat", "v5.channel.k8s.io");
        await SendAsync(socket, [0, .. "one "u8]);
        await SendAsync(socket, [4, .. "{\"Width\":80,\"Height\":24}"u8]);
        await SendAsync(socket, [0, .. "two"u8]);
        await SendAsync(socket, [255, 0]);
        var told = await ReadAsync(socket);
        Assert.Equal(("one two", "Success"), (told[1], (string?)JsonNode.Parse(told[3])!["status"]));
    }

    [Fact]
    public async Task A_paused_clock_is_mentioned_and_the_command_goes_on_when_time_does()
    {
        await using var served = await ServedPods.WebAsync();
        using var socket = await ConnectAsync(served, $"{Exec}&command=sleep&command=30", "v5.channel.k8s.io");
        var reading = ReadAsync(socket);
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.False(reading.IsCompleted);
        await served.On(c => c.RunFor(31));
        var told = await reading.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("the cluster's clock is paused", told[2], StringComparison.Ordinal);
        Assert.Equal("Success", (string?)JsonNode.Parse(told[3])!["status"]);
    }

    [Fact]
    public async Task A_client_that_leaves_takes_its_command_with_it()
    {
        await using var served = await ServedPods.WebAsync();
        using (await ConnectAsync(served, $"{Exec}&command=sh&command=-c&command=while+true%3B+do+sleep+1%3B+echo+x+%3E%3E+/tmp/f%3B+done", "v5.channel.k8s.io"))
        {
            await ServedPods.EventuallyAsync(() => served.On(c =>
            {
                c.RunFor(1);
                return Size(c) > 0;
            }));
        }

        // Its leaving takes a moment to arrive; from then on nothing is written.
        await ServedPods.EventuallyAsync(() => served.On(c =>
        {
            var before = Size(c);
            c.RunFor(5);
            return Size(c) == before;
        }));
    }

    private static int Size(KubeLab.Simulated.SimulatedCluster cluster) =>
        int.TryParse(cluster.Kubectl("exec web -- wc -c /tmp/f").StdOut, System.Globalization.CultureInfo.InvariantCulture, out var size) ? size : 0;

    [Theory]
    [InlineData("v9.channel.k8s.io", "unable to upgrade: unable to negotiate protocol: client supports [v9.channel.k8s.io], server accepts [v5.channel.k8s.io v4.channel.k8s.io]")]
    [InlineData(null, "Upgrade request required")]
    public async Task A_client_that_speaks_something_else_is_told_what_is_spoken(string? protocol, string message)
    {
        await using var served = await ServedPods.WebAsync();
        using var client = served.Client();
        client.DefaultRequestVersion = new Version(1, 1);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Exec}&command=ls", UriKind.Relative)) { Version = new Version(1, 1) };
        if (protocol is not null)
        {
            request.Headers.Add("Connection", "Upgrade");
            request.Headers.Add("Upgrade", "websocket");
            request.Headers.Add("Sec-WebSocket-Protocol", protocol);
        }

        using var answer = await client.SendAsync(request);
        var status = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((400, message), ((int)answer.StatusCode, (string?)status["message"]));
    }

    private static async Task<ClientWebSocket> ConnectAsync(ServedCluster served, string path, string protocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        socket.Options.SetRequestHeader("Authorization", $"Bearer {served.Server.Token}");
        using var invoker = new HttpMessageInvoker(served.Trusting(), disposeHandler: false);
        var address = new UriBuilder(new Uri(served.Server.Address, path)) { Scheme = "wss" }.Uri;
        await socket.ConnectAsync(address, invoker, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] message) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    private static async Task<Dictionary<byte, string>> ReadAsync(ClientWebSocket socket)
    {
        var told = new Dictionary<byte, string> { [1] = "", [2] = "", [3] = "" };
        var buffer = new byte[128 << 10];
        while (true)
        {
            var message = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
            if (message.MessageType == WebSocketMessageType.Close)
            {
                return told;
            }

            told[buffer[0]] += Encoding.UTF8.GetString(buffer, 1, message.Count - 1);
        }
    }
}

using System.Net.WebSockets;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using KubeLab.Notebook.Tests.Jupyter;

namespace KubeLab.Notebook.Tests.Kernel;

public sealed class KernelSocketTests(ServedKernel kernel) : IClassFixture<ServedKernel>
{
    [Fact]
    public async Task Clients_of_both_forms_see_the_same_outputs_and_only_their_own_replies()
    {
        await using var legacy = await KernelClient.ConnectAsync(kernel.Lab, kernel.Client.Kernel, isLegacy: true);
        var run = await legacy.RunAsync("Console.WriteLine(\"for all ü\"); 1");
        var idle = run.Messages.Last(m => m.Type == "status").Id;
        await kernel.Client.UntilAsync("the same outputs", all => all.Any(m => m.Id == idle));

        Assert.Equal("for all ü\n", run.Stdout);
        var seen = kernel.Client.Seen.Where(m => m.ParentId == run.Messages[0].ParentId).ToList();
        Assert.Equal(run.Messages.Where(m => m.Channel == Channels.IOPub).Select(m => m.Id), seen.Select(m => m.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_frame_that_is_none_ends_that_connection_and_no_other(bool isLegacy)
    {
        await using var client = await KernelClient.ConnectAsync(kernel.Lab, kernel.Client.Kernel, isLegacy);
        await client.SendBytesAsync("not a message"u8.ToArray(), isLegacy ? WebSocketMessageType.Text : WebSocketMessageType.Binary);
        await client.UntilClosedAsync();

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, client.Closed);
        Assert.Equal("2", (await kernel.RunAsync("1 + 1")).Result);
    }

    [Fact]
    public async Task A_message_that_is_too_large_ends_the_connection()
    {
        await using var client = await KernelClient.ConnectAsync(kernel.Lab, kernel.Client.Kernel);
        try
        {
            await client.SendBytesAsync(new byte[9 << 20], WebSocketMessageType.Binary);
        }
        catch (WebSocketException)
        {
            // The server need not read to the end.
        }

        await client.UntilClosedAsync();
        Assert.Equal("2", (await kernel.RunAsync("1 + 1")).Result);
    }

    [Fact]
    public async Task Buffers_of_clients_are_taken_in_both_forms()
    {
        await using var legacy = await KernelClient.ConnectAsync(kernel.Lab, kernel.Client.Kernel, isLegacy: true);
        await legacy.SendBytesAsync(LegacyFrame.Write(AnyMessage.Small()), WebSocketMessageType.Binary);
        await kernel.Client.SendBytesAsync(WebSocketFrame.Write(AnyMessage.Small()), WebSocketMessageType.Binary);

        Assert.Equal("2", (await legacy.RunAsync("1 + 1")).Result);
        Assert.Equal("4", (await kernel.RunAsync("2 + 2")).Result);
    }

    [Fact]
    public async Task Half_an_emoji_in_a_cell_costs_no_kernel()
    {
        var text = System.Text.Encoding.UTF8.GetBytes(
            """{"channel":"shell","header":{"msg_id":"half","msg_type":"execute_request","session":"s"},"content":{"code":"\"\ud83d\"","user_expressions":{"\ud83d":"1"}}}""");
        await using var legacy = await KernelClient.ConnectAsync(kernel.Lab, kernel.Client.Kernel, isLegacy: true);
        await legacy.SendBytesAsync(text, WebSocketMessageType.Text);
        var run = await legacy.EndOfAsync("half", "half an emoji");

        Assert.Equal("\ufffd", run.Result);
        Assert.Equal("2", (await kernel.RunAsync("1 + 1")).Result);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_whose_connection_broke_gets_what_it_missed_when_it_is_back(bool isLegacy)
    {
        var name = MessageMaker.NewId();
        await using var before = await KernelClient.ConnectAsync(kernel.Lab, kernel.Client.Kernel, isLegacy, name);
        var request = await before.SendCellAsync("Console.WriteLine(\"begun\"); var line = Console.ReadLine(); Console.WriteLine(line); 42");
        await before.UntilAsync("the question", all => all.Any(m => m.Type == "input_request"));
        before.Break();
        await ClientsAsync(1);
        await kernel.Client.SendAsync(Channels.Stdin, "input_reply", new JsonObject { ["status"] = "ok", ["value"] = "ended" });
        await kernel.Client.UntilAsync("the cell to end", all => all.Any(m => m.ParentId == request && m.Content.Text("execution_state") == "idle"));

        await using var after = await KernelClient.ConnectAsync(kernel.Lab, kernel.Client.Kernel, isLegacy, name);
        var run = await after.EndOfAsync(request, "the cell of before");

        Assert.Equal("ended\n", run.Stdout);
        Assert.Equal("42", run.Result);
        Assert.Equal("ok", run.Reply.Text("status"));
    }

    [Fact]
    public async Task A_client_that_is_back_before_its_old_connection_ended_takes_its_place()
    {
        var name = MessageMaker.NewId();
        await using var before = await KernelClient.ConnectAsync(kernel.Lab, kernel.Client.Kernel, session: name);
        var request = await before.SendCellAsync("var typed = Console.ReadLine(); typed");
        await before.UntilAsync("the question", all => all.Any(m => m.Type == "input_request"));

        await using var after = await KernelClient.ConnectAsync(kernel.Lab, kernel.Client.Kernel, session: name);
        await after.SendAsync(Channels.Stdin, "input_reply", new JsonObject { ["status"] = "ok", ["value"] = "twice" });
        var run = await after.EndOfAsync(request, "the cell of before");

        Assert.Equal("twice", run.Result);
        await before.UntilClosedAsync();
    }

    /// <summary>The lab's own channel is between server and kernel: a client that names it, or speaks as the kernel, is not heard.</summary>
    [Theory]
    [InlineData(Channels.Lab, "start")]
    [InlineData(Channels.Lab, "endpoint")]
    [InlineData(Channels.IOPub, "stream")]
    [InlineData("nowhere", "execute_request")]
    public async Task A_client_cannot_speak_for_the_server_or_the_kernel(string channel, string type)
    {
        var sent = await kernel.Client.SendAsync(channel, type, new JsonObject { ["session"] = "x", ["folder"] = "/", ["name"] = "door", ["url"] = "http://127.0.0.1:1/", ["code"] = "1" });

        Assert.Equal("2", (await kernel.RunAsync("1 + 1")).Result);
        Assert.DoesNotContain(kernel.Client.Seen, m => m.ParentId == sent);
        Assert.Empty((await kernel.Lab.AskAsync("GET", "/lab/clusters")).Body!["clusters"]!.AsArray());
    }

    [Fact]
    public async Task A_line_to_a_target_that_a_cell_offers_answers_and_others_are_closed()
    {
        await kernel.RunAsync("""
            KubeLab.Notebook.Kernel.KernelComms.Offer("echo", comm => comm.Received = data =>
                comm.Send(new System.Text.Json.Nodes.JsonObject { ["back"] = data.GetProperty("text").GetString() }));
            """);
        await kernel.Client.SendAsync(Channels.Shell, "comm_open", new JsonObject { ["comm_id"] = "c1", ["target_name"] = "echo", ["data"] = new JsonObject() });
        await kernel.Client.SendAsync(Channels.Shell, "comm_msg", new JsonObject { ["comm_id"] = "c1", ["data"] = new JsonObject { ["text"] = "hello" } });
        await kernel.Client.SendAsync(Channels.Shell, "comm_open", new JsonObject { ["comm_id"] = "c2", ["target_name"] = "nobody", ["data"] = new JsonObject() });

        await kernel.Client.UntilAsync("the answer", all => all.Any(m => m.Type == "comm_msg" && m.Content.GetProperty("data").Text("back") == "hello"));
        await kernel.Client.UntilAsync("the end of the other", all => all.Any(m => m.Type == "comm_close" && m.Content.Text("comm_id") == "c2"));
        var info = await kernel.AskAsync("comm_info_request", new JsonObject { ["target_name"] = "echo" });
        Assert.Equal("echo", info.GetProperty("comms").GetProperty("c1").Text("target_name"));
    }

    private async Task ClientsAsync(int count)
    {
        while (true)
        {
            var (_, model) = await kernel.Lab.AskAsync("GET", $"/api/kernels/{kernel.Client.Kernel}");
            if ((int)model!["connections"]! == count)
            {
                return;
            }

            await Task.Delay(20);
        }
    }
}

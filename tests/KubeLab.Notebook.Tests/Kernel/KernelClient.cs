using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using KubeLab.Notebook.Tests.Server;

namespace KubeLab.Notebook.Tests.Kernel;

/// <summary>A front end: one WebSocket to a kernel, in either form of frames.</summary>
internal sealed class KernelClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly ClientWebSocket socket = new();
    private readonly MessageMaker maker = new(MessageMaker.NewId(), TimeProvider.System);
    private readonly Lock gate = new();
    private readonly List<JupyterMessage> seen = [];
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reading = Task.CompletedTask;

    private KernelClient(string kernel, bool isLegacy)
    {
        Kernel = kernel;
        IsLegacy = isLegacy;
    }

    /// <summary>The kernel's id.</summary>
    public string Kernel { get; }

    public bool IsLegacy { get; }

    /// <summary>Why the server closed the connection, null while it is open.</summary>
    public WebSocketCloseStatus? Closed => socket.CloseStatus;

    /// <summary>All that has arrived so far.</summary>
    public IReadOnlyList<JupyterMessage> Seen
    {
        get
        {
            lock (gate)
            {
                return [.. seen];
            }
        }
    }

    /// <summary>Starts a kernel and connects to it.</summary>
    public static async Task<KernelClient> StartAsync(ServedLab lab, bool isLegacy = false, string? notebook = null)
    {
        var (_, model) = await lab.AskAsync("POST", "/api/kernels", new JsonObject { ["name"] = ".net-csharp", ["path"] = notebook });
        return await ConnectAsync(lab, (string)model!["id"]!, isLegacy);
    }

    /// <param name="lab">The server.</param>
    /// <param name="kernel">The kernel's id.</param>
    /// <param name="isLegacy">Which form of frames.</param>
    /// <param name="session">The client's name for its connections; null for a client that was never there.</param>
    public static async Task<KernelClient> ConnectAsync(ServedLab lab, string kernel, bool isLegacy = false, string? session = null)
    {
        var client = new KernelClient(kernel, isLegacy);
        if (!isLegacy)
        {
            client.socket.Options.AddSubProtocol(WebSocketFrame.Protocol);
        }

        var address = new UriBuilder(lab.Server.Address) { Scheme = "ws", Path = $"/api/kernels/{kernel}/channels", Query = $"?token={lab.Token}&session_id={session ?? client.maker.Session}" }.Uri;
        await client.socket.ConnectAsync(address, CancellationToken.None);
        client.reading = client.ReadAllAsync();
        return client;
    }

    /// <summary>The connection breaks, without a word to the server.</summary>
    public void Break() => socket.Abort();

    /// <summary>Runs a cell and waits for its end.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="options">Fields of the request besides the code.</param>
    /// <param name="input">What a person types when asked, in turn.</param>
    public async Task<CellRun> RunAsync(string code, JsonObject? options = null, params string[] input)
    {
        var request = await SendCellAsync(code, options);
        for (var i = 0; i < input.Length; i++)
        {
            var asked = i;
            await UntilAsync($"question {i + 1} of: {code}", all => all.Count(m => m.Type == "input_request" && m.ParentId == request) > asked);
            await SendAsync(Channels.Stdin, "input_reply", new JsonObject { ["status"] = "ok", ["value"] = input[i] });
        }

        return await EndOfAsync(request, code);
    }

    /// <summary>Sends a cell and does not wait; the id of the request.</summary>
    public Task<string> SendCellAsync(string code, JsonObject? options = null)
    {
        var content = options ?? [];
        content["code"] = code;
        content.TryAdd("allow_stdin", true);
        return SendAsync(Channels.Shell, "execute_request", content);
    }

    /// <summary>Waits until a request has its reply and its work has ended.</summary>
    public async Task<CellRun> EndOfAsync(string request, string what)
    {
        await UntilAsync(
            $"the end of: {what}",
            all => all.Any(m => m.ParentId == request && m.Type == "status" && m.Content.Text("execution_state") == "idle")
                && all.Any(m => m.ParentId == request && m.Channel is Channels.Shell or Channels.Control));
        return new CellRun([.. Seen.Where(m => m.ParentId == request)]);
    }

    /// <summary>Asks anything else; the content of the reply.</summary>
    public async Task<JsonElement> AskAsync(string type, JsonObject content, string channel = Channels.Shell)
    {
        var request = await SendAsync(channel, type, content);
        return (await EndOfAsync(request, type)).Reply;
    }

    /// <summary>Waits for a text on the console of a running cell.</summary>
    public Task PrintedAsync(string request, string text) =>
        UntilAsync($"'{text}' to be printed", all => new CellRun([.. all.Where(m => m.ParentId == request)]).Stdout.Contains(text, StringComparison.Ordinal));

    public async Task<string> SendAsync(string channel, string type, JsonObject content)
    {
        var message = maker.Make(channel, type, JsonText.EmptyObject, content);
        if (IsLegacy)
        {
            await SendBytesAsync(LegacyFrame.Write(message), WebSocketMessageType.Text);
        }
        else
        {
            await SendBytesAsync(WebSocketFrame.Write(message), WebSocketMessageType.Binary);
        }

        return message.Id;
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type) =>
        await socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);

    /// <summary>Waits until what has arrived fulfils the condition.</summary>
    /// <exception cref="TimeoutException">It does not within a generous time; the message tells what has arrived.</exception>
    public async Task UntilAsync(string what, Func<IReadOnlyList<JupyterMessage>, bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (condition(seen))
                {
                    return;
                }

                next = more.Task;
            }

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"waited for {what}; there was {string.Join(", ", Seen.TakeLast(20).Select(m => $"{m.Type} {m.Content}"))}");
            }
        }
    }

    /// <summary>Waits until the server has closed the connection.</summary>
    public Task UntilClosedAsync() => reading.WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private async Task ReadAllAsync()
    {
        var chunk = new byte[64 * 1024];
        using var frame = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(chunk, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                frame.Write(chunk, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Note(IsLegacy ? LegacyFrame.Read(frame.ToArray(), part.MessageType == WebSocketMessageType.Binary) : WebSocketFrame.Read(frame.ToArray()));
                    frame.SetLength(0);
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // Aborted, by the test that has ended or by the server.
        }
    }

    private void Note(JupyterMessage message)
    {
        TaskCompletionSource woken;
        lock (gate)
        {
            seen.Add(message);
            (woken, more) = (more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        woken.TrySetResult();
    }
}

using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using KubeLab.Notebook.Server;

namespace KubeLab.Benchmarks;

/// <summary>A front end that does the least: it runs a cell, and waits until the kernel has answered and is idle.</summary>
internal sealed class SessionClient : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly byte[] chunk = new byte[64 * 1024];
    private int asked;

    public static async Task<SessionClient> StartAsync(NotebookServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("token", server.Token);
        using var answer = await http.PostAsJsonAsync("/api/kernels", new { });
        var kernel = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var client = new SessionClient();
        var address = new UriBuilder(server.Address) { Scheme = "ws", Path = $"/api/kernels/{kernel.GetProperty("id").GetString()}/channels", Query = $"?token={server.Token}" }.Uri;
        await client.socket.ConnectAsync(address, CancellationToken.None);
        return client;
    }

    /// <summary>Runs a cell; its value as text, or null.</summary>
    /// <exception cref="InvalidOperationException">The cell failed.</exception>
    public async Task<string?> RunAsync(string code)
    {
        var id = $"request-{++asked}";
        var request = JsonSerializer.SerializeToUtf8Bytes(new
        {
            channel = "shell",
            header = new { msg_id = id, msg_type = "execute_request", session = "bench", username = "", version = "5.3" },
            parent_header = new { },
            metadata = new { },
            content = new { code },
        });
        await socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        string? value = null;
        for (var (isAnswered, isIdle) = (false, false); !isAnswered || !isIdle;)
        {
            var message = await NextAsync();
            if (!message.GetProperty("parent_header").TryGetProperty("msg_id", out var parent) || parent.GetString() != id)
            {
                continue;
            }

            var content = message.GetProperty("content");
            switch (message.GetProperty("header").GetProperty("msg_type").GetString())
            {
                case "execute_result":
                    value = content.GetProperty("data").GetProperty("text/plain").GetString();
                    break;
                case "error":
                    throw new InvalidOperationException($"{code}: {content}");
                case "stream":
                    Console.WriteLine(content.GetProperty("text").GetString());
                    break;
                case "execute_reply":
                    isAnswered = true;
                    break;
                case "status":
                    isIdle = content.GetProperty("execution_state").GetString() == "idle";
                    break;
            }
        }

        return value;
    }

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement> NextAsync()
    {
        using var frame = new MemoryStream();
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(chunk, CancellationToken.None);
            frame.Write(chunk, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(frame.GetBuffer(), 0, (int)frame.Length));
    }
}

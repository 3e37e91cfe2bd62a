using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeLab.KubectlText.Wire;

/// <summary>A process in a container of a real cluster: a WebSocket whose messages each begin with the number of a channel.</summary>
/// <remarks>Upstream: <c>v5.channel.k8s.io</c>. A thread of its own reads, because a cell is one synchronous program.</remarks>
internal sealed class RemoteProcess : IKubectlProcess
{
    private const string Protocol = "v5.channel.k8s.io";
    private const byte Input = 0;
    private const byte Errors = 2;
    private const byte End = 3;
    private const byte Close = 255;
    private const int PieceBytes = 32 << 10;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<(bool IsError, string Text)> arrived = new();
    private readonly HttpResponseMessage response;
    private readonly WebSocket socket;
    private volatile JsonNode? result;

    public RemoteProcess(HttpResponseMessage response, string? stdin)
    {
        this.response = response;
        socket = WebSocket.CreateFromStream(response.Content.ReadAsStream(), isServer: false, Protocol, KeepAlive);
        new Thread(Read) { IsBackground = true, Name = "kubectl exec" }.Start();
        if (stdin is not null)
        {
            foreach (var piece in Encoding.UTF8.GetBytes(stdin).Chunk(PieceBytes))
            {
                Send([Input, .. piece]);
            }

            Send([Close, Input]);
        }
    }

    public Json? Result => result is { } status ? new Json(status) : (Json?)null;

    public bool HasOutput => !arrived.IsEmpty;

    /// <summary>Adds the headers that ask for such a connection.</summary>
    public static void AskFor(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", Protocol);
    }

    IReadOnlyList<(bool IsError, string Text)> IKubectlProcess.Read()
    {
        var taken = new List<(bool IsError, string Text)>();
        while (arrived.TryDequeue(out var piece))
        {
            taken.Add(piece);
        }

        return taken;
    }

    public void Dispose()
    {
        socket.Dispose();
        response.Dispose();
    }

    private void Send(byte[] message) =>
        socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private void Read()
    {
        try
        {
            var decoders = new[] { Encoding.UTF8.GetDecoder(), Encoding.UTF8.GetDecoder() };
            while (Receive() is { } message)
            {
                if (message is [])
                {
                    continue;
                }

                if (message[0] == End)
                {
                    result = JsonNode.Parse(message.AsSpan(1));
                    return;
                }

                var decoder = decoders[message[0] == Errors ? 1 : 0];
                var letters = new char[Encoding.UTF8.GetMaxCharCount(message.Length)];
                var count = decoder.GetChars(message.AsSpan(1), letters, flush: false);
                if (count > 0)
                {
                    arrived.Enqueue((message[0] == Errors, new string(letters, 0, count)));
                }
            }

            result ??= Broken("the connection was closed");
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or System.Text.Json.JsonException)
        {
            result ??= Broken(broken.Message);
        }
    }

    private byte[]? Receive()
    {
        var (buffer, message) = (new byte[PieceBytes], new MemoryStream());
        while (true)
        {
            var part = socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }

    private static JsonObject Broken(string why) => new() { ["status"] = "Failure", ["message"] = why };
}

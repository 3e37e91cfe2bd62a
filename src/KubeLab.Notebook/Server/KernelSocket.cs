using System.Net.WebSockets;
using System.Threading.Channels;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Server;

/// <summary>One client's connection to a kernel, in either form of frames.</summary>
/// <seealso href="https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html">WebSocket protocols of Jupyter Server</seealso>
internal sealed class KernelSocket(WebSocket socket, string session, long messageBytesMax) : IKernelClient
{
    /// <summary>A client that reads so slowly that more than this waits is let go; it connects anew and goes on.</summary>
    private const long WaitingBytesMax = 256L << 20;
    private readonly Channel<(ReadOnlyMemory<byte> Bytes, bool IsBinary)> outgoing =
        Channel.CreateUnbounded<(ReadOnlyMemory<byte>, bool)>(new UnboundedChannelOptions { SingleReader = true });
    private long waitingBytes;

    /// <inheritdoc/>
    public string Session => session;

    private bool IsV1 => socket.SubProtocol == WebSocketFrame.Protocol;

    /// <inheritdoc/>
    public void Send(JupyterMessage message)
    {
        var (bytes, isBinary) = IsV1
            ? (WebSocketFrame.Write(message), true)
            : (LegacyFrame.Write(message), LegacyFrame.IsBinary(message));
        if (Interlocked.Add(ref waitingBytes, bytes.Length) > WaitingBytesMax || !outgoing.Writer.TryWrite((bytes, isBinary)))
        {
            Close();
        }
    }

    /// <summary>Ends the connection after what is queued.</summary>
    public void Close() => outgoing.Writer.TryComplete();

    /// <summary>Serves the connection until one side ends it.</summary>
    public async Task RunAsync(Func<JupyterMessage, Task> received, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sending = SendAllAsync(ended);
        try
        {
            await ReceiveAllAsync(received, ended.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone; that is how most connections end.
        }

        Close();
        await ended.CancelAsync();
        await sending;
    }

    private async Task ReceiveAllAsync(Func<JupyterMessage, Task> received, CancellationToken cancellation)
    {
        var chunk = new byte[16 * 1024];
        using var frame = new MemoryStream();
        while (socket.State == WebSocketState.Open)
        {
            var part = await socket.ReceiveAsync(chunk, cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
                return;
            }

            frame.Write(chunk, 0, part.Count);
            if (frame.Length > messageBytesMax)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, "the message is too large", cancellation);
                return;
            }

            if (!part.EndOfMessage)
            {
                continue;
            }

            var bytes = frame.ToArray();
            frame.SetLength(0);
            JupyterMessage message;
            try
            {
                message = IsV1 ? WebSocketFrame.Read(bytes) : LegacyFrame.Read(bytes, part.MessageType == WebSocketMessageType.Binary);
            }
            catch (FormatException error)
            {
                var why = error.Message.Length > 100 ? error.Message[..100] : error.Message;
                await socket.CloseOutputAsync(WebSocketCloseStatus.InvalidPayloadData, why, cancellation);
                return;
            }

            await received(message);
        }
    }

    private async Task SendAllAsync(CancellationTokenSource ended)
    {
        try
        {
            await foreach (var (bytes, isBinary) in outgoing.Reader.ReadAllAsync(ended.Token))
            {
                await socket.SendAsync(bytes, isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true, ended.Token);
                Interlocked.Add(ref waitingBytes, -bytes.Length);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ended.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            await ended.CancelAsync();
        }
    }
}

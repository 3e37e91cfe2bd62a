using System.Buffers;
using System.Net.WebSockets;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Http.Serving;

namespace KubeLab.Http.Streaming;

/// <summary>The channels of <c>v4.channel.k8s.io</c> and <c>v5.channel.k8s.io</c>: the first byte of each message names one.</summary>
/// <remarks>Upstream: k8s.io/apimachinery/pkg/util/httpstream/wsstream and remotecommand. Version 5 can close the input.</remarks>
internal sealed class WebSocketChannels(WebSocket socket) : IRemoteChannels
{
    /// <summary>What is spoken, best first.</summary>
    public static readonly string[] Protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    private const byte Input = 0;
    private const byte Output = 1;
    private const byte Errors = 2;
    private const byte Result = 3;
    private const byte Close = 255;
    private const int MessageBytesMax = 64 << 10;
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);
    private readonly byte[] buffer = new byte[MessageBytesMax];
    private readonly SemaphoreSlim sending = new(1);
    private byte channel;
    private bool isContinued;

    /// <summary>Tells the client that it is connected, as upstream does: by a message without content.</summary>
    public Task GreetAsync(CancellationToken cancellation) => SendAsync(Output, default, cancellation);

    /// <inheritdoc/>
    public Task SendAsync(bool isError, ReadOnlyMemory<byte> data, CancellationToken cancellation) => SendAsync(isError ? Errors : Output, data, cancellation);

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReadInputAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var message = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (message.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            var content = buffer.AsMemory(0, message.Count);
            if (!isContinued)
            {
                if (content.IsEmpty)
                {
                    continue;
                }

                channel = content.Span[0];
                content = content[1..];
            }

            isContinued = !message.EndOfMessage;
            if (channel == Input && !content.IsEmpty)
            {
                return content;
            }

            if (channel == Close && content is { IsEmpty: false } && content.Span[0] == Input)
            {
                return ReadOnlyMemory<byte>.Empty;
            }
        }
    }

    /// <inheritdoc/>
    public async Task FinishAsync(Status result, CancellationToken cancellation)
    {
        // Upstream's server stands between this client and the kubelet and wraps what the latter reports once more.
        var told = result.Reason == "InternalError" ? ProcessEnd.Failure(result.Message ?? "") : result;
        await SendAsync(Result, EdgeStatus.Bytes(told), cancellation);
        using var limit = new CancellationTokenSource(Goodbye, TimeProvider.System);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        sending.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(byte to, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        await sending.WaitAsync(cancellation);
        var message = ArrayPool<byte>.Shared.Rent(Math.Min(data.Length, MessageBytesMax) + 1);
        try
        {
            do
            {
                var piece = data[..Math.Min(data.Length, MessageBytesMax)];
                message[0] = to;
                piece.CopyTo(message.AsMemory(1));
                await socket.SendAsync(message.AsMemory(0, piece.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, cancellation);
                data = data[piece.Length..];
            }
            while (!data.IsEmpty);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
            sending.Release();
        }
    }
}

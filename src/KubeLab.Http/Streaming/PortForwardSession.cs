using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using KubeLab.ApiServer;
using KubeLab.Http.Serving;
using KubeLab.Http.Streaming.Spdy;

namespace KubeLab.Http.Streaming;

/// <summary><c>kubectl port-forward</c>: for each connection to the client's port two streams, one for its bytes and one for what goes wrong.</summary>
/// <remarks>Upstream: pkg/kubelet portforward, httpStreamHandler.</remarks>
internal sealed class PortForwardSession(ClusterDoor door, PodPorts ports, Stream transport)
{
    private readonly ConcurrentDictionary<string, SpdyStream> waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, byte> serving = new();

    /// <summary>Runs until the client leaves.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var connection = new SpdyConnection(transport);
        try
        {
            await connection.ReadAsync(stream => OnStream(stream, over.Token), over.Token);
        }
        catch (InvalidDataException)
        {
            // It is no SPDY, so there is nothing to say that the client would understand.
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(serving.Keys);
        }
    }

    // Data and errors come as two streams with one number, in either order.
    private void OnStream(SpdyStream stream, CancellationToken cancellation)
    {
        var request = stream.Headers.GetValueOrDefault("requestID") ?? (stream.Headers.GetValueOrDefault("streamType") == "error" ? stream.Id : stream.Id - 2).ToString(CultureInfo.InvariantCulture);
        if (!waiting.TryRemove(request, out var other))
        {
            waiting[request] = stream;
            return;
        }

        var (data, errors) = stream.Headers.GetValueOrDefault("streamType") == "data" ? (stream, other) : (other, stream);
        var task = ServeAsync(data, errors, cancellation);
        serving[task] = 0;
        task.ContinueWith(done => serving.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ServeAsync(SpdyStream data, SpdyStream errors, CancellationToken cancellation)
    {
        try
        {
            var port = int.TryParse(data.Headers.GetValueOrDefault("port"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var why = await door.DoAsync(() => ports.WhyRefused(port), cancellation)
                ?? await new WebConversation(data, question => door.DoAsync(() => ports.Ask(port, question), cancellation)).RunAsync(cancellation);
            await errors.EndAsync(Encoding.UTF8.GetBytes(why ?? ""), cancellation);
            await data.EndAsync(default, cancellation);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException or System.Net.WebSockets.WebSocketException)
        {
            // The client has gone.
        }
        finally
        {
            data.Forget();
            errors.Forget();
        }
    }
}

using System.Text;
using KubeLab.Api.Verbs;
using KubeLab.Http.Serving;

namespace KubeLab.Http.Streaming;

/// <summary>A client at a process: <c>kubectl exec</c> and <c>kubectl attach</c>, once they are connected.</summary>
internal sealed class ProcessSession(ClusterDoor door, ContainerStream stream, ProcessOptions options, IRemoteChannels channels)
{
    /// <summary>How long nothing may happen before a paused clock is mentioned, in the wall's time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly byte[] Paused = Encoding.UTF8.GetBytes(
        "kubelab: the cluster's clock is paused, and this command goes on when its time does (Ctrl+C leaves it)\n");

    /// <summary>Runs until the process ends or the client leaves.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var queue = new StreamQueue(door, stream);
        queue.Start();
        var input = InputAsync(over);
        try
        {
            await OutputAsync(queue, over.Token);
            await channels.FinishAsync(queue.Result ?? ProcessEnd.Success, over.Token);
        }
        finally
        {
            await over.CancelAsync();
            await input;
        }
    }

    private async Task OutputAsync(StreamQueue queue, CancellationToken cancellation)
    {
        var mentioned = false;
        while (await WaitAsync(queue, mentioned, cancellation) is { } more)
        {
            if (!more)
            {
                mentioned = true;
                await channels.SendAsync(isError: !options.Tty && options.Stderr, Paused, cancellation);
                continue;
            }

            while (queue.Reader.TryRead(out var piece))
            {
                if (piece.IsError ? options.Stderr || options.Tty : options.Stdout)
                {
                    await channels.SendAsync(piece.IsError && !options.Tty, piece.Data, cancellation);
                }

                queue.Sent(piece);
            }
        }
    }

    /// <summary>True when there is output, false when the clock should be mentioned, null at the end.</summary>
    private async Task<bool?> WaitAsync(StreamQueue queue, bool mentioned, CancellationToken cancellation)
    {
        var ready = queue.Reader.WaitToReadAsync(cancellation).AsTask();
        while (!mentioned && !ready.IsCompleted)
        {
            var before = door.Now;
            await Task.WhenAny(ready, Task.Delay(Patience, TimeProvider.System, cancellation));
            if (!ready.IsCompleted && !cancellation.IsCancellationRequested && door.Now == before && await door.DoAsync(() => stream.WaitsForTime, cancellation))
            {
                return false;
            }
        }

        return await ready ? true : null;
    }

    private async Task InputAsync(CancellationTokenSource over)
    {
        try
        {
            while (await channels.ReadInputAsync(over.Token) is { } data)
            {
                // One piece at a time: a client that types faster than the cluster reads waits.
                var copy = data.ToArray();
                await door.DoAsync(() => Hand(copy), over.Token);
            }

            await over.CancelAsync();
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or System.Net.WebSockets.WebSocketException or ObjectDisposedException)
        {
            await over.CancelAsync();
        }
    }

    private bool Hand(byte[] data)
    {
        if (!options.Stdin)
        {
            return false;
        }

        if (data.Length == 0)
        {
            stream.CloseInput();
        }
        else
        {
            stream.Write(data);
        }

        return true;
    }
}

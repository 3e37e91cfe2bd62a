using System.Buffers;
using System.IO.Pipelines;
using KubeLab.Http.Time;
using Microsoft.AspNetCore.Http;

namespace KubeLab.Http.Serving;

/// <summary>Sends the events of one watch as they come, until its time is up, its reader was too slow, or the server stops.</summary>
/// <remarks>
/// A reader that does not read keeps one event, what the socket holds, and no more: the queue drops the rest and the watch ends at the cluster. When it reads on
/// it finds what was on its way, a last line that says why, and the end. When it never does, the connection is broken off once the watch's time is up.
/// </remarks>
internal sealed class WatchSender(HttpContext context, TimeAnchor anchor, WatchQueue queue)
{
    private const int FlushBytes = 64 * 1024;
    private readonly PipeWriter writer = context.Response.BodyWriter;
    private readonly DateColumns columns = new();
    private bool isSending;

    /// <summary>Sends.</summary>
    /// <param name="limit">How long the client wants it to last, in the wall's time; null leaves it to the server.</param>
    /// <param name="stopping">The server stops.</param>
    public async Task RunAsync(TimeSpan? limit, CancellationToken stopping)
    {
        var gone = context.RequestAborted;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping);
        over.CancelAfter(limit ?? queue.Limit);
        try
        {
            // Clients wait for the headers before they count on the watch, and the first event may be hours away.
            await context.Response.StartAsync(over.Token);
            await FlushAsync(over.Token);
            while (await queue.Reader.WaitToReadAsync(over.Token))
            {
                await SendAsync(over.Token);
            }

            if (queue.IsOverrun)
            {
                writer.Write(EdgeStatus.ErrorLine(EdgeStatus.Expired));
                await FlushAsync(over.Token);
            }
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            // The stream ends as if the last event had been told, and the client watches anew; one that does not even take what is on its way cannot be told.
            if (isSending)
            {
                context.Abort();
            }
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        var wall = TimeProvider.System.GetUtcNow();
        var unflushed = 0;
        while (queue.Reader.TryRead(out var line))
        {
            var json = InstantFields.MoveInJson(line.Json(), instant => anchor.ToWall(instant, line.VirtualNow, wall), columns);
            writer.Write(json.Span);
            unflushed += json.Length;
            if (unflushed > FlushBytes)
            {
                await FlushAsync(cancellation);
                unflushed = 0;
            }

            queue.Sent();
        }

        await FlushAsync(cancellation);
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        isSending = true;
        await writer.FlushAsync(cancellation);
        isSending = false;
    }
}

using KubeLab.ApiServer.Http;
using KubeLab.Http.Time;
using KubeLab.Simulation;

namespace KubeLab.Http.Serving;

/// <summary>The one way from sockets into the simulation: a request is handed to the clock and runs between two of its events.</summary>
/// <param name="front">What answers.</param>
/// <param name="clock">On whose thread.</param>
/// <param name="options">Limits.</param>
/// <param name="chance">Spreads the ends of watches, so that many clients do not watch anew in the same second.</param>
internal sealed class ClusterDoor(IApiFront front, VirtualClock clock, ClusterServerOptions options, Randomness chance)
{
    private readonly HashSet<WatchBody> watches = [];
    private int watchesOpen;

    /// <summary>How many watches are open.</summary>
    public int WatchesOpen => Volatile.Read(ref watchesOpen);

    /// <summary>Asks the cluster; null when its API server is down.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="connection">How the client's time belongs to the cluster's; null for one that goes by the cluster's.</param>
    /// <param name="cancellation">The client has gone.</param>
    /// <exception cref="TimeoutException">The clock's thread did not come round to it.</exception>
    public async Task<Answer?> AskAsync(ApiRequest request, AnchoredConnection? connection, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<Answer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        clock.Post(() =>
        {
            // A client that has gone is not served: nothing it asked for has begun.
            if (cancellation.IsCancellationRequested || answer.Task.IsCompleted)
            {
                answer.TrySetCanceled(cancellation);
                return;
            }

            try
            {
                var given = Serve(request, connection);
                if (!answer.TrySetResult(given))
                {
                    Forget(given);
                }
            }
            catch (Exception error)
            {
                answer.TrySetException(error);
            }
        });
        try
        {
            return await answer.Task.WaitAsync(options.AnswerTimeout, cancellation);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            if (!answer.TrySetCanceled(CancellationToken.None) && answer.Task is { IsCompletedSuccessfully: true, Result: { } unread })
            {
                clock.Post(() => Forget(unread));
            }

            throw;
        }
    }

    /// <summary>The cluster's time; an instant old at the most.</summary>
    public DateTimeOffset Now => clock.Now;

    /// <summary>Does something on the clock's thread, between two events.</summary>
    public void Do(Action act) => clock.Post(act);

    /// <summary>Does something on the clock's thread and waits for its result.</summary>
    public async Task<T> DoAsync<T>(Func<T> act, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        clock.Post(() =>
        {
            try
            {
                done.TrySetResult(act());
            }
            catch (Exception error)
            {
                done.TrySetException(error);
            }
        });
        return await done.Task.WaitAsync(cancellation);
    }

    /// <summary>Tells the server that no more requests are wanted.</summary>
    public void Stop() => clock.Post(() => front.IsStopping = true);

    /// <summary>Ends a watch: its reader has gone.</summary>
    public void End(WatchBody watch) => clock.Post(() => Leave(watch));

    private void Forget(Answer? unread)
    {
        unread?.Response.Stream?.Dispose();
        if (unread?.Response.Watch is { } watch)
        {
            Leave(watch);
        }
    }

    private Answer? Serve(ApiRequest request, AnchoredConnection? connection)
    {
        if (!front.IsUp)
        {
            return null;
        }

        var anchor = connection?.AnchorAt(TimeProvider.System.GetUtcNow(), clock.Now) ?? TimeAnchor.Own;
        var response = front.Handle(request with { Body = ToVirtual(request, anchor), Query = LogTimes.ToVirtual(request, anchor) });
        return new Answer(response, anchor, clock.Now, response.Watch is { } watch ? Open(watch) : null);
    }

    private WatchQueue Open(WatchBody watch)
    {
        watches.Add(watch);
        Volatile.Write(ref watchesOpen, watches.Count);
        var queue = new WatchQueue(options.WatchQueueMax, WatchTime.Spread(options.WatchTimeMin, chance));
        watch.ReadLaterBy(
            line =>
            {
                if (!queue.Write(new WatchLine(line, clock.Now)))
                {
                    Leave(watch);
                }
            },
            queue.Complete,
            queue.TakesBookmark);

        // What the watch begins with is delivered by the event before this one.
        clock.After(TimeSpan.Zero, queue.Bound);
        return queue;
    }

    private void Leave(WatchBody watch)
    {
        // One that is cut off is left before its socket ends.
        watches.Remove(watch);
        Volatile.Write(ref watchesOpen, watches.Count);
        watch.Dispose();
    }

    private static ReadOnlyMemory<byte> ToVirtual(ApiRequest request, TimeAnchor anchor)
    {
        if (request.Body.IsEmpty)
        {
            return request.Body;
        }

        // A body that calls itself YAML is JSON more often than not.
        var isYaml = request.ContentType?.Contains("yaml", StringComparison.OrdinalIgnoreCase) == true && request.Body.Span[0] is not ((byte)'{' or (byte)'[');
        return isYaml ? InstantFields.MoveInYaml(request.Body, anchor.ToVirtual) : InstantFields.MoveInJson(request.Body, anchor.ToVirtual);
    }
}

/// <summary>What the cluster answered.</summary>
/// <param name="Response">The answer, with the cluster's instants.</param>
/// <param name="Anchor">How those are to be moved.</param>
/// <param name="VirtualNow">The cluster's time of the answer.</param>
/// <param name="Watch">The events, when it is a watch.</param>
internal sealed record Answer(ApiResponse Response, TimeAnchor Anchor, DateTimeOffset VirtualNow, WatchQueue? Watch);

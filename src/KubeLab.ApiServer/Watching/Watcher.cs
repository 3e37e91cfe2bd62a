using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Watching;

/// <summary>One client's watch: what concerns it waits in a queue and is delivered by an event of its own on the clock.</summary>
internal sealed class Watcher : IDisposable, IEtcdWatcher
{
    private readonly VirtualClock clock;
    private readonly IWatchSink sink;
    private readonly Action deliver;
    private readonly int queueMax;
    private readonly bool isOnlooker;
    private Action<Watcher>? onEnd;
    private Scheduled? timeout;
    private List<WatchEvent> waiting = [];
    private List<WatchEvent> spare = [];
    private Status? error;
    private bool scheduled;
    private bool ending;

    /// <summary>Makes one that keeps at most <paramref name="queueMax"/> events for a slow reader; 0 is no bound.</summary>
    public Watcher(VirtualClock clock, ObjectFilter filter, IWatchSink sink, bool allowsBookmarks, int queueMax, Action<Watcher> onEnd)
    {
        this.clock = clock;
        this.sink = sink;
        this.queueMax = queueMax;
        this.onEnd = onEnd;
        isOnlooker = !clock.IsInside;
        Filter = filter;
        AllowsBookmarks = allowsBookmarks;
        deliver = Deliver;
    }

    public ObjectFilter Filter { get; }

    public bool AllowsBookmarks { get; }

    /// <summary>Whether it wants a bookmark now.</summary>
    public bool TakesBookmark => AllowsBookmarks && sink.TakesBookmark;

    /// <summary>Whether it gets nothing more.</summary>
    public bool IsOver => onEnd is null || ending;

    /// <summary>The client ends it: nothing more is delivered.</summary>
    public void Dispose()
    {
        Leave();
        waiting.Clear();
        ending = false;
    }

    /// <summary>The server ends it behind what already waits; <paramref name="why"/> is null when its time is up.</summary>
    public void End(Status? why)
    {
        if (!IsOver)
        {
            Leave();
            ending = true;
            error = why;
            Schedule();
        }
    }

    /// <summary>Ends it after <paramref name="time"/>.</summary>
    public void EndAfter(TimeSpan time) => timeout = clock.After(time, () => End(null));

    public void Enqueue(WatchEventType type, IApiObject obj)
    {
        if (IsOver)
        {
            return;
        }

        if (queueMax > 0 && waiting.Count >= queueMax)
        {
            // It leaves the feed when it is delivered, because the feed is going through its watchers now.
            waiting.Clear();
            (ending, error) = (true, ApiErrors.Expired("The resourceVersion for the provided watch is too old.").Status);
            Schedule();
            return;
        }

        waiting.Add(new WatchEvent(type, obj));
        Schedule();
    }

    /// <summary>Queues a change as the filter sees it: what enters is added, what leaves is deleted with its last state.</summary>
    public void OnChange(KeyValue change)
    {
        var now = Filter.Read(change.Value);
        var before = change.Previous is { IsDeleted: false } previous && Filter.Read(previous.Value) is var old && Filter.Matches(old) ? old : null;
        if (change.IsDeleted)
        {
            if (before is not null)
            {
                Enqueue(WatchEventType.Deleted, now);
            }
        }
        else if (Filter.Matches(now))
        {
            Enqueue(before is null ? WatchEventType.Added : WatchEventType.Modified, now);
        }
        else if (before is not null)
        {
            var version = change.ModRevision.ToString(CultureInfo.InvariantCulture);
            Enqueue(WatchEventType.Deleted, before.WithMetadata(before.Metadata with { ResourceVersion = version }));
        }
    }

    private void Leave()
    {
        timeout?.Cancel();
        var leave = onEnd;
        onEnd = null;
        leave?.Invoke(this);
    }

    private void Schedule()
    {
        if (scheduled)
        {
            return;
        }

        scheduled = true;
        if (isOnlooker)
        {
            clock.AfterForOnlooker(deliver);
        }
        else
        {
            clock.After(TimeSpan.Zero, deliver);
        }
    }

    private void Deliver()
    {
        scheduled = false;
        var batch = waiting;
        waiting = spare;
        spare = batch;

        // What the sink writes meanwhile lands in the other list and comes with the next event.
        for (var i = 0; i < batch.Count && (!IsOver || ending); i++)
        {
            sink.OnEvent(batch[i]);
        }

        batch.Clear();
        if (ending && waiting.Count == 0)
        {
            ending = false;
            Leave();
            sink.OnEnd(error);
        }
    }
}

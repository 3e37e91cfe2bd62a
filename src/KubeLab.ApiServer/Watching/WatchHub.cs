using System.Globalization;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Registry;
using KubeLab.Etcd;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Watching;

/// <summary>All watches of one server: it begins them where their clients stand, and sends bookmarks.</summary>
internal sealed class WatchHub
{
    private readonly VirtualClock clock;
    private readonly IEtcd etcd;
    private readonly TimeSpan bookmarkPeriod;
    private readonly Dictionary<KindStrategy, ResourceFeed> feeds = [];
    private Repeating? bookmarks;
    private bool isRunning;

    public WatchHub(VirtualClock clock, IEtcd etcd, TimeSpan bookmarkPeriod)
    {
        this.clock = clock;
        this.etcd = etcd;
        this.bookmarkPeriod = bookmarkPeriod;
    }

    /// <summary>The feed of <paramref name="strategy"/>'s kind, made when it is asked for first.</summary>
    public ResourceFeed FeedOf(KindStrategy strategy)
    {
        if (!feeds.TryGetValue(strategy, out var feed))
        {
            feeds.Add(strategy, feed = new ResourceFeed(strategy));
        }

        return feed;
    }

    /// <summary>Follows the objects of a kind that has come while the server runs.</summary>
    public void Add(KindStrategy strategy)
    {
        var feed = FeedOf(strategy);
        if (isRunning)
        {
            feed.Start(etcd);
        }
    }

    /// <summary>Ends all watches of a kind, as when their time is up: who still wants to know lists again.</summary>
    public void Remove(KindStrategy strategy)
    {
        if (feeds.Remove(strategy, out var feed))
        {
            feed.Stop(null);
        }
    }

    public void Start()
    {
        foreach (var feed in feeds.Values)
        {
            feed.Start(etcd);
        }

        isRunning = true;
        bookmarks = clock.Every(bookmarkPeriod, SendBookmarks);
    }

    public void Stop(Status why)
    {
        isRunning = false;
        bookmarks?.Cancel();
        foreach (var feed in feeds.Values)
        {
            feed.Stop(why);
        }
    }

    /// <summary>Begins a watch; see <see cref="IKubernetesApi.Watch"/>.</summary>
    public IDisposable Watch(KindStrategy strategy, string? ns, ListOptions options, IWatchSink sink, int queueMax)
    {
        var filter = ObjectFilter.Of(strategy, ns, options);
        var from = ResourceVersions.Parse(options.ResourceVersion);
        var feed = FeedOf(strategy);
        var watcher = new Watcher(clock, filter, sink, options.AllowWatchBookmarks, queueMax, feed.Remove);
        if (from == 0)
        {
            foreach (var item in Existing(strategy, feed, filter))
            {
                var obj = strategy.FromStore(item.Value);
                if (filter.Matches(obj))
                {
                    watcher.Enqueue(WatchEventType.Added, obj);
                }
            }
        }
        else if (from < etcd.CompactedRevision)
        {
            var compacted = etcd.CompactedRevision.ToString(CultureInfo.InvariantCulture);
            watcher.End(ApiErrors.Expired($"too old resource version: {options.ResourceVersion} ({compacted})").Status);
            return watcher;
        }
        else if (from < etcd.Revision)
        {
            etcd.Watch(strategy.Resource.StorePrefix, from, watcher).Dispose();
        }

        if (!watcher.IsOver)
        {
            feed.Add(watcher);
            if (options.Timeout is { } timeout)
            {
                watcher.EndAfter(timeout);
            }
        }

        return watcher;
    }

    private IReadOnlyList<Etcd.Mvcc.KeyValue> Existing(KindStrategy strategy, ResourceFeed feed, ObjectFilter filter)
    {
        var prefix = strategy.Resource.StorePrefix + (filter.Namespace is null ? "" : $"{filter.Namespace}/");
        return feed.FindIndexed(filter) ?? etcd.Range(prefix, KeyRange.PrefixEnd(prefix)).Items;
    }

    private void SendBookmarks()
    {
        var revision = etcd.Revision.ToString(CultureInfo.InvariantCulture);
        foreach (var feed in feeds.Values)
        {
            feed.SendBookmarks(revision);
        }
    }
}

using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Client.Informing;

/// <summary>A local copy of one kind of object, kept up to date by a list and a watch; it says what changed.</summary>
/// <remarks>
/// What it holds may lag behind the server by the events that are still on their way, as in Kubernetes; a reconciler must be right all the same.
/// When the server ends the watch or cannot be reached, it lists again after a pause that doubles from <see cref="RetryFirst"/> to <see cref="RetryMax"/>.
/// </remarks>
/// <typeparam name="T">The kind.</typeparam>
/// <seealso href="https://pkg.go.dev/k8s.io/client-go/tools/cache">client-go/tools/cache</seealso>
public sealed class Informer<T> : IWatchSink
    where T : class, IApiObject
{
    /// <summary>The first pause before it lists again.</summary>
    public static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(800);

    /// <summary>The longest pause before it lists again.</summary>
    public static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(30);

    private readonly IKubernetesApi api;
    private readonly ApiResource resource;
    private readonly VirtualClock clock;
    private readonly string? ns;
    private readonly ListOptions options;
    private readonly Dictionary<ObjectKey, T> objects = [];
    private readonly List<InformerIndex<T>> indexes = [];
    private IDisposable? watch;
    private Scheduled? retry;
    private TimeSpan pause = RetryFirst;
    private bool started;

    /// <summary>Makes one for the objects of <paramref name="resource"/> in <paramref name="ns"/> (all namespaces when null) that <paramref name="options"/> select.</summary>
    public Informer(IKubernetesApi api, VirtualClock clock, ApiResource resource, string? ns = null, ListOptions? options = null)
    {
        this.resource = resource;
        this.api = api;
        this.clock = clock;
        this.ns = ns;
        this.options = options ?? ListOptions.All;
    }

    /// <summary>Called before the others with what it held of an object and what it holds now; null where there was or is nothing.</summary>
    /// <remarks>For those who count by adding and subtracting: each state comes exactly once as new and once as old, also the state that a deletion ends.</remarks>
    public event Action<T?, T?>? Changed;

    /// <summary>Called for an object that is new here.</summary>
    public event Action<T>? Added;

    /// <summary>Called with an object's last and present state.</summary>
    public event Action<T, T>? Updated;

    /// <summary>Called with the last state of an object that is gone.</summary>
    public event Action<T>? Deleted;

    /// <summary>Whether the first list has been read since it was started.</summary>
    public bool HasSynced { get; private set; }

    /// <summary>How many objects it holds.</summary>
    public int Count => objects.Count;

    /// <summary>What it holds, in the order in which it came; do not change anything while enumerating.</summary>
    public Dictionary<ObjectKey, T>.ValueCollection Objects => objects.Values;

    /// <summary>The object at <paramref name="key"/>, or null.</summary>
    public T? this[ObjectKey key] => objects.GetValueOrDefault(key);

    /// <summary>Keeps the objects also by what <paramref name="key"/> says of them; null leaves one out. Ask before <see cref="Start"/>.</summary>
    public InformerIndex<T> IndexBy(Func<T, string?> key)
    {
        var index = new InformerIndex<T>(key);
        foreach (var obj in objects.Values)
        {
            index.Add(obj);
        }

        indexes.Add(index);
        return index;
    }

    /// <summary>Lists and begins to watch; does nothing when it runs already.</summary>
    public void Start()
    {
        if (!started)
        {
            started = true;
            ListAndWatch();
        }
    }

    /// <summary>Ends the watch and forgets everything; it can be started again.</summary>
    public void Stop()
    {
        started = false;
        HasSynced = false;
        watch?.Dispose();
        watch = null;
        retry?.Cancel();
        objects.Clear();
        indexes.ForEach(i => i.Clear());
    }

    /// <summary>Calls <see cref="Updated"/> for everything it holds, so that reconcilers look again.</summary>
    public void Resync()
    {
        foreach (var obj in objects.Values.ToList())
        {
            Updated?.Invoke(obj, obj);
        }
    }

    void IWatchSink.OnEvent(in WatchEvent change)
    {
        if (change.Object is not T obj)
        {
            return;
        }

        switch (change.Type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                Put(obj);
                break;
            case WatchEventType.Deleted:
                Remove(obj);
                break;
            default:
                break;
        }
    }

    void IWatchSink.OnEnd(Status? error)
    {
        watch = null;
        RetryLater();
    }

    private void ListAndWatch()
    {
        try
        {
            var list = api.List(resource, ns, options);
            Replace(list.Items);
            watch = api.Watch(resource, ns, options with { ResourceVersion = list.Metadata.ResourceVersion }, this);
            HasSynced = true;
            pause = RetryFirst;
        }
        catch (ApiException)
        {
            RetryLater();
        }
    }

    private void RetryLater()
    {
        if (started)
        {
            retry = clock.After(pause, ListAndWatch);
            pause = pause * 2 > RetryMax ? RetryMax : pause * 2;
        }
    }

    private void Replace(IReadOnlyList<IApiObject> items)
    {
        var seen = new HashSet<ObjectKey>(items.Count);
        foreach (var item in items)
        {
            seen.Add(ObjectKey.Of(item));
            Put((T)item);
        }

        if (seen.Count < objects.Count)
        {
            foreach (var gone in objects.Values.Where(o => !seen.Contains(ObjectKey.Of(o))).ToList())
            {
                Remove(gone);
            }
        }
    }

    private void Put(T obj)
    {
        var key = ObjectKey.Of(obj);
        if (!objects.TryGetValue(key, out var old))
        {
            objects.Add(key, obj);
            foreach (var index in indexes)
            {
                index.Add(obj);
            }

            Changed?.Invoke(null, obj);
            Added?.Invoke(obj);
            return;
        }

        if (old.Metadata.ResourceVersion == obj.Metadata.ResourceVersion)
        {
            return;
        }

        objects[key] = obj;
        foreach (var index in indexes)
        {
            index.Replace(old, obj);
        }

        Changed?.Invoke(old, obj);
        Updated?.Invoke(old, obj);
    }

    private void Remove(T obj)
    {
        if (objects.Remove(ObjectKey.Of(obj), out var old))
        {
            foreach (var index in indexes)
            {
                index.Remove(old);
            }

            Changed?.Invoke(old, null);
            Deleted?.Invoke(obj);
        }
    }
}

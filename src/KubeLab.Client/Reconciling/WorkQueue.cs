using KubeLab.Api;
using KubeLab.Simulation;

namespace KubeLab.Client.Reconciling;

/// <summary>Keys that wait to be reconciled: each at most once, in the order of arrival, failed ones after a pause that doubles.</summary>
/// <seealso href="https://pkg.go.dev/k8s.io/client-go/util/workqueue">client-go/util/workqueue</seealso>
public sealed class WorkQueue(VirtualClock clock, Backoff backoff)
{
    private readonly Queue<ObjectKey> ready = new();
    private readonly HashSet<ObjectKey> queued = [];
    private readonly Dictionary<ObjectKey, Scheduled> delayed = [];
    private readonly Dictionary<ObjectKey, int> failures = [];

    /// <summary>Called when a key becomes ready.</summary>
    public event Action? BecameReady;

    /// <summary>How many keys are ready.</summary>
    public int Count => ready.Count;

    /// <summary>Adds a key, unless it is ready already.</summary>
    public void Add(ObjectKey key)
    {
        if (queued.Add(key))
        {
            ready.Enqueue(key);
            BecameReady?.Invoke();
        }
    }

    /// <summary>Adds a key after <paramref name="delay"/>; when it waits already, the earlier time holds.</summary>
    public void AddAfter(ObjectKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        if (delayed.TryGetValue(key, out var waiting))
        {
            if (waiting.Due <= clock.Now + delay)
            {
                return;
            }

            waiting.Cancel();
        }

        delayed[key] = clock.After(delay, () =>
        {
            delayed.Remove(key);
            Add(key);
        });
    }

    /// <summary>Adds a key that failed, after a pause that doubles with each failure.</summary>
    public void AddRateLimited(ObjectKey key)
    {
        var count = failures.GetValueOrDefault(key);
        failures[key] = count + 1;
        AddAfter(key, backoff.After(count));
    }

    /// <summary>Forgets the failures of a key.</summary>
    public void Forget(ObjectKey key) => failures.Remove(key);

    /// <summary>Takes the next ready key.</summary>
    public bool TryTake(out ObjectKey key)
    {
        if (!ready.TryDequeue(out key))
        {
            return false;
        }

        queued.Remove(key);
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var waiting in delayed.Values)
        {
            waiting.Cancel();
        }

        delayed.Clear();
        ready.Clear();
        queued.Clear();
        failures.Clear();
    }
}

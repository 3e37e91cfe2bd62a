using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Client.Reconciling;

/// <summary>The loop around a reconciler: it takes keys from a work queue, one per event of the clock, and asks again after failures.</summary>
public sealed class Controller
{
    private readonly VirtualClock clock;
    private readonly IReconciler reconciler;
    private readonly WorkQueue queue;
    private bool running;
    private bool scheduled;

    /// <summary>Makes a stopped one.</summary>
    public Controller(string name, VirtualClock clock, IReconciler reconciler, Backoff? backoff = null)
    {
        Name = name;
        this.clock = clock;
        this.reconciler = reconciler;
        queue = new WorkQueue(clock, backoff ?? Backoff.WorkQueue);
        queue.BecameReady += Wake;
    }

    /// <summary>Its name, as upstream's controllers are called.</summary>
    public string Name { get; }

    /// <summary>How often the reconciler was called.</summary>
    public long Reconciles { get; private set; }

    /// <summary>The refusal that the last call ended with, or null.</summary>
    public ApiException? LastError { get; private set; }

    /// <summary>Asks for <paramref name="key"/> to be looked at.</summary>
    public void Enqueue(ObjectKey key) => queue.Add(key);

    /// <summary>Asks for <paramref name="key"/> to be looked at after <paramref name="delay"/>.</summary>
    public void EnqueueAfter(ObjectKey key, TimeSpan delay) => queue.AddAfter(key, delay);

    /// <summary>Begins to work; keys that came before are not lost.</summary>
    public void Start()
    {
        running = true;
        Wake();
    }

    /// <summary>Stops at once and forgets its keys, as a process that ends.</summary>
    public void Stop()
    {
        running = false;
        queue.Clear();
    }

    private void Wake()
    {
        if (running && !scheduled && queue.Count > 0)
        {
            scheduled = true;
            clock.After(TimeSpan.Zero, Work);
        }
    }

    private void Work()
    {
        scheduled = false;
        if (running && queue.TryTake(out var key))
        {
            Reconcile(key);
            Wake();
        }
    }

    private void Reconcile(ObjectKey key)
    {
        Reconciles++;
        try
        {
            var result = reconciler.Reconcile(key);
            LastError = null;
            queue.Forget(key);
            if (result.RequeueAfter is { } delay)
            {
                queue.AddAfter(key, delay);
            }
        }
        catch (ApiException refusal)
        {
            LastError = refusal;
            queue.AddRateLimited(key);
        }
    }
}

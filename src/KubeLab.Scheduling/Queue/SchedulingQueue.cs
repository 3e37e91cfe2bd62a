using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Client.Reconciling;
using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Scheduling.Queue;

/// <summary>The pods that wait for a node: ready to be tried, backing off, set aside as unschedulable, or gated.</summary>
/// <remarks>
/// A pod that fits nowhere is set aside until a change happens that could help it, and then backs off from 1 to 10 seconds; after five minutes it is tried anyway.
/// Upstream: scheduler/backend/queue scheduling_queue.go.
/// </remarks>
public sealed class SchedulingQueue
{
    /// <summary>The pause after a failed attempt: 1 s, doubling to 10 s.</summary>
    public static readonly Backoff PodBackoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    /// <summary>How long a pod is set aside at the most.</summary>
    public static readonly TimeSpan SetAsideMax = TimeSpan.FromMinutes(5);

    private readonly VirtualClock clock;
    private readonly Func<Pod, IReadOnlyList<IPreEnqueuePlugin>> gates;
    private readonly PriorityQueue<QueuedPod, QueuedPod> active;
    private readonly Dictionary<ObjectKey, QueuedPod> pods = [];
    private readonly Dictionary<ObjectKey, QueuedPod> setAside = [];
    private readonly Backoff backoff;
    private ClusterChange awaited;
    private Repeating? flush;
    private long sequence;

    /// <summary>Makes an empty one.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="sort">Who goes first.</param>
    /// <param name="gates">Who may keep a pod out.</param>
    /// <param name="backoff">The pauses after failed attempts; <see cref="PodBackoff"/> when null.</param>
    public SchedulingQueue(VirtualClock clock, IQueueSortPlugin sort, Func<Pod, IReadOnlyList<IPreEnqueuePlugin>> gates, Backoff? backoff = null)
    {
        this.clock = clock;
        this.gates = gates;
        this.backoff = backoff ?? PodBackoff;
        active = new(sort);
    }

    /// <summary>Called when a pod becomes ready to be tried.</summary>
    public event Action? BecameReady;

    /// <summary>Called when a gate keeps a pod out, with the verdict.</summary>
    public event Action<Pod, Verdict>? Gated;

    /// <summary>How many pods wait, in whatever place.</summary>
    public int Count => pods.Count;

    /// <summary>Whether any pod is ready to be tried.</summary>
    public bool HasReady => active.Count > 0;

    /// <summary>Takes in a new pod.</summary>
    public void Add(Pod pod)
    {
        var queued = new QueuedPod(pod, clock.Now, ++sequence);
        pods[queued.Key] = queued;
        Enter(queued);
    }

    /// <summary>Takes in a newer version of a pod that waits.</summary>
    public void Update(Pod old, Pod pod)
    {
        if (!pods.TryGetValue(ObjectKey.Of(pod), out var queued))
        {
            Add(pod);
            return;
        }

        queued.Pod = pod;
        if (queued.Place == Place.Gated)
        {
            Enter(queued);
        }
        else if (queued.Place == Place.SetAside && ((!ReferenceEquals(old.Spec, pod.Spec) && old.Spec != pod.Spec) || old.Metadata.Labels != pod.Metadata.Labels))
        {
            var change = new ClusterEvent(ClusterChange.PodUpdated, old, pod);
            if ((queued.HelpedBy & ClusterChange.PodUpdated) == 0 || MayHelp(queued, change))
            {
                Release(queued);
            }
        }
    }

    /// <summary>Forgets a pod that is gone or has its node.</summary>
    public void Remove(ObjectKey key)
    {
        if (pods.Remove(key, out var queued))
        {
            setAside.Remove(key);
            queued.Place = Place.Nowhere;
        }
    }

    /// <summary>Takes the next pod to be tried; it stays known until it is removed or returned.</summary>
    public QueuedPod? Take()
    {
        while (active.TryDequeue(out var queued, out _))
        {
            if (queued.Place == Place.Active)
            {
                queued.Place = Place.Nowhere;
                queued.Attempts++;
                return queued;
            }
        }

        return null;
    }

    /// <summary>Sets a pod aside that fits nowhere, until something happens that could help it with those who refused it.</summary>
    /// <param name="queued">The pod.</param>
    /// <param name="refusedBy">Who refused it; nobody when there was no node.</param>
    public void ReturnUnschedulable(QueuedPod queued, IReadOnlyList<IPlugin> refusedBy)
    {
        if (!pods.TryGetValue(queued.Key, out var known) || known != queued)
        {
            return;
        }

        queued.RefusedBy = refusedBy;
        queued.HelpedBy = ClusterChange.NodeAdded;
        foreach (var plugin in refusedBy)
        {
            queued.HelpedBy |= plugin.HelpedBy;
        }

        awaited |= queued.HelpedBy;
        queued.SetAsideAt = clock.Now;
        queued.BackoffUntil = clock.Now + backoff.After(queued.Attempts - 1);
        queued.Place = Place.SetAside;
        setAside[queued.Key] = queued;
        flush ??= clock.Every(TimeSpan.FromSeconds(30), FlushOld);
    }

    /// <summary>Returns a pod whose attempt failed for another reason, to be tried again after its pause.</summary>
    public void ReturnFailed(QueuedPod queued)
    {
        if (pods.TryGetValue(queued.Key, out var known) && known == queued)
        {
            queued.BackoffUntil = clock.Now + backoff.After(queued.Attempts - 1);
            Release(queued);
        }
    }

    /// <summary>Something changed in the cluster: pods that it could help are tried again.</summary>
    public void OnChange(in ClusterEvent change)
    {
        if (setAside.Count == 0 || (awaited & change.Change) == 0)
        {
            return;
        }

        List<QueuedPod>? helped = null;
        awaited = ClusterChange.None;
        foreach (var queued in setAside.Values)
        {
            awaited |= queued.HelpedBy;
            if ((queued.HelpedBy & change.Change) != 0 && MayHelp(queued, change))
            {
                (helped ??= []).Add(queued);
            }
        }

        foreach (var queued in helped?.OrderBy(q => q.Sequence).ToList() ?? [])
        {
            Release(queued);
        }
    }

    /// <summary>The pod's place in the queue, in upstream's words; null when it is not there.</summary>
    public QueuedPod? Find(ObjectKey key) => pods.GetValueOrDefault(key);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        flush?.Cancel();
        flush = null;
        active.Clear();
        setAside.Clear();
        foreach (var queued in pods.Values)
        {
            queued.Place = Place.Nowhere;
        }

        pods.Clear();
    }

    /// <summary>A change helps when any of those who refused the pod thinks so.</summary>
    private static bool MayHelp(QueuedPod queued, in ClusterEvent change)
    {
        if (queued.RefusedBy.Count == 0)
        {
            return true;
        }

        foreach (var plugin in queued.RefusedBy)
        {
            if ((plugin.HelpedBy & change.Change) != 0 && plugin.MayHelp(queued.Pod, change))
            {
                return true;
            }
        }

        return false;
    }

    private void Enter(QueuedPod queued)
    {
        foreach (var gate in gates(queued.Pod))
        {
            var verdict = gate.PreEnqueue(queued.Pod);
            if (!verdict.IsSuccess)
            {
                queued.Place = Place.Gated;
                Gated?.Invoke(queued.Pod, verdict);
                return;
            }
        }

        Activate(queued);
    }

    private void Release(QueuedPod queued)
    {
        setAside.Remove(queued.Key);
        if (queued.BackoffUntil <= clock.Now)
        {
            Activate(queued);
            return;
        }

        queued.Place = Place.Backoff;
        clock.At(queued.BackoffUntil, () =>
        {
            if (queued.Place == Place.Backoff)
            {
                Activate(queued);
            }
        });
    }

    private void Activate(QueuedPod queued)
    {
        queued.Place = Place.Active;
        active.Enqueue(queued, queued);
        BecameReady?.Invoke();
    }

    private void FlushOld()
    {
        foreach (var queued in setAside.Values.Where(q => clock.Now - q.SetAsideAt > SetAsideMax).OrderBy(q => q.Sequence).ToList())
        {
            Release(queued);
        }

        if (setAside.Count == 0)
        {
            flush?.Cancel();
            flush = null;
        }
    }
}

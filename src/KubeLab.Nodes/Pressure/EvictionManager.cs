using KubeLab.Api;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Sharing;
using KubeLab.Nodes.Volumes;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Pressure;

/// <summary>
/// Takes pods from a machine that runs short of memory or disk, one at each look. It looks every ten seconds while something is short, and otherwise only at the look before which something may
/// become short: a node that has enough is never looked at.
/// </summary>
/// <remarks>Upstream: pkg/kubelet/eviction.</remarks>
internal sealed class EvictionManager
{
    private const int CleanupPollsMax = 30;
    private static readonly TimeSpan CleanupPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ImmediateGrace = TimeSpan.FromSeconds(1);

    private readonly MachineLoad load;
    private readonly NodeConfig config;
    private readonly IEvictionHost host;
    private readonly NodeMemory memory;
    private readonly IReadOnlyList<EvictionThreshold> thresholds;
    private readonly long harmless;
    private EvictionState state = EvictionState.Calm;
    private Scheduled? next;
    private DateTimeOffset started;
    private bool isRunning;
    private bool keepsTooMuch;

    public EvictionManager(MachineLoad load, NodeConfig config, IEvictionHost host)
    {
        this.load = load;
        this.config = config;
        this.host = host;
        memory = NodeMemory.Of(config);
        thresholds = config.Eviction.Effective;
        harmless = memory.Capacity == 0 ? long.MaxValue : memory.Harmless(thresholds);
    }

    /// <summary>The conditions of the node that hold: <c>MemoryPressure</c>, <c>DiskPressure</c>.</summary>
    public IReadOnlyList<string> Conditions => state.Conditions;

    /// <summary>The kubelet runs; what it knew before it has forgotten.</summary>
    public void Start()
    {
        (isRunning, started, state) = (true, load.Clock.Now, EvictionState.Calm);
        OnChanged();
    }

    /// <summary>The kubelet stops.</summary>
    public void Stop()
    {
        isRunning = false;
        next?.Cancel();
        next = null;
    }

    /// <summary>Something has come onto the disk, or gone from it.</summary>
    public void OnDiskChanged()
    {
        keepsTooMuch = host.Pods.Any(p => !p.IsOver && EmptyDirLimits.WhyTooMuch(p) is not null && !CriticalPod.Is(p.Pod));
        OnChanged();
    }

    /// <summary>What containers may use has changed.</summary>
    public void OnChanged()
    {
        if (!isRunning || !state.IsCalm || (next is null && load.MemoryPeak <= harmless && !IsDiskLookDue()))
        {
            return;
        }

        next?.Cancel();
        next = null;
        if (IsDiskLookDue())
        {
            LookAfter(TimeSpan.Zero);
        }
        else if (load.FirstAbove(harmless) is { } wait)
        {
            LookAfter(wait);
        }
    }

    // Looks happen on a grid that begins with the kubelet.
    private void LookAfter(TimeSpan wait)
    {
        var passed = load.Clock.Now + wait - started;
        var looks = Math.Max(1, Math.Ceiling(passed / config.Eviction.HousekeepingInterval));
        var due = started + (config.Eviction.HousekeepingInterval * looks);
        next = load.Clock.At(due > load.Clock.Now ? due : load.Clock.Now, Look);
    }

    private void Look()
    {
        next = null;
        var seen = Observe();
        state = state.Look(thresholds, seen, config.Eviction.PressureTransitionPeriod, load.Clock.Now);
        if ((EvictForItself() ?? Reclaim(seen)) is { } evicted)
        {
            AwaitCleanup(evicted, 1);
        }
        else if (state.IsCalm)
        {
            OnChanged();
        }
        else
        {
            next = load.Clock.After(config.Eviction.HousekeepingInterval, Look);
        }
    }

    private List<EvictionObservation> Observe()
    {
        var seen = memory.Observe(load.MemoryWithin(TimeSpan.Zero)).ToList();
        if (DiskCapacity is { } disk)
        {
            var left = Math.Max(disk - host.Images.Bytes, 0);
            seen.Add(new(EvictionSignals.NodeFsAvailable, left, disk));
            seen.Add(new(EvictionSignals.ImageFsAvailable, left, disk));
        }

        return seen;
    }

    // Who keeps more than he may goes, however much room there is.
    private PodWorker? EvictForItself()
    {
        PodWorker? last = null;
        keepsTooMuch = false;
        foreach (var pod in host.Pods.Where(p => p is { IsOver: false, EmptyDirs: not null }).ToList())
        {
            if (EmptyDirLimits.WhyTooMuch(pod) is { } why && !CriticalPod.Is(pod.Pod))
            {
                host.RecordEviction(pod, why);
                pod.Fail("Evicted", why, ImmediateGrace);
                last = pod;
            }
        }

        return last;
    }

    private PodWorker? Reclaim(List<EvictionObservation> seen)
    {
        if (state.Due.Count == 0)
        {
            return null;
        }

        var threshold = state.Due[0];
        var resource = EvictionSignals.ResourceOf(threshold.Signal);
        host.RecordNode(isWarning: true, "EvictionThresholdMet", $"Attempting to reclaim {resource}");
        if (resource != "memory" && host.Images.RemoveUnused(ImagesInUse()) && !IsDiskShort())
        {
            return null;
        }

        var observed = seen.Find(o => o.Signal == threshold.Signal);
        var candidates = EvictionRanking.Rank(host.Pods.Where(p => p is { IsOver: false, HasSandbox: true }), p => Figures(p, resource));
        foreach (var pod in candidates)
        {
            if (!CriticalPod.Is(pod.Pod))
            {
                var message = EvictionMessage.Of(resource, threshold.BytesOf(observed.Capacity), observed.Available, Uses(pod, resource));
                host.RecordEviction(pod, message);
                pod.Evict(message, threshold.IsHard ? ImmediateGrace : TimeSpan.FromSeconds(config.Eviction.MaxPodGracePeriodSeconds));
                return pod;
            }
        }

        return null;
    }

    // A pod takes a moment to go; without waiting for that the next look would take another one for nothing.
    private void AwaitCleanup(PodWorker pod, int polls) => next = load.Clock.After(CleanupPoll, () =>
    {
        if (pod.IsTerminal || polls >= CleanupPollsMax)
        {
            Look();
        }
        else
        {
            AwaitCleanup(pod, polls + 1);
        }
    });

    private static EvictionFigures Figures(PodWorker pod, string resource) => new(
        pod.Pod.Spec.Priority ?? 0,
        resource == "memory" ? pod.Containers.Sum(c => c.MemoryPeak(TimeSpan.Zero)) : 0,
        PodRequests.Of(pod.Pod.Spec, resource));

    private static IEnumerable<(string Name, long Used, Quantity Requested)> Uses(PodWorker pod, string resource) => resource != "memory" ? [] : pod.Pod.Spec.Containers
        .Concat(pod.Pod.Spec.InitContainers)
        .Select(c => (c.Name, pod.Find(c.Name) is { IsAlive: true } run ? run.MemoryPeak(TimeSpan.Zero) : 0, c.Resources.Requests[resource] ?? Quantity.Zero));

    private long? DiskCapacity => config.Capacity["ephemeral-storage"]?.Value;

    private bool IsDiskLookDue() => keepsTooMuch || IsDiskShort();

    private bool IsDiskShort() => DiskCapacity is { } disk
        && thresholds.Any(t => !EvictionSignals.IsMemory(t.Signal) && disk - host.Images.Bytes < t.BytesOf(disk));

    private HashSet<string> ImagesInUse() => host.Pods.Where(p => !p.IsTerminal).SelectMany(p => p.Containers).Select(c => c.Spec.Image ?? "").ToHashSet(StringComparer.Ordinal);
}

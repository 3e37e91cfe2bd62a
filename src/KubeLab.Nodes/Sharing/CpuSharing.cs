using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Sharing;

/// <summary>Divides a machine's cores among its containers whenever what they want together changes and is more than there is.</summary>
internal sealed class CpuSharing(MachineLoad load, NodeConfig config)
{
    private const double Noticeable = 1e-6;
    private const double Unbounded = 1e9;

    // The system's own processes come first; they want little.
    private readonly long? capacity = config.Capacity["cpu"]?.MilliValue is { } cores ? Math.Max(cores - config.SystemCpuMillis, 1) : null;
    private Scheduled? next;
    private bool isShort;
    private bool isDividing;

    /// <summary>A container has come, gone, or changed its mind.</summary>
    public void OnChanged()
    {
        if (!isDividing && capacity is { } most && (isShort || load.CpuPeak > most))
        {
            DivideAfter(TimeSpan.Zero);
        }
    }

    /// <summary>The most that a container would get now if it wanted all there is, its limit aside, in thousandths of a core.</summary>
    public double MostFor(ContainerRun container)
    {
        if (capacity is not { } all)
        {
            return Unbounded;
        }

        // While there is plenty, it is what the others leave.
        var left = all - load.CpuPeak + container.CpuCounted;
        if (left >= container.CpuCounted * 2)
        {
            return left;
        }

        var pods = new Dictionary<PodWorker, int>();
        var asks = new CpuAsk[load.Running.Count];
        var own = -1;
        for (var i = 0; i < asks.Length; i++)
        {
            asks[i] = Ask(load.Running[i], pods);
            if (load.Running[i] == container)
            {
                (own, asks[i]) = (i, asks[i] with { WantsMillis = all });
            }
        }

        return own < 0 ? left : CpuDivision.Divide(all, asks)[own];
    }

    private void DivideAfter(TimeSpan wait)
    {
        var due = load.Clock.Now + wait;
        if (next is { IsOver: false } && next.Due <= due)
        {
            return;
        }

        next?.Cancel();
        next = load.Clock.After(wait, Divide);
    }

    private void Divide()
    {
        (next, isDividing) = (null, true);
        var containers = load.Running.ToArray();
        var pods = new Dictionary<PodWorker, int>();
        var asks = new CpuAsk[containers.Length];
        for (var i = 0; i < containers.Length; i++)
        {
            asks[i] = Ask(containers[i], pods);
        }

        isShort = asks.Sum(a => a.WantsMillis) > capacity;
        var gets = isShort ? CpuDivision.Divide(capacity!.Value, asks) : null;
        for (var i = 0; i < containers.Length; i++)
        {
            Give(containers[i], gets is null || asks[i].WantsMillis == 0 ? 1 : Math.Min(gets[i] / asks[i].WantsMillis, 1));
        }

        load.Recount();
        isDividing = false;
        if (load.CpuPeak > capacity && NextChange() is { } wait)
        {
            DivideAfter(wait);
        }
    }

    private static CpuAsk Ask(ContainerRun container, Dictionary<PodWorker, int> pods)
    {
        if (!pods.TryGetValue(container.Pod, out var pod))
        {
            pods.Add(container.Pod, pod = pods.Count);
        }

        return new CpuAsk(
            pod, QosClass.Of(container.Pod.Pod.Spec), PodRequests.Of(container.Spec, "cpu"), container.WantedNow().CpuMillis);
    }

    private static void Give(ContainerRun container, double share)
    {
        if (Math.Abs(share - container.CpuShare) > Noticeable)
        {
            container.Restrain(share);
        }
    }

    private TimeSpan? NextChange()
    {
        TimeSpan? first = null;
        foreach (var container in load.Running)
        {
            if (container.NextUse() is { } wait && (first is null || wait < first))
            {
                first = wait;
            }
        }

        return first;
    }
}

using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Sharing;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Pressure;

/// <summary>The kernel's last resort: when containers want more memory than there is, before the kubelet has had a look, one is killed at once.</summary>
internal sealed class OutOfMemory(MachineLoad load, NodeConfig config)
{
    private readonly NodeMemory memory = NodeMemory.Of(config);
    private Scheduled? next;

    /// <summary>Called with each victim, before it dies, and whether the machine as a whole was full.</summary>
    public Action<ContainerRun, bool>? Killing { get; set; }

    /// <summary>A container has come, gone, or changed its mind.</summary>
    public void OnChanged()
    {
        if (memory.Capacity == 0 || (next is null && load.MemoryPeak <= memory.FatalToPods))
        {
            return;
        }

        next?.Cancel();
        next = load.FirstAbove(memory.FatalToPods) is { } wait ? load.Clock.After(wait, Kill) : null;
    }

    private void Kill()
    {
        next = null;
        if (load.MemoryWithin(TimeSpan.Zero) > memory.FatalToPods && Victim() is { } victim)
        {
            Killing?.Invoke(victim, memory.IsMachineFull);
            victim.Kill();
        }

        OnChanged();
    }

    private ContainerRun? Victim() => load.Running.Where(c => c.MemoryPeak(TimeSpan.Zero) > 0).MaxBy(
        c => OomScore.Badness(c.MemoryPeak(TimeSpan.Zero), OomScore.Adjustment(c.Pod.Pod, c.Spec, memory.Capacity), memory.Capacity));
}

using KubeLab.Nodes.Containers;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Sharing;

/// <summary>
/// The containers that run on a machine, and the most that each may use. While the sum of that stays within what the machine has, nothing more is computed and no event happens:
/// an ordinary node costs two additions for each start and end of a container.
/// </summary>
internal sealed class MachineLoad
{
    private readonly List<ContainerRun> running = [];

    /// <summary>The load of a machine that runs nothing yet.</summary>
    public MachineLoad(VirtualClock clock, NodeConfig config)
    {
        Clock = clock;
        Cpu = new CpuSharing(this, config);
    }

    /// <summary>Virtual time.</summary>
    public VirtualClock Clock { get; }

    /// <summary>Who gets how much CPU.</summary>
    public CpuSharing Cpu { get; }

    /// <summary>The containers whose processes exist, in the order in which they started.</summary>
    public IReadOnlyList<ContainerRun> Running => running;

    /// <summary>CPU that they may use together at most, in thousandths of a core, until one of them has news.</summary>
    public long CpuPeak { get; private set; }

    /// <summary>A container runs, or knows more of its future.</summary>
    public void Note(ContainerRun container)
    {
        if (!container.IsCounted)
        {
            container.IsCounted = true;
            running.Add(container);
        }

        Count(container, container.CpuPeak());
        Cpu.OnChanged();
    }

    /// <summary>A container runs no more.</summary>
    public void Remove(ContainerRun container)
    {
        if (!container.IsCounted)
        {
            return;
        }

        container.IsCounted = false;
        running.Remove(container);
        Count(container, 0);
        container.CpuShare = 1;
        Cpu.OnChanged();
    }

    /// <summary>Asks all containers again for the most that they may use.</summary>
    public void Recount()
    {
        foreach (var container in running)
        {
            Count(container, container.CpuPeak());
        }
    }

    private void Count(ContainerRun container, long cpu)
    {
        CpuPeak += cpu - container.CpuCounted;
        container.CpuCounted = cpu;
    }
}

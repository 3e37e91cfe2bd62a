using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Probes;

namespace KubeLab.Nodes.Serving;

/// <summary>The requests of one running process: what comes, what waits, and what that takes of the machine. Only processes that are asked something have one.</summary>
internal sealed class ContainerServing(ContainerRun container, RequestProfile profile, Action<ContainerServing> changed)
{
    private double advancedTo = container.Elapsed.TotalSeconds;
    private bool wasRisky;

    /// <summary>What one request takes.</summary>
    public RequestProfile Profile => profile;

    /// <summary>Requests that come per second.</summary>
    public double Rate { get; private set; }

    /// <summary>Requests that wait because more came than could be served.</summary>
    public double Waiting { get; private set; }

    /// <summary>How it serves now.</summary>
    public ServingFigures Figures { get; private set; }

    /// <summary>Requests answered so far.</summary>
    public double Served { get; private set; }

    /// <summary>Requests refused so far, and those that were lost when the process ended.</summary>
    public double Refused { get; private set; }

    /// <summary>Whether the process has ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>CPU that the requests want, in thousandths of a core.</summary>
    public long CpuMillis { get; private set; }

    /// <summary>Memory that the requests hold, in bytes.</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>Seconds until the queue is full or empty; null when it stays as it is.</summary>
    public double? UntilChange => IsOver ? null : Backlog.UntilChange(Waiting, Rate, Figures.Capacity.PerSecond, profile.Queue);

    /// <summary>Brings what was served and what waits up to this instant.</summary>
    public void Advance()
    {
        var now = container.Elapsed.TotalSeconds;
        if (IsOver || now <= advancedTo)
        {
            return;
        }

        // Times are whole ticks of 100 ns, so a queue is empty or full a trace before or after the instant that was computed.
        var step = Backlog.After(Waiting, Rate, Figures.Capacity.PerSecond, profile.Queue, now - advancedTo);
        advancedTo = now;
        Served += step.Served;
        Refused += step.Refused;
        Waiting = step.Waiting < 1e-6 ? 0 : profile.Queue - step.Waiting < 1e-6 ? profile.Queue : step.Waiting;
    }

    /// <summary>From now on so many requests come per second; its neighbours learn what it wants of the machine.</summary>
    public void Arrive(double rate)
    {
        Rate = rate;
        var wanted = (long)Math.Ceiling(ServingFigures.CoresWanted(profile, Rate, Waiting) * 1000);
        if (wanted != CpuMillis)
        {
            container.CountCpu();
            CpuMillis = wanted;
            container.NoteUse();
        }
    }

    /// <summary>Finds out how it serves with the CPU that it may have.</summary>
    public void Settle()
    {
        if (IsOver)
        {
            return;
        }

        var capacity = ServingCapacity.Of(profile, container.MillisForRequests() / 1000);
        Figures = ServingFigures.Of(profile, capacity, Rate, Waiting);
        var memory = (long)(Figures.InFlight * profile.MemoryBytes);
        if (memory != MemoryBytes)
        {
            MemoryBytes = memory;
            container.NoteUse();
        }

        var isRisky = ProbeRisk.IsAny(Figures);
        if (isRisky != wasRisky)
        {
            wasRisky = isRisky;
            container.WakeProbes();
        }

        if (container.ExceedsMemoryNow())
        {
            container.Kill();
        }
    }

    /// <summary>It gets more or less of the machine than before.</summary>
    public void OnShareChanged() => changed(this);

    /// <summary>The process has ended, and what it had before it is lost.</summary>
    public void OnEnded()
    {
        Advance();
        Refused += Waiting;
        (IsOver, Waiting, Rate, CpuMillis, MemoryBytes) = (true, 0, 0, 0, 0);
        changed(this);
    }
}

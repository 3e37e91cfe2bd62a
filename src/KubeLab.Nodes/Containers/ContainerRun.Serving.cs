using KubeLab.Nodes.Serving;

namespace KubeLab.Nodes.Containers;

/// <summary>The requests that reach the process, and what of the machine is there for them.</summary>
internal sealed partial class ContainerRun
{
    private ContainerServing? serving;

    /// <summary>The requests that reach it; null while nobody asks it anything.</summary>
    public ContainerServing? Serving => serving;

    /// <summary>How it serves, which it begins to do when it is first asked; it must listen.</summary>
    /// <param name="changed">Called when it gets more or less of the machine, or ends.</param>
    public ContainerServing Serve(Action<ContainerServing> changed) =>
        serving ??= new ContainerServing(this, run!.Serves(ContainerEnvironment.ContextOf(this, Host)), changed);

    /// <summary>The most CPU that its requests may have now, in thousandths of a core: what its limit and its neighbours leave, less what it uses anyway.</summary>
    public double MillisForRequests()
    {
        var most = Host.Load.Cpu.MostFor(this);
        var limited = Spec.Resources.Limits["cpu"] is { } limit ? Math.Min(most, limit.MilliValue) : most;
        return Math.Max(limited - run!.UseAt(Elapsed).CpuMillis, 0);
    }

    /// <summary>Whether it holds more memory now than its limit allows.</summary>
    public bool ExceedsMemoryNow() => IsAlive && Spec.Resources.Limits["memory"] is { IsZero: false } limit
        && WantedNow().MemoryBytes > limit.Value;

    /// <summary>What it uses has changed.</summary>
    public void NoteUse()
    {
        if (IsCounted)
        {
            Host.Load.Note(this);
        }
    }

    /// <summary>Its probes may find something else than before.</summary>
    public void WakeProbes() => probes?.Wake();

    private void EndServing()
    {
        serving?.OnEnded();
        serving = null;
    }
}

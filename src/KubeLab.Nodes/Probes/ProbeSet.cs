using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.Probes;

/// <summary>The probes of one run of a container. Until the startup probe succeeds the others wait.</summary>
internal sealed class ProbeSet
{
    private readonly ContainerRun container;
    private readonly ProbeRun? startup;
    private readonly ProbeRun? liveness;
    private readonly ProbeRun? readiness;

    public ProbeSet(ContainerRun container, IPodHost host)
    {
        this.container = container;
        var spec = container.Spec;
        startup = spec.StartupProbe is { } s ? new ProbeRun(container, host, s, "Startup", OnStartup) : null;
        liveness = spec.LivenessProbe is { } l ? new ProbeRun(container, host, l, "Liveness", OnLiveness) : null;
        readiness = spec.ReadinessProbe is { } r ? new ProbeRun(container, host, r, "Readiness", OnReadiness) : null;
    }

    /// <summary>The process has started.</summary>
    public void Start()
    {
        if (startup is not null)
        {
            startup.Start();
            return;
        }

        StartOthers();
    }

    /// <summary>The kubelet is back.</summary>
    public void Resume() => StartOthers();

    /// <summary>Something has changed that nobody could foresee.</summary>
    public void Wake()
    {
        liveness?.Wake();
        readiness?.Wake();
    }

    /// <summary>Nobody asks any more.</summary>
    public void Cancel(bool keepReadiness)
    {
        startup?.Cancel();
        liveness?.Cancel();
        if (!keepReadiness || readiness is not null)
        {
            readiness?.Cancel();
        }
    }

    private void StartOthers()
    {
        liveness?.Start();
        readiness?.Start();
    }

    private void OnStartup(bool success)
    {
        if (success)
        {
            container.BecomeStarted();
            StartOthers();
        }
        else
        {
            Kill(container.Spec.StartupProbe!.TerminationGracePeriodSeconds, "startup");
        }
    }

    private void OnLiveness(bool success)
    {
        if (!success)
        {
            Kill(container.Spec.LivenessProbe!.TerminationGracePeriodSeconds, "liveness");
        }
    }

    private void OnReadiness(bool success) => container.BecomeReady(success);

    private void Kill(long? graceSeconds, string probe)
    {
        var seconds = graceSeconds ?? container.Pod.Pod.Spec.TerminationGracePeriodSeconds ?? 30;
        container.Stop(
            TimeSpan.FromSeconds(seconds),
            $"Container {container.Spec.Name} failed {probe} probe, will be restarted",
            restarts: container.Pod.Pod.Spec.RestartPolicy != "Never");
    }
}

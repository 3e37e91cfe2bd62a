using KubeLab.Api.Core;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Probes;

/// <summary>One probe of one run: asks, counts, and tells when it changes its mind.</summary>
/// <remarks>While the answer cannot change it does not ask: thirty thousand healthy pods cost nothing. A failing probe asks every period.</remarks>
internal sealed class ProbeRun
{
    private readonly ContainerRun container;
    private readonly IPodHost host;
    private readonly Probe probe;
    private readonly string kind;
    private readonly Action<bool> changed;
    private readonly Action tick;
    private Scheduled? timer;
    private int successes;
    private int failures;
    private bool? verdict;

    public ProbeRun(ContainerRun container, IPodHost host, Probe probe, string kind, Action<bool> changed)
    {
        this.container = container;
        this.host = host;
        this.probe = probe;
        this.kind = kind;
        this.changed = changed;
        tick = Tick;
    }

    private TimeSpan Period => TimeSpan.FromSeconds(probe.PeriodSeconds > 0 ? probe.PeriodSeconds : 10);

    /// <summary>Begins to ask, or asks on after a pause.</summary>
    public void Start()
    {
        timer?.Cancel();
        var first = TimeSpan.FromSeconds(probe.InitialDelaySeconds) - container.Elapsed;
        timer = host.Clock.After(first > TimeSpan.Zero ? first : TimeSpan.Zero, tick);
    }

    /// <summary>Something has changed that nobody could foresee: it asks again after a period at the latest.</summary>
    public void Wake()
    {
        if (verdict == true && (timer is null or { IsOver: true } || timer.Due > host.Clock.Now + Period))
        {
            timer?.Cancel();
            timer = host.Clock.After(Period, tick);
        }
    }

    /// <summary>Stops asking.</summary>
    public void Cancel() => timer?.Cancel();

    private void Tick()
    {
        if (!host.IsActive || !container.IsAlive)
        {
            return;
        }

        var error = ProbeQuestion.Ask(probe, container);
        if (error is null)
        {
            successes++;
            failures = 0;
        }
        else
        {
            failures++;
            successes = 0;
            host.Record(
                container.Pod.Pod,
                true,
                "Unhealthy",
                error.IsUnknown ? $"{kind} probe errored and resulted in unknown state: {error.Text}" : $"{kind} probe failed: {error.Text}",
                host.Runtime.Shared.FieldPath(container.Spec.Name, container.IsInit));
        }

        Judge();
    }

    private void Judge()
    {
        bool? now = successes >= Math.Max(1, probe.SuccessThreshold) ? true
            : failures >= (probe.FailureThreshold > 0 ? probe.FailureThreshold : 3) ? false
            : null;
        if (now is { } judged && judged != verdict)
        {
            verdict = judged;
            changed(judged);
            if (kind == "Startup" && judged)
            {
                return;
            }
        }

        if (!container.IsAlive || container.State != Stages.LifeState.Running)
        {
            return;
        }

        // The first tick of the period grid at which the answer may differ; a failing probe must count on.
        if (verdict != true || failures > 0)
        {
            timer = host.Clock.After(Period, tick);
        }
        else if (ProbeQuestion.NextChange(probe, container) is { } change)
        {
            var periods = Math.Max(1, Math.Ceiling((change - container.Elapsed) / Period));
            timer = host.Clock.After(Period * periods, tick);
        }
    }
}

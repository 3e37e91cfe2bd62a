using KubeLab.Api.Core;
using KubeLab.Nodes.Probes;
using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Stages;

namespace KubeLab.Nodes.Containers;

/// <summary>The process of a container: its start, what it uses, its end.</summary>
internal sealed partial class ContainerRun
{
    private const double StopGraceMinSeconds = 2;

    private ProbeSet? probes;

    /// <summary>What it has written: by the current run, or by the one before.</summary>
    /// <returns>The lines with their instants, or null when there is no such run.</returns>
    public IEnumerable<(DateTimeOffset At, string Text)>? ReadLog(bool previous)
    {
        // A container that waits to be started again has its latest run behind it: that is both its current and its previous log, as upstream.
        var latest = !previous || (!IsAlive && attempt?.WaitingReason is not null);
        var (told, from, until) = latest ? (run, startedAt, IsAlive || history is null ? Host.Clock.Now : history.EndedAt) : history?.Before ?? default;
        return told?.Log(until - from).Select(line => (from + line.At, line.Text));
    }

    /// <summary>Asks the process to stop: the hook, the signal, the grace period, the kill.</summary>
    /// <param name="grace">From now until it is killed.</param>
    /// <param name="why">What the event says; null for no event.</param>
    /// <param name="restarts">Whether it is to be started again afterwards.</param>
    public void Stop(TimeSpan grace, string? why, bool restarts = false)
    {
        if (State == LifeState.Stopping)
        {
            Hasten(grace);
            return;
        }

        if (State != LifeState.Running)
        {
            GiveUp();
            return;
        }

        timer?.Cancel();
        probes?.Cancel(keepReadiness: true);
        restartsAfterProbe = restarts;
        if (why is not null && Host.IsActive)
        {
            Host.Record(pod.Pod, false, "Killing", why, Host.Runtime.Shared.FieldPath(Spec.Name, IsInit));
        }

        stop = PlanStop(grace);
        State = LifeState.Stopping;
        Advance();
    }

    /// <summary>The machine lost power while it ran.</summary>
    public void LosePower()
    {
        timer?.Cancel();
        timer = null;
        stage = null;
        probes?.Cancel(keepReadiness: false);
        (IsReady, IsStarted) = (false, false);
        if (IsAlive)
        {
            EndWith(ExitOnPowerLoss, "Unknown", null, started: true);
            State = LifeState.Noticed;
        }
        else if (State is LifeState.Exited)
        {
            State = LifeState.Noticed;
        }
        else if (State is not (LifeState.Finished or LifeState.Noticed))
        {
            State = LifeState.Waiting;
            attempt?.WaitingReason = null;
            attempt?.WaitingMessage = null;
        }
    }

    /// <summary>The kubelet is back: what it left undone goes on.</summary>
    public void Resume()
    {
        if (State == LifeState.Running && IsStarted)
        {
            probes?.Resume();
        }

        if (State != LifeState.Waiting)
        {
            Advance();
        }
    }

    /// <summary>The kubelet is gone: nobody probes.</summary>
    public void Suspend()
    {
        probes?.Cancel(keepReadiness: true);
        if (!IsAlive)
        {
            timer?.Cancel();
            timer = null;
        }
    }

    /// <summary>The startup probe has succeeded.</summary>
    public void BecomeStarted()
    {
        IsStarted = true;
        IsReady = Spec.ReadinessProbe is null;
        pod.Touch(posts: true);
        pod.Sync();
    }

    /// <summary>The readiness probe has changed its mind.</summary>
    public void BecomeReady(bool ready)
    {
        if (IsReady != ready)
        {
            IsReady = ready;
            pod.Touch(posts: true);
        }
    }

    private void Create()
    {
        if (HasRun)
        {
            Restarts++;
            (history ??= new RunHistory()).Keep(run, startedAt);
        }

        run = null;
        id = Host.NextContainerId();
        try
        {
            run = Host.Runtime.Programs.Start(ContainerEnvironment.ContextOf(this, Host));
            if (pod.EmptyDirs is { } volumes && volumes.AreMountedBy(Spec))
            {
                run.ShareFiles(edit => volumes.Write(this, edit));
            }
        }
        catch (ExecutableNotFoundException missing)
        {
            Attempt.Error = "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: "
                + $"unable to start container process: error during container init: {missing.Message}: unknown";
        }
    }

    private void Start()
    {
        startedAt = Host.Clock.Now;
        BeginCounting();
        endsNow = false;
        attempt = null;
        restartsAfterProbe = false;
        IsStarted = Spec.StartupProbe is null;
        IsReady = IsStarted && Spec.ReadinessProbe is null;
        if (Spec.LivenessProbe is not null || Spec.ReadinessProbe is not null || Spec.StartupProbe is not null)
        {
            probes = new ProbeSet(this, Host);
            probes.Start();
        }
    }

    // The process is looked at when it may end, when it asks for it, or when its memory outgrows its limit.
    private TimeSpan? NextLook()
    {
        var (at, _) = NextEvent();
        Host.Load.Note(this);
        if (at is not { } offset)
        {
            return null;
        }

        var left = startedAt + Min(offset, TimeSpan.FromDays(36500)) - Host.Clock.Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private (TimeSpan? At, (int Code, string Reason)? End) NextEvent()
    {
        if (endsNow && stop is not null)
        {
            return (TimeSpan.Zero, (stop.ExitCode, stop.Reason));
        }

        var foresight = run!.Foresee(Elapsed);
        var limit = Spec.Resources.Limits["memory"]?.Value ?? 0;
        if (limit > 0 && run.ExceedsMemory(limit) is { } oom && (foresight.At is null || oom <= foresight.At))
        {
            return (oom, (ExitOnKill, "OOMKilled"));
        }

        return (foresight.At, foresight.ExitCode is { } code ? (code, code == 0 ? "Completed" : "Error") : null);
    }

    private bool EndsNow()
    {
        var (at, end) = NextEvent();
        if (end is not { } known || at > Elapsed)
        {
            return false;
        }

        stop = new PlannedEnd(TimeSpan.Zero, known.Code, known.Reason);
        return true;
    }

    private PlannedEnd PlanStop(TimeSpan grace)
    {
        var hook = HookTime();
        if (hook > grace)
        {
            Host.Record(pod.Pod, true, "FailedPreStopHook", "PreStopHook failed", Host.Runtime.Shared.FieldPath(Spec.Name, IsInit));
            hook = grace;
        }

        var left = Max(grace - hook, TimeSpan.FromSeconds(Math.Min(StopGraceMinSeconds, Math.Max(grace.TotalSeconds, 0))));
        var takes = run!.StopsWithin(Elapsed + hook);
        var plan = takes is { } span && span <= left
            ? new PlannedEnd(hook + span, run.StopExitCode, run.StopExitCode == 0 ? "Completed" : "Error")
            : new PlannedEnd(hook + left, ExitOnKill, "Error");
        return NextEvent() is ({ } at, { } end) && at - Elapsed <= plan.After ? new PlannedEnd(Max(at - Elapsed, TimeSpan.Zero), end.Code, end.Reason) : plan;
    }

    private TimeSpan HookTime()
    {
        var hook = Spec.Lifecycle?.PreStop;
        if (hook?.Sleep is { } sleep)
        {
            return TimeSpan.FromSeconds(sleep.Seconds);
        }

        try
        {
            return hook?.Exec is { } exec ? run!.Exec(exec.Command, Elapsed).Took : TimeSpan.Zero;
        }
        catch (ExecutableNotFoundException)
        {
            return TimeSpan.Zero;
        }
    }

    // A second, shorter grace period moves the kill forward.
    private void Hasten(TimeSpan grace)
    {
        if (timer is { IsOver: false } && timer.Due > Host.Clock.Now + grace)
        {
            timer.Cancel();
            timer = null;
            stop = new PlannedEnd(grace, ExitOnKill, "Error");
            Advance();
        }
    }

    private void OnExited()
    {
        probes?.Cancel(keepReadiness: false);
        probes = null;
        (IsReady, IsStarted) = (false, false);
        var message = run!.TerminationMessage;
        if (message is null && stop!.ExitCode != 0 && Spec.TerminationMessagePolicy == "FallbackToLogsOnError")
        {
            message = string.Join('\n', run.Log(Elapsed).TakeLast(80).Select(l => l.Text));
        }

        EndWith(stop!.ExitCode, stop.Reason, message, started: true);
    }

    private void EndWith(int exitCode, string reason, string? message, bool started)
    {
        EndCounting();
        Host.Load.Remove(this);
        EndServing();
        var now = Host.Clock.Now;
        var ended = new ContainerStateTerminated
        {
            ExitCode = exitCode,
            Reason = reason,
            Message = string.IsNullOrEmpty(message) ? null : message,
            StartedAt = started ? startedAt : DateTimeOffset.UnixEpoch,
            FinishedAt = now,
            ContainerID = id,
        };
        (history ??= new RunHistory()).End(ended, now);
        TellEnd(exitCode);
        if (started)
        {
            TellStatic(runs: false);
        }
    }

    private void TellStatic(bool runs)
    {
        if (pod.IsStatic)
        {
            Host.StaticContainerChanged(pod, runs);
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Nodes.Images;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Stages;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Containers;

/// <summary>One container of a pod on its node, through all its runs. The stages say what follows what; this class does what each state means.</summary>
internal sealed partial class ContainerRun
{
    private const int ExitOnKill = 137;
    private const int ExitOnStartError = 128;
    private const int ExitOnPowerLoss = 255;

    private readonly PodWorker pod;
    private Stage? stage;
    private Scheduled? timer;
    private StartAttempt? attempt;
    private RunHistory? history;
    private DateTimeOffset startedAt;
    private ProgramRun? run;
    private StoredImage? image;
    private string? id;
    private PlannedEnd? stop;
    private bool restartsAfterProbe;

    public ContainerRun(PodWorker pod, Container spec, bool isInit)
    {
        this.pod = pod;
        Spec = spec;
        ReadLimit();
        IsInit = isInit;
        State = LifeState.Waiting;
    }

    /// <summary>What the user wrote.</summary>
    public Container Spec { get; private set; }

    /// <summary>Whether it is one of the init containers.</summary>
    public bool IsInit { get; }

    /// <summary>Whether it is a sidecar: an init container that goes on running.</summary>
    public bool IsSidecar => IsInit && Spec.RestartPolicy == "Always";

    /// <summary>Where it stands.</summary>
    public LifeState State { get; private set; }

    /// <summary>How often it has been started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Whether its startup probe, if any, has succeeded.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Whether it should get traffic.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Whether its process exists.</summary>
    public bool IsAlive => State is LifeState.Running or LifeState.Stopping;

    /// <summary>Whether it ended well for good.</summary>
    public bool HasSucceeded => State == LifeState.Finished && EndedWell;

    /// <summary>Whether it has run at least once.</summary>
    public bool HasRun => run is not null || Ended is not null;

    /// <summary>The process that runs now, or ran last.</summary>
    public ProgramRun? Run => run;

    /// <summary>The pod.</summary>
    public PodWorker Pod => pod;

    /// <summary>When the process began.</summary>
    public DateTimeOffset StartedAt => startedAt;

    /// <summary>How long the process has been running.</summary>
    public TimeSpan Elapsed => pod.Host.Clock.Now - startedAt;

    private IPodHost Host => pod.Host;

    private ContainerStateTerminated? Ended => history?.Ended;

    private RestartBackoff Backoff => history?.Backoff ?? default;

    private bool EndedWell => Ended is { ExitCode: 0 };

    private StartAttempt Attempt => attempt ??= new StartAttempt();

    /// <summary>Its turn has come: from waiting towards running.</summary>
    public void Begin()
    {
        if (history is { Ended: not null })
        {
            history.StartAgain(Host.Clock.Now);
            attempt?.Error = null;
        }

        Advance();
    }

    /// <summary>Finds what follows in the present state, and waits for it.</summary>
    public void Advance()
    {
        if (timer is { IsOver: false } || (!Host.IsActive && !IsAlive))
        {
            return;
        }

        while (Host.Runtime.Stages.Match(State, CurrentFacts()) is { } next)
        {
            stage = next;
            if (next.Delay.Kind == DelayKind.Computed)
            {
                if (ComputeDelay(next.Delay.Source) is not { } computed)
                {
                    return;
                }

                timer = Host.Clock.After(computed, Fire);
                return;
            }

            var delay = next.Delay.Draw(Host.Chance);
            if (delay > TimeSpan.Zero)
            {
                timer = Host.Clock.After(delay, Fire);
                return;
            }

            if (!Arrive())
            {
                return;
            }
        }
    }

    /// <summary>The user changed what runs: a new image is the one change that a pod allows, and the container starts anew with it.</summary>
    /// <remarks>Upstream: containerChanged in computePodActions.</remarks>
    public void Redefine(Container spec)
    {
        var isOther = spec.Image != Spec.Image;
        CountCpu();
        Spec = spec;
        ReadLimit();
        if (!isOther)
        {
            return;
        }

        if (State == LifeState.Running)
        {
            Stop(pod.GracePeriod, $"Container {Spec.Name} definition changed, will be restarted", restarts: true);
        }
        else if (State is LifeState.PullFailed or LifeState.PullBackOff or LifeState.NeverPull or LifeState.ConfigError)
        {
            timer?.Cancel();
            (timer, stage, State) = (null, null, LifeState.Waiting);
            attempt?.Error = null;
            pod.Sync();
        }
    }

    /// <summary>The pod is over: what is not running will not run.</summary>
    public void GiveUp()
    {
        if (!IsAlive && State is not (LifeState.Exited or LifeState.Noticed))
        {
            timer?.Cancel();
            State = LifeState.Finished;
        }
    }

    /// <summary>What the API shows of it; <paramref name="idleReason"/> when it waits for its turn.</summary>
    public ContainerStatus Report(string idleReason, SharedRecords shared)
    {
        var (state, last) = ReportedState(idleReason, shared);
        return new ContainerStatus
        {
            Name = Spec.Name,
            State = state,
            LastState = last is null ? null : new ContainerState { Terminated = last },
            Ready = IsInit && !IsSidecar ? EndedWell && !IsAlive : IsReady,
            RestartCount = Restarts,
            Image = image is null ? Spec.Image ?? "" : image.FullName,
            ImageID = image?.Id ?? "",
            ContainerID = id,
            Started = IsAlive ? IsStarted : false,
        };
    }

    private (ContainerState State, ContainerStateTerminated? Last) ReportedState(string idleReason, SharedRecords shared)
    {
        if (IsAlive)
        {
            return (shared.Running(startedAt), Ended);
        }

        if (State is LifeState.Exited or LifeState.Noticed or LifeState.Finished or LifeState.Waiting && attempt?.WaitingReason is null && Ended is not null)
        {
            return (new ContainerState { Terminated = Ended }, history!.EndedBefore);
        }

        return attempt?.WaitingReason is not { } reason
            ? (shared.Waiting(idleReason, null), Ended)
            : (shared.Waiting(reason, attempt.WaitingMessage), Ended);
    }

    private void Fire()
    {
        timer = null;
        if (stage is null)
        {
            return;
        }

        if (State == LifeState.Running && stage.Delay.Source == DelaySource.Program && !EndsNow())
        {
            Advance();
            return;
        }

        if (Arrive())
        {
            Advance();
        }
    }

    // Returns whether the container may look for its next stage at once.
    private bool Arrive()
    {
        var arrived = stage!;
        stage = null;
        State = arrived.Next;
        if (Host.IsActive)
        {
            foreach (var e in arrived.Events)
            {
                Host.Record(pod.Pod, e.IsWarning, e.Reason, e.Message.Fill(Word), Host.Runtime.Shared.FieldPath(Spec.Name, IsInit));
            }
        }

        if (arrived.WaitingReason is { } reason)
        {
            (Attempt.WaitingReason, Attempt.WaitingMessage) = (reason, arrived.WaitingMessage?.Fill(Word));
        }

        return Enter(arrived.PostsStatus);
    }

    private bool Enter(bool posts)
    {
        switch (State)
        {
            case LifeState.Pulling:
                attempt?.Pull = null;
                Host.Images.Pull(Spec.Image ?? "", OnPulled);
                return false;
            case LifeState.Created:
                Create();
                return true;
            case LifeState.Running:
                Start();
                TellStatic(runs: true);
                pod.OnAttempted(this);
                return true;
            case LifeState.PullFailed:
                Host.FailedPull(pod.Uid, Spec.Image ?? "", attempt?.Error ?? "");
                pod.OnAttempted(this);
                return true;
            case LifeState.StartFailed:
                EndWith(ExitOnStartError, "StartError", attempt?.Error, started: false);
                pod.OnAttempted(this);
                return true;
            case LifeState.PullBackOff or LifeState.NeverPull or LifeState.ConfigError:
                pod.OnAttempted(this);
                return true;
            case LifeState.Exited:
                OnExited();
                return true;
            case LifeState.Waiting:
                pod.Sync();
                return false;
            case LifeState.Finished:
                pod.OnFinished(this);
                return false;
            default:
                pod.Touch(posts);
                return true;
        }
    }

    private void OnPulled(PullResult result)
    {
        if (State != LifeState.Pulling)
        {
            return;
        }

        Attempt.Pull = result;
        Attempt.Error = result.Error ?? Attempt.Error;
        Advance();
    }

    private TimeSpan? ComputeDelay(DelaySource source) => source switch
    {
        DelaySource.ImagePull => TimeSpan.Zero,
        DelaySource.PullBackOff => Host.PullBackoff(pod.Uid, Spec.Image ?? "") ?? TimeSpan.Zero,
        DelaySource.CrashBackOff => Backoff.Remaining(history?.EndedAt ?? default, Host.Clock.Now),
        DelaySource.Stop => stop!.After,
        DelaySource.Program => NextLook(),
        _ => null,
    };

    private Facts CurrentFacts() => State switch
    {
        LifeState.Waiting => ImageFact(),
        LifeState.Pulling => attempt?.Pull is not { } pull ? Facts.None : pull.Image is null ? Facts.PullRefused : Facts.PullSucceeded,
        LifeState.ImageReady => ConfigFact(),
        LifeState.Created => run is null ? Facts.ExecutableMissing : Facts.ExecutableFound,
        LifeState.Noticed => RestartFact(),
        _ => Facts.None,
    };

    private Facts ImageFact()
    {
        var name = Spec.Image ?? "";
        var policy = Spec.ImagePullPolicy ?? (name.EndsWith(":latest", StringComparison.Ordinal) ? "Always" : "IfNotPresent");
        if (policy != "Always" && Host.Images.Find(name) is { } present)
        {
            image = present;
            return Facts.ImagePresent;
        }

        if (policy == "Never")
        {
            return Facts.ImageNever;
        }

        if (Host.PullBackoff(pod.Uid, name) > TimeSpan.Zero)
        {
            Attempt.Error = Host.PullError(pod.Uid, name);
            return Facts.ImageBackOff;
        }

        return Facts.ImagePull;
    }

    private Facts ConfigFact()
    {
        image = Host.Images.Find(Spec.Image ?? "") ?? image;
        var missing = ContainerEnvironment.WhatIsMissing(Spec, pod.Pod, Host);
        if (missing is not null || attempt is not null)
        {
            Attempt.Error = missing;
        }

        return missing is null ? Facts.ConfigFound : Facts.ConfigMissing;
    }

    private Facts RestartFact()
    {
        if (!MayRestart())
        {
            return Facts.RestartNo;
        }

        return Backoff.Remaining(history?.EndedAt ?? default, Host.Clock.Now) > TimeSpan.Zero ? Facts.RestartLater : Facts.RestartNow;
    }

    private bool MayRestart()
    {
        if (pod.IsOver || (IsInit && !IsSidecar && EndedWell))
        {
            return false;
        }

        var policy = IsSidecar ? "Always" : pod.Pod.Spec.RestartPolicy ?? "Always";
        return policy switch
        {
            "Never" => false,
            "OnFailure" => restartsAfterProbe || !EndedWell,
            _ => !IsInit || IsSidecar || !EndedWell,
        };
    }

    private string Word(string name) => name switch
    {
        "image" => Spec.Image ?? "",
        "container" => Spec.Name,
        "pod" => pod.Pod.Metadata.Name ?? "",
        "namespace" => pod.Pod.Metadata.Namespace ?? "",
        "uid" => pod.Uid,
        "error" => attempt?.Error ?? "",
        "back-off" => GoDuration.Of(Backoff.Delay),
        "took" => GoDuration.Of(attempt?.Pull?.Took ?? TimeSpan.Zero),
        "waited" => GoDuration.Of(attempt?.Pull?.Waited ?? TimeSpan.Zero),
        "size" => (attempt?.Pull?.Image?.Bytes ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => $"{{{name}}}",
    };
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Stages;
using KubeLab.Nodes.StaticPods;
using KubeLab.Nodes.Volumes;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Pods;

/// <summary>One pod on its node: starts its containers in order, one attempt at a time, tells the API server, and takes the pod down.</summary>
/// <remarks>Upstream: pkg/kubelet/pod_workers.go and computePodActions.</remarks>
internal sealed partial class PodWorker
{
    private Stage? stage;
    private Scheduled? timer;
    private Scheduled? deadline;
    private ContainerRun? attempting;
    private bool dirty;
    private bool attemptedSinceReport;
    private bool keepsStatus;
    private bool areVolumesMounted;
    private LifeState state = LifeState.Bound;

    public PodWorker(Pod pod, IPodHost host)
    {
        Pod = pod;
        Host = host;
        Uid = pod.Metadata.Uid ?? "";
        IsStatic = StaticPod.Is(pod);
        EmptyDirs = EmptyDirs.Of(this);
        InitContainers = Make(pod.Spec.InitContainers, isInit: true);
        AppContainers = Make(pod.Spec.Containers, isInit: false);
    }

    /// <summary>The pod as last seen or written.</summary>
    public Pod Pod { get; private set; }

    /// <summary>Its node.</summary>
    public IPodHost Host { get; }

    /// <summary>Its identity.</summary>
    public string Uid { get; }

    /// <summary>Whether it comes from a manifest on the machine, and not from the API server.</summary>
    public bool IsStatic { get; }

    /// <summary>Of a static pod: the one by which the API server knows it; null while it does not.</summary>
    public Pod? Mirror { get; set; }

    /// <summary>Its empty directories; null when it has none.</summary>
    public EmptyDirs? EmptyDirs { get; }

    /// <summary>In order.</summary>
    public ContainerRun[] InitContainers { get; }

    /// <summary>In order.</summary>
    public ContainerRun[] AppContainers { get; }

    /// <summary>Its address, once it has a sandbox.</summary>
    public string? PodIP { get; private set; }

    /// <summary>The same as a list.</summary>
    public ValueList<PodIP> PodIPs { get; private set; }

    /// <summary>When the kubelet took it on.</summary>
    public Timestamp? StartTime { get; private set; }

    /// <summary>Whether its sandbox exists.</summary>
    public bool HasSandbox { get; private set; }

    /// <summary>A phase that is decided without looking at containers; null when they decide.</summary>
    public PodVerdict? Verdict { get; private set; }

    /// <summary>Whether no container will start again.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether it is over and nothing of it runs.</summary>
    public bool IsTerminal => IsOver && !AnyAlive();

    /// <summary>Whether nothing of it is left on the node.</summary>
    public bool IsGone => state == LifeState.Gone;

    /// <summary>Whether it still counts against what the node can give.</summary>
    public bool HoldsResources => !IsTerminal && state != LifeState.Gone;

    /// <summary>Finds what follows in the present state, and waits for it.</summary>
    public void Advance()
    {
        if (timer is { IsOver: false } || !Host.IsActive)
        {
            return;
        }

        stage = Host.Runtime.Stages.Match(state, state == LifeState.Admitted ? LookAtVolumes() : Facts.None);
        if (stage is not null)
        {
            timer = Host.Clock.After(stage.Delay.Draw(Host.Chance), Fire);
        }
    }

    /// <summary>The kubelet sees the pod for the first time: a new one starts, one that is over or on its way out is seen to its end.</summary>
    public void Adopt()
    {
        if (Pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            (Verdict, IsOver, state) = (new PodVerdict(Pod.Status.Phase), true, LifeState.Terminating);
            StartTime = Pod.Status.StartTime;
            GiveUpWaiting();
            keepsStatus = true;
        }

        See(Pod);
        Advance();
    }

    /// <summary>A newer version of the pod has been seen.</summary>
    public void See(Pod pod)
    {
        var isOther = !ReferenceEquals(pod.Spec, Pod.Spec);
        Pod = pod;
        if (isOther && Host.IsActive && pod.Metadata.DeletionTimestamp is null)
        {
            Redefine(pod.Spec);
        }

        if (pod.Metadata.DeletionTimestamp is not null && Host.IsActive)
        {
            Remove(TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 0));
        }
    }

    /// <summary>How long a container may take to stop.</summary>
    public TimeSpan GracePeriod => TimeSpan.FromSeconds(Pod.Spec.TerminationGracePeriodSeconds ?? 30);

    /// <summary>The next container that may start does so, unless another attempt is under way.</summary>
    public void Sync()
    {
        if (state != LifeState.Networked || attempting is not null || IsOver || !Host.IsActive)
        {
            return;
        }

        if (NextToStart() is { } next)
        {
            attempting = next;
            next.Begin();
            return;
        }

        if (attemptedSinceReport || dirty)
        {
            Report();
        }
    }

    /// <summary>An attempt to start a container has ended, for better or worse.</summary>
    public void OnAttempted(ContainerRun container)
    {
        attemptedSinceReport = true;
        if (attempting == container)
        {
            attempting = null;
        }

        Sync();
    }

    /// <summary>A container ended for good.</summary>
    public void OnFinished(ContainerRun container)
    {
        if (attempting == container)
        {
            attempting = null;
        }

        dirty = true;
        if (IsOver)
        {
            StopSidecarsOrEnd();
            return;
        }

        if (HasRunItsCourse())
        {
            IsOver = true;
            GiveUpWaiting();
            StopSidecarsOrEnd();
            return;
        }

        Sync();
        Touch(posts: true);
    }

    /// <summary>Something in the status has changed; reported at once, unless an attempt is under way that will change more.</summary>
    public void Touch(bool posts)
    {
        dirty |= posts;
        if (dirty && attempting is null)
        {
            Report();
        }
    }

    /// <summary>What a container's status says before its turn has come.</summary>
    public string WaitingReason(ContainerRun container) =>
        !container.IsInit && InitContainers.Length > 0 && !IsInitialized() ? "PodInitializing"
        : container.IsInit && InitContainers[0] != container && !HasSandbox ? "PodInitializing"
        : "ContainerCreating";

    /// <summary>The ports that other containers of the pod listen on.</summary>
    public IReadOnlyCollection<int> PortsTakenBeside(ContainerRun container)
    {
        List<int>? taken = null;
        foreach (var other in (ReadOnlySpan<ContainerRun[]>)[InitContainers, AppContainers])
        {
            foreach (var run in other)
            {
                if (run != container && run.IsAlive && run.Run is { Ports.Count: > 0 } process)
                {
                    (taken ??= []).AddRange(process.Ports);
                }
            }
        }

        return taken ?? (IReadOnlyCollection<int>)[];
    }

    /// <summary>The container of this name, or null.</summary>
    public ContainerRun? Find(string name) =>
        Array.Find(AppContainers, c => c.Spec.Name == name) ?? Array.Find(InitContainers, c => c.Spec.Name == name);

    /// <summary>All of them.</summary>
    public IEnumerable<ContainerRun> Containers => InitContainers.Concat(AppContainers);

    /// <summary>What its containers use now.</summary>
    public ResourceUse UseNow()
    {
        long cpu = 0, memory = 0;
        foreach (var containers in (ReadOnlySpan<ContainerRun[]>)[InitContainers, AppContainers])
        {
            foreach (var container in containers)
            {
                var use = container.UseNow();
                cpu += use.CpuMillis;
                memory += use.MemoryBytes;
            }
        }

        return new ResourceUse(cpu, memory);
    }

    /// <summary>The container that listens on a port now, or null: the pod's network is one.</summary>
    public ContainerRun? Listener(int port)
    {
        foreach (var containers in (ReadOnlySpan<ContainerRun[]>)[InitContainers, AppContainers])
        {
            foreach (var container in containers)
            {
                if (container.IsAlive && container.Run is { } run && run.Ports.Contains(port) && container.Elapsed >= run.ListensAfter)
                {
                    return container;
                }
            }
        }

        return null;
    }

    /// <summary>Writes the status if it differs from what the API server has.</summary>
    public void Report()
    {
        if (!Host.IsActive || state == LifeState.Bound || state == LifeState.Gone || keepsStatus)
        {
            return;
        }

        (dirty, attemptedSinceReport) = (false, false);
        try
        {
            if ((IsStatic ? Mirror : Pod) is { } known)
            {
                Write(known);
            }
        }
        catch (ApiException refusal) when (refusal.IsConflict)
        {
            WriteAgain();
        }
        catch (ApiException refusal)
        {
            GiveUpReport(refusal);
        }
    }

    private void Write(Pod pod)
    {
        var status = PodStatusBuilder.Build(this, pod.Status, Host.Clock.Now, Host.Runtime.Shared);
        if (status == pod.Status)
        {
            return;
        }

        var written = Host.Api.UpdateStatus(pod with { Status = status });
        (Pod, Mirror) = IsStatic ? (Pod, written) : (written, null);
    }

    private void WriteAgain()
    {
        try
        {
            if (Host.Api.Find<Pod>(Pod.Metadata.Namespace ?? "", Pod.Metadata.Name ?? "") is { } fresh
                && (IsStatic ? StaticPod.IsMirrorOf(fresh, Pod) : fresh.Metadata.Uid == Uid))
            {
                Write(fresh);
            }
        }
        catch (ApiException refusal)
        {
            GiveUpReport(refusal);
        }
    }

    private void GiveUpReport(ApiException refusal)
    {
        if (!refusal.IsNotFound)
        {
            dirty = true;
            Host.ReportLater(this);
        }
    }

    private void Redefine(PodSpec spec)
    {
        for (var i = 0; i < AppContainers.Length; i++)
        {
            AppContainers[i].Redefine(spec.Containers[i]);
        }
    }

    private void Fire()
    {
        timer = null;
        if (stage is null || !Host.IsActive)
        {
            return;
        }

        var arrived = stage;
        stage = null;
        switch (arrived.Next)
        {
            case LifeState.Admitted when state == LifeState.Admitted:
                break;
            case LifeState.Mounted:
                areVolumesMounted = true;
                break;
            case LifeState.Admitted when Host.Admit(Pod) is { } refusal:
                Refuse(refusal);
                return;
            case LifeState.Admitted:
                Admit();
                break;
            case LifeState.Networked:
                Connect();
                return;
            case LifeState.Gone:
                Leave();
                return;
            default:
                state = arrived.Next;
                break;
        }

        Advance();
    }

    private Facts LookAtVolumes()
    {
        if (areVolumesMounted)
        {
            return Facts.VolumesReady;
        }

        var (facts, error) = PodVolumes.Look(Pod, Host.Api);
        if (error is not null)
        {
            Host.Record(Pod, true, "FailedMount", error, null);
        }

        return facts;
    }

    private void Admit()
    {
        state = LifeState.Admitted;
        StartTime ??= Pod.Status.StartTime ?? Host.Clock.Now;
        if (Pod.Spec.ActiveDeadlineSeconds is { } seconds && deadline is null)
        {
            deadline = Host.Clock.At(StartTime.Value.Instant + TimeSpan.FromSeconds(seconds), ExceedDeadline);
        }

        Report();
    }

    private void Refuse(AdmissionRefusal refusal)
    {
        state = LifeState.Terminating;
        IsOver = true;
        Verdict = new PodVerdict(PodPhase.Failed, refusal.Reason, $"Pod was rejected: {refusal.Message}");
        StartTime = Host.Clock.Now;
        Host.Record(Pod, true, refusal.Reason, refusal.Message, null);
        GiveUpWaiting();
        Report();
    }

    private void Connect()
    {
        if (Pod.Spec.HostNetwork)
        {
            PodIP = Host.HostIP;
        }
        else if ((PodIP ?? Host.TakeAddress()) is { } address)
        {
            PodIP = address;
        }
        else
        {
            Host.Record(
                Pod,
                true,
                "FailedCreatePodSandBox",
                "Failed to create pod sandbox: plugin type=\"host-local\" failed (add): failed to allocate for range 0: no IP addresses available in range set",
                null);
            Advance();
            return;
        }

        PodIPs = [new PodIP { Ip = PodIP }];
        HasSandbox = true;
        state = LifeState.Networked;
        dirty = true;
        Sync();
    }

    // Upstream's order: init containers one after the other, sidecars as soon as they are up, then the rest.
    private ContainerRun? NextToStart()
    {
        foreach (var container in InitContainers)
        {
            if (container.State == LifeState.Waiting)
            {
                return container;
            }

            var passed = container.IsSidecar ? container.IsStarted || AnyAppHasRun() : container.HasSucceeded;
            if (!passed)
            {
                return null;
            }
        }

        foreach (var container in AppContainers)
        {
            if (container.State == LifeState.Waiting)
            {
                return container;
            }
        }

        return null;
    }

    private bool IsInitialized()
    {
        foreach (var container in InitContainers)
        {
            if (container.IsSidecar ? !container.IsStarted && !AnyAppHasRun() : !container.HasSucceeded)
            {
                return false;
            }
        }

        return true;
    }

    private bool AnyAppHasRun() => Array.Exists(AppContainers, c => c.HasRun);

    private bool AnyAlive() =>
        Array.Exists(AppContainers, c => c.IsAlive || c.State is LifeState.Exited or LifeState.Noticed)
        || Array.Exists(InitContainers, c => c.IsAlive || c.State is LifeState.Exited or LifeState.Noticed);

    // All app containers have ended for good, or an init container that may not be repeated has failed.
    private bool HasRunItsCourse() =>
        Array.TrueForAll(AppContainers, c => c.State == LifeState.Finished)
        || Array.Exists(InitContainers, c => c.State == LifeState.Finished && !c.HasSucceeded);

    private ContainerRun[] Make(ValueList<Container> specs, bool isInit)
    {
        if (specs.IsEmpty)
        {
            return [];
        }

        var containers = new ContainerRun[specs.Count];
        for (var i = 0; i < containers.Length; i++)
        {
            containers[i] = new ContainerRun(this, specs[i], isInit);
        }

        return containers;
    }
}

using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Stages;

namespace KubeLab.Nodes.Pods;

/// <summary>How a pod ends: it is deleted, it runs out of time, the machine loses power, or the kubelet finds it gone.</summary>
internal sealed partial class PodWorker
{
    private bool isDeleted;
    private bool addressReturned;
    private DateTimeOffset endsBy;

    /// <summary>Why somebody else than its owner ends it; null when nobody does.</summary>
    public Condition? Disruption { get; private set; }

    /// <summary>Somebody deleted it: its containers get so much time.</summary>
    public void Remove(TimeSpan grace)
    {
        isDeleted = true;
        End(grace);
    }

    /// <summary>Ends it with a phase and a reason of its own, as when it ran out of time or is evicted.</summary>
    public void Fail(string reason, string message, TimeSpan grace)
    {
        if (!IsOver)
        {
            Verdict = new PodVerdict(PodPhase.Failed, reason, message);
            End(grace);
        }
    }

    /// <summary>The node needs what it uses.</summary>
    public void Evict(string message, TimeSpan grace) => Disrupt("Evicted", message, grace);

    /// <summary>The kubelet ends it for the node's sake.</summary>
    /// <param name="reason">The status's reason, for example <c>Terminated</c>.</param>
    /// <param name="message">The status's message.</param>
    /// <param name="grace">How long its containers get.</param>
    public void Disrupt(string reason, string message, TimeSpan grace)
    {
        Disruption = new Condition
        {
            Type = "DisruptionTarget",
            Status = "True",
            Reason = "TerminationByKubelet",
            Message = message,
            LastTransitionTime = Host.Clock.Now,
        };
        Fail(reason, message, grace);
    }

    /// <summary>Nobody asks for it any more: containers are killed and nothing is told.</summary>
    public void Drop()
    {
        timer?.Cancel();
        deadline?.Cancel();
        state = LifeState.Gone;
        IsOver = true;
        foreach (var container in Containers)
        {
            container.LosePower();
        }

        ReturnAddress();
    }

    /// <summary>The machine lost power: containers and sandbox are no more.</summary>
    public void LosePower()
    {
        timer?.Cancel();
        timer = null;
        deadline?.Cancel();
        deadline = null;
        stage = null;
        attempting = null;
        HasSandbox = false;
        areVolumesMounted = false;
        ReturnAddress();
        (PodIP, PodIPs) = (null, default);
        foreach (var container in Containers)
        {
            container.LosePower();
        }
    }

    /// <summary>The kubelet stopped; what runs goes on running.</summary>
    public void Suspend()
    {
        timer?.Cancel();
        timer = null;
        deadline?.Cancel();
        deadline = null;
        foreach (var container in Containers)
        {
            container.Suspend();
        }
    }

    /// <summary>The kubelet is back and sees the pod as it now is.</summary>
    public void Resume(Pod pod)
    {
        Pod = pod;
        attempting = null;
        if (state is LifeState.Networked && !HasSandbox)
        {
            Host.Record(pod, false, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.", null);
            state = LifeState.Admitted;
        }

        if (state is LifeState.Admitted or LifeState.Networked && Pod.Spec.ActiveDeadlineSeconds is { } seconds && StartTime is { } start)
        {
            deadline = Host.Clock.At(start.Instant + TimeSpan.FromSeconds(seconds), ExceedDeadline);
        }

        foreach (var container in Containers)
        {
            container.Resume();
        }

        dirty = true;
        See(pod);
        Advance();
        Sync();
        if (attempting is null)
        {
            Report();
        }
    }

    private void ExceedDeadline()
    {
        deadline = null;
        if (!IsOver && Host.IsActive)
        {
            const string message = "Pod was active on the node longer than the specified deadline";
            Host.Record(Pod, false, "DeadlineExceeded", message, null);
            Fail("DeadlineExceeded", message, TimeSpan.FromSeconds(Pod.Spec.TerminationGracePeriodSeconds ?? 30));
        }
    }

    private void End(TimeSpan grace)
    {
        if (state is LifeState.Stopped or LifeState.Gone)
        {
            return;
        }

        timer?.Cancel();
        timer = null;
        stage = null;
        deadline?.Cancel();
        state = LifeState.Terminating;
        IsOver = true;
        attempting = null;
        GiveUpWaiting();
        endsBy = Host.Clock.Now + grace;
        foreach (var container in AppContainers)
        {
            container.Stop(grace, $"Stopping container {container.Spec.Name}");
        }

        foreach (var container in InitContainers)
        {
            if (!container.IsSidecar)
            {
                container.Stop(grace, $"Stopping container {container.Spec.Name}");
            }
        }

        StopSidecarsOrEnd();
    }

    // Sidecars serve the others, so they go last, and in reverse.
    private void StopSidecarsOrEnd()
    {
        if (Array.Exists(AppContainers, IsUnderWay))
        {
            return;
        }

        for (var i = InitContainers.Length - 1; i >= 0; i--)
        {
            if (IsUnderWay(InitContainers[i]))
            {
                StopSidecar(InitContainers[i]);
                return;
            }
        }

        if (state == LifeState.Stopped || state == LifeState.Gone)
        {
            return;
        }

        Report();
        deadline?.Cancel();
        if (isDeleted)
        {
            state = LifeState.Stopped;
            Advance();
        }
        else
        {
            state = LifeState.Terminating;
            HasSandbox = false;
            ReturnAddress();
            Host.Clock.After(TimeSpan.FromSeconds(1), Report);
        }
    }

    private void StopSidecar(ContainerRun container)
    {
        if (container.State == LifeState.Running)
        {
            var left = endsBy == default ? TimeSpan.FromSeconds(Pod.Spec.TerminationGracePeriodSeconds ?? 30) : endsBy - Host.Clock.Now;
            container.Stop(left > TimeSpan.Zero ? left : TimeSpan.Zero, $"Stopping container {container.Spec.Name}");
        }
        else if (!container.IsAlive)
        {
            container.Advance();
        }
    }

    private static bool IsUnderWay(ContainerRun container) => container.IsAlive || container.State is LifeState.Exited or LifeState.Noticed;

    private void GiveUpWaiting()
    {
        foreach (var container in Containers)
        {
            container.GiveUp();
        }
    }

    private void Leave()
    {
        ReturnAddress();
        if (IsStatic)
        {
            state = LifeState.Gone;
            Host.StaticPodEnded(this);
            return;
        }

        try
        {
            Host.Api.Delete<Pod>(
                Pod.Metadata.Namespace ?? "",
                Pod.Metadata.Name ?? "",
                new DeleteOptions { GracePeriodSeconds = 0, Uid = Uid });
            state = LifeState.Gone;
        }
        catch (ApiException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            state = LifeState.Gone;
        }
        catch (ApiException)
        {
            // The network is down; the stage is tried again when the kubelet next has something to say.
            Host.ReportLater(this);
        }
    }

    /// <summary>Tries again what could not be told.</summary>
    public void TellAgain()
    {
        if (state == LifeState.Stopped)
        {
            Leave();
        }
        else if (dirty)
        {
            Report();
        }
    }

    private void ReturnAddress()
    {
        if (PodIP is { } address && !Pod.Spec.HostNetwork && !addressReturned)
        {
            addressReturned = true;
            Host.ReturnAddress(address);
        }
    }
}

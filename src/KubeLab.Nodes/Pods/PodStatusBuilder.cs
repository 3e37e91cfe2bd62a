using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Nodes.Containers;

namespace KubeLab.Nodes.Pods;

/// <summary>Writes the status that a pod deserves from what its containers do; pure but for the records it shares.</summary>
internal static class PodStatusBuilder
{
    private static readonly string[] Owned = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];

    /// <summary>The status to report now; conditions that others own stay.</summary>
    public static PodStatus Build(PodWorker worker, PodStatus current, DateTimeOffset now, SharedRecords shared)
    {
        var spec = worker.Pod.Spec;
        var init = Statuses(worker.InitContainers, worker, shared);
        var apps = Statuses(worker.AppContainers, worker, shared);
        var phase = worker.Verdict?.Phase ?? PodPhase.Of(spec, init, apps, worker.IsTerminal);
        return current with
        {
            Phase = phase,
            Conditions = WithDisruption(Conditions(worker, current.Conditions, spec, init, apps, phase, now, shared), worker.Disruption),
            Reason = worker.Verdict?.Reason ?? current.Reason,
            Message = worker.Verdict?.Message ?? current.Message,
            HostIP = worker.Host.HostIP,
            HostIPs = worker.Host.HostIPs,
            PodIP = worker.PodIP,
            PodIPs = worker.PodIPs,
            StartTime = worker.StartTime,
            InitContainerStatuses = init,
            ContainerStatuses = apps,
            QosClass = current.QosClass ?? QosClass.Of(spec),
        };
    }

    private static ValueList<Condition> WithDisruption(ValueList<Condition> conditions, Condition? disruption)
    {
        var index = disruption is null ? -1 : conditions.FindIndex(c => c.Type == disruption.Type);
        return disruption is null ? conditions : index < 0 ? conditions.Add(disruption) : conditions.SetItem(index, disruption);
    }

    private static ValueList<ContainerStatus> Statuses(ContainerRun[] containers, PodWorker worker, SharedRecords shared)
    {
        if (containers.Length == 0)
        {
            return default;
        }

        var statuses = new ContainerStatus[containers.Length];
        for (var i = 0; i < containers.Length; i++)
        {
            statuses[i] = containers[i].Report(worker.WaitingReason(containers[i]), shared);
        }

        return ValueList.Create<ContainerStatus>(statuses);
    }

    private static ValueList<Condition> Conditions(
        PodWorker worker,
        ValueList<Condition> old,
        PodSpec spec,
        ValueList<ContainerStatus> init,
        ValueList<ContainerStatus> apps,
        string phase,
        DateTimeOffset now,
        SharedRecords shared)
    {
        var containersReady = PodConditions.ContainersReady(spec, init, apps, phase);
        ReadOnlySpan<PodConditions.Verdict> verdicts =
        [
            worker.HasSandbox ? PodConditions.Verdict.Yes : new(false, null, null),
            PodConditions.Initialized(spec, init, apps, phase),
            PodConditions.Ready(spec, containersReady, old),
            containersReady,
            PodConditions.Verdict.Yes,
        ];
        var foreign = 0;
        foreach (var condition in old)
        {
            foreign += Array.IndexOf(Owned, condition.Type) < 0 ? 1 : 0;
        }

        var conditions = new Condition[foreign + Owned.Length];
        var next = 0;
        foreach (var condition in old)
        {
            if (Array.IndexOf(Owned, condition.Type) < 0)
            {
                conditions[next++] = condition;
            }
        }

        for (var i = 0; i < Owned.Length; i++)
        {
            conditions[next++] = Carry(Find(old, Owned[i]), Owned[i], verdicts[i], now, shared);
        }

        return ValueList.Create<Condition>(conditions);
    }

    // A condition keeps its time for as long as its status does.
    private static Condition Carry(Condition? old, string type, PodConditions.Verdict verdict, DateTimeOffset now, SharedRecords shared)
    {
        if (old is null || (old.Status == "True") != verdict.Holds)
        {
            return shared.Condition(type, verdict, now);
        }

        return old.Reason == verdict.Reason && old.Message == verdict.Message
            ? old
            : shared.Condition(type, verdict, old.LastTransitionTime ?? now);
    }

    private static Condition? Find(ValueList<Condition> conditions, string type)
    {
        foreach (var condition in conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }
}

using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Nodes.Pods;

/// <summary>The conditions that the kubelet owns, with upstream's reasons and messages.</summary>
/// <remarks>Upstream: pkg/kubelet/status/generate.go.</remarks>
internal static class PodConditions
{
    /// <summary>What holds of one condition.</summary>
    internal readonly record struct Verdict(bool Holds, string? Reason, string? Message)
    {
        public static Verdict Yes => new(true, null, null);
    }

    /// <summary>Whether all app containers and sidecars are ready.</summary>
    public static Verdict ContainersReady(PodSpec spec, ValueList<ContainerStatus> init, ValueList<ContainerStatus> apps, string phase)
    {
        List<string>? unknown = null, unready = null;
        foreach (var container in spec.InitContainers)
        {
            if (container.RestartPolicy == "Always")
            {
                Look(container.Name, init, ref unknown, ref unready);
            }
        }

        foreach (var container in spec.Containers)
        {
            Look(container.Name, apps, ref unknown, ref unready);
        }

        if (phase == PodPhase.Succeeded && unknown is null)
        {
            return new(false, "PodCompleted", null);
        }

        // The final status of a failed pod says so even while a container was still thought ready.
        if (phase == PodPhase.Failed && unknown is null)
        {
            return new(false, "PodFailed", null);
        }

        return Unready("ContainersNotReady", unknown, "containers with unready status: ", unready);
    }

    /// <summary>Whether the pod should get traffic: its containers are ready and so are its gates.</summary>
    public static Verdict Ready(PodSpec spec, Verdict containersReady, ValueList<Condition> conditions)
    {
        if (!containersReady.Holds || spec.ReadinessGates.IsEmpty)
        {
            return containersReady;
        }

        var messages = new List<string>();
        foreach (var gate in spec.ReadinessGates)
        {
            var condition = conditions.Find(c => c.Type == gate.ConditionType);
            if (condition is null)
            {
                messages.Add($"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist.");
            }
            else if (condition.Status != "True")
            {
                messages.Add($"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", but {condition.Status}");
            }
        }

        return messages.Count == 0 ? Verdict.Yes : new(false, "ReadinessGatesNotReady", string.Join(", ", messages));
    }

    /// <summary>Whether all init containers have done their work.</summary>
    public static Verdict Initialized(PodSpec spec, ValueList<ContainerStatus> init, ValueList<ContainerStatus> apps, string phase)
    {
        List<string>? unknown = null, incomplete = null;
        foreach (var container in spec.InitContainers)
        {
            if (PodPhase.StatusOf(init, container.Name) is not { } status)
            {
                (unknown ??= []).Add(container.Name);
            }
            else if (container.RestartPolicy == "Always" ? status.Started != true : !status.Ready)
            {
                (incomplete ??= []).Add(container.Name);
            }
        }

        if (phase == PodPhase.Succeeded && unknown is null)
        {
            return new(true, "PodCompleted", null);
        }

        return (unknown ?? incomplete) is not null && PodPhase.HasStarted(spec, apps)
            ? Verdict.Yes
            : Unready("ContainersNotInitialized", unknown, "containers with incomplete status: ", incomplete);
    }

    private static void Look(string name, ValueList<ContainerStatus> statuses, ref List<string>? unknown, ref List<string>? unready)
    {
        if (PodPhase.StatusOf(statuses, name) is not { } status)
        {
            (unknown ??= []).Add(name);
        }
        else if (!status.Ready)
        {
            (unready ??= []).Add(name);
        }
    }

    private static Verdict Unready(string reason, List<string>? unknown, string words, List<string>? unready)
    {
        if (unknown is null && unready is null)
        {
            return Verdict.Yes;
        }

        var first = unknown is null ? "" : $"containers with unknown status: [{string.Join(' ', unknown)}]";
        var second = unready is null ? "" : $"{words}[{string.Join(' ', unready)}]";
        return new(false, reason, first.Length > 0 && second.Length > 0 ? $"{first}, {second}" : first + second);
    }
}

using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Nodes.Pods;

/// <summary>The one word that sums a pod up.</summary>
/// <remarks>Upstream: getPhase in pkg/kubelet/kubelet_pods.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase">Pod phase</seealso>
internal static class PodPhase
{
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";

    /// <summary>Judges from the containers' states; <paramref name="terminal"/> when no container will ever start again.</summary>
    public static string Of(PodSpec spec, ValueList<ContainerStatus> init, ValueList<ContainerStatus> apps, bool terminal)
    {
        var tally = default(Tally);
        foreach (var container in spec.InitContainers)
        {
            tally.CountInit(container, StatusOf(init, container.Name));
        }

        foreach (var container in spec.Containers)
        {
            tally.CountApp(StatusOf(apps, container.Name)?.State, StatusOf(apps, container.Name)?.LastState);
        }

        return Judge(spec, tally, HasStarted(spec, apps), terminal);
    }

    /// <summary>Whether any app container has started: then initialisation is behind the pod.</summary>
    public static bool HasStarted(PodSpec spec, ValueList<ContainerStatus> apps)
    {
        foreach (var container in spec.Containers)
        {
            if (StatusOf(apps, container.Name) is { } status
                && (status.State?.Running is not null || status.State?.Terminated is not null || status.LastState?.Terminated is not null))
            {
                return true;
            }
        }

        return false;
    }

    public static ContainerStatus? StatusOf(ValueList<ContainerStatus> statuses, string name)
    {
        foreach (var status in statuses)
        {
            if (status.Name == name)
            {
                return status;
            }
        }

        return null;
    }

    private static string Judge(PodSpec spec, Tally t, bool hasStarted, bool terminal)
    {
        if (t.InitFailed > 0 && spec.RestartPolicy == "Never")
        {
            return Failed;
        }

        if (t.InitPending > 0 || (t.InitFailed > 0 && !hasStarted) || (t.SidecarsPending > 0 && !hasStarted) || t.Waiting > 0)
        {
            return Pending;
        }

        if (t.Running > 0 && t.Unknown == 0)
        {
            return Running;
        }

        if (t.Running == 0 && t.Stopped > 0 && t.Unknown == 0)
        {
            var ended = t.Stopped == t.Succeeded ? Succeeded : Failed;
            return terminal ? ended
                : spec.RestartPolicy is null or "" or "Always" ? Running
                : ended == Succeeded || spec.RestartPolicy == "Never" ? ended
                : Running;
        }

        return Pending;
    }

    private struct Tally
    {
        public int InitPending;
        public int InitFailed;
        public int SidecarsPending;
        public int Unknown;
        public int Running;
        public int Waiting;
        public int Stopped;
        public int Succeeded;

        public void CountInit(Container container, ContainerStatus? status)
        {
            if (container.RestartPolicy == "Always")
            {
                CountSidecar(status);
            }
            else if (status?.State?.Terminated is { } ended)
            {
                InitFailed += ended.ExitCode != 0 ? 1 : 0;
            }
            else if (status?.State?.Waiting is not null && status.LastState?.Terminated is { } last)
            {
                InitFailed += last.ExitCode != 0 ? 1 : 0;
            }
            else
            {
                InitPending++;
            }
        }

        public void CountApp(ContainerState? state, ContainerState? last)
        {
            if (state?.Running is not null)
            {
                Running++;
            }
            else if (state?.Terminated is { } ended)
            {
                Stopped++;
                Succeeded += ended.ExitCode == 0 ? 1 : 0;
            }
            else if (state?.Waiting is not null)
            {
                Stopped += last?.Terminated is not null ? 1 : 0;
                Waiting += last?.Terminated is null ? 1 : 0;
            }
            else
            {
                Unknown++;
            }
        }

        private void CountSidecar(ContainerStatus? status)
        {
            if (status?.State?.Running is not null)
            {
                SidecarsPending += status.Started == true ? 0 : 1;
                Running++;
            }
            else if (status?.State?.Waiting is not null && status.LastState?.Terminated is null)
            {
                SidecarsPending++;
                Waiting++;
            }
            else if (status?.State is null)
            {
                SidecarsPending++;
                Unknown++;
            }
        }
    }
}

using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>What <c>kubectl get pods</c> says of one pod: containers ready, status in one word, restarts.</summary>
/// <remarks>Upstream: printPod in pkg/printers/internalversion/printers.go.</remarks>
public sealed class PodSummary
{
    private readonly Pod pod;
    private int restarts;
    private Timestamp? lastRestart;
    private int sidecarRestarts;
    private Timestamp? lastSidecarRestart;

    private PodSummary(Pod pod)
    {
        this.pod = pod;
        TotalContainers = pod.Spec.Containers.Count;
        Status = string.IsNullOrEmpty(pod.Status.Reason) ? pod.Status.Phase ?? "" : pod.Status.Reason;
    }

    /// <summary>How many containers are ready, sidecars included.</summary>
    public int ReadyContainers { get; private set; }

    /// <summary>How many containers run side by side, sidecars included.</summary>
    public int TotalContainers { get; private set; }

    /// <summary>The STATUS column: a phase, or the reason that says more.</summary>
    public string Status { get; private set; }

    /// <summary>How often containers were restarted.</summary>
    public int Restarts => restarts;

    /// <summary>Sums up <paramref name="pod"/>.</summary>
    public static PodSummary Of(Pod pod)
    {
        var summary = new PodSummary(pod);
        summary.Sum();
        return summary;
    }

    /// <summary>The RESTARTS column: <c>0</c>, or <c>3 (25s ago)</c>.</summary>
    public string RestartsAt(DateTimeOffset now) => restarts != 0 && lastRestart is not null
        ? string.Create(CultureInfo.InvariantCulture, $"{restarts} ({HumanDuration.Since(lastRestart, now)} ago)")
        : restarts.ToString(CultureInfo.InvariantCulture);

    private void Sum()
    {
        if (pod.Status.Conditions.Exists(c => c is { Type: "PodScheduled", Reason: "SchedulingGated" }))
        {
            Status = "SchedulingGated";
        }

        foreach (var container in pod.Spec.InitContainers)
        {
            TotalContainers += container.RestartPolicy == "Always" ? 1 : 0;
        }

        if (!IsInitializing() || IsTrue("Initialized"))
        {
            restarts = sidecarRestarts;
            lastRestart = lastSidecarRestart;
            SumContainers();
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            Status = pod.Status.Reason == "NodeLost" ? "Unknown" : pod.Status.Phase is "Succeeded" or "Failed" ? Status : "Terminating";
        }
    }

    // Stops at the first init container that is not done, which names the status.
    private bool IsInitializing()
    {
        for (var i = 0; i < pod.Status.InitContainerStatuses.Count; i++)
        {
            var status = pod.Status.InitContainerStatuses[i];
            var isSidecar = pod.Spec.InitContainers.Find(c => c.Name == status.Name)?.RestartPolicy == "Always";
            Count(status, ref restarts, ref lastRestart);
            if (isSidecar)
            {
                Count(status, ref sidecarRestarts, ref lastSidecarRestart);
            }

            if (status.State?.Terminated is { ExitCode: 0 })
            {
                continue;
            }

            if (isSidecar && status.Started == true)
            {
                ReadyContainers += status.Ready ? 1 : 0;
                continue;
            }

            Status = InitStatus(status, i);
            return true;
        }

        return false;
    }

    private string InitStatus(ContainerStatus status, int index)
    {
        if (status.State?.Terminated is { } ended)
        {
            return $"Init:{Ending(ended)}";
        }

        return status.State?.Waiting?.Reason is { Length: > 0 } reason && reason != "PodInitializing"
            ? $"Init:{reason}"
            : string.Create(CultureInfo.InvariantCulture, $"Init:{index}/{pod.Spec.InitContainers.Count}");
    }

    // The first container with something to say names the status, so they are read from the last.
    private void SumContainers()
    {
        var running = false;
        for (var i = pod.Status.ContainerStatuses.Count - 1; i >= 0; i--)
        {
            var status = pod.Status.ContainerStatuses[i];
            Count(status, ref restarts, ref lastRestart);
            if (status.State?.Waiting?.Reason is { Length: > 0 } reason)
            {
                Status = reason;
            }
            else if (status.State?.Terminated is { } ended)
            {
                Status = Ending(ended);
            }
            else if (status.Ready && status.State?.Running is not null)
            {
                running = true;
                ReadyContainers++;
            }
        }

        if (Status == "Completed" && running)
        {
            Status = IsTrue("Ready") ? "Running" : "NotReady";
        }
    }

    private bool IsTrue(string condition) => pod.Status.Conditions.Exists(c => c.Type == condition && c.Status == "True");

    private static void Count(ContainerStatus status, ref int restarts, ref Timestamp? last)
    {
        restarts += status.RestartCount;
        if (status.LastState?.Terminated?.FinishedAt is { } ended && (last is null || last.Value < ended))
        {
            last = ended;
        }
    }

    private static string Ending(ContainerStateTerminated ended) =>
        !string.IsNullOrEmpty(ended.Reason) ? ended.Reason
        : ended.Signal != 0 ? string.Create(CultureInfo.InvariantCulture, $"Signal:{ended.Signal}")
        : string.Create(CultureInfo.InvariantCulture, $"ExitCode:{ended.ExitCode}");
}

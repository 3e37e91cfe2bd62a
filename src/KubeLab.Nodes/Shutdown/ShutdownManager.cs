using KubeLab.Api.Core;
using KubeLab.Nodes.Pods;
using KubeLab.Simulation;

namespace KubeLab.Nodes.Shutdown;

/// <summary>Ends pods in good order when the machine has been told that it goes: ordinary ones first, those that the node needs last.</summary>
/// <remarks>Upstream: pkg/kubelet/nodeshutdown.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#graceful-node-shutdown">Graceful node shutdown</seealso>
internal sealed class ShutdownManager(VirtualClock clock, IReadOnlyList<ShutdownGracePeriod> periods)
{
    private const string Reason = "Terminated";
    private const string Message = "Pod was terminated in response to imminent node shutdown.";
    private static readonly AdmissionRefusal Refusal = new("NodeShutdown", "Pod was rejected as the node is shutting down.");
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Queue<ShutdownGroup> groups = new();
    private Scheduled? next;

    /// <summary>Whether the kubelet knows at all that machines may be told before they go.</summary>
    public bool IsEnabled => periods.Count > 0;

    /// <summary>Whether the machine is on its way down.</summary>
    public bool IsShuttingDown { get; private set; }

    /// <summary>Why the node is not ready, or null.</summary>
    public string? NotReady => IsShuttingDown ? "node is shutting down" : null;

    /// <summary>The machine goes: these are its pods.</summary>
    public void Begin(IEnumerable<PodWorker> pods)
    {
        IsShuttingDown = true;
        foreach (var group in ShutdownGroup.Of(periods, pods.Where(p => !p.IsOver)))
        {
            groups.Enqueue(group);
        }

        EndNext();
    }

    /// <summary>The kubelet stops, or starts anew: what it knew is gone.</summary>
    public void Reset()
    {
        IsShuttingDown = false;
        groups.Clear();
        next?.Cancel();
        next = null;
    }

    /// <summary>Why no new pod is taken on, or null.</summary>
    public AdmissionRefusal? Judge(Pod pod) => IsShuttingDown ? Refusal : null;

    private void EndNext()
    {
        next = null;
        if (!groups.TryDequeue(out var group))
        {
            return;
        }

        foreach (var pod in group.Pods)
        {
            pod.Disrupt(Reason, Message, pod.GracePeriod < group.Grace ? pod.GracePeriod : group.Grace);
        }

        Await(group, clock.Now + group.Grace);
    }

    // Those that come after wait until all have ended, but no longer than the group may take.
    private void Await(ShutdownGroup group, DateTimeOffset limit)
    {
        if (clock.Now >= limit || group.Pods.All(p => p.IsTerminal || p.IsGone))
        {
            EndNext();
        }
        else
        {
            var wait = limit - clock.Now;
            next = clock.After(wait < LookEvery ? wait : LookEvery, () => Await(group, limit));
        }
    }
}

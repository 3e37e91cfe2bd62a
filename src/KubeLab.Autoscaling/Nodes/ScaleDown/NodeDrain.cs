using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Nodes.ScaleDown;

/// <summary>Evicts the pods of one node and waits until they are gone; budgets may make it wait or fail.</summary>
/// <remarks>Upstream: core/scaledown/actuation/drain.go.</remarks>
/// <param name="api">The server.</param>
/// <param name="clock">The time.</param>
/// <param name="events">Writes events about the pods.</param>
/// <param name="options">The settings.</param>
/// <param name="node">The node's name.</param>
/// <param name="onEvicted">Called for each pod whose eviction was granted.</param>
/// <param name="done">Called once at the end: with null when the node is empty, otherwise with what failed.</param>
internal sealed class NodeDrain(
    IKubernetesApi api, VirtualClock clock, EventRecorder events, ClusterAutoscalerOptions options, string node, Action<Pod> onEvicted, Action<string?> done)
{
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Headroom = TimeSpan.FromSeconds(30);

    private readonly List<Pod> pods = [];
    private readonly Dictionary<ObjectKey, string> refusals = [];
    private Scheduled? next;
    private DateTimeOffset until;

    /// <summary>Begins.</summary>
    /// <param name="evicted">The pods that must be gone before the machine is.</param>
    /// <param name="daemons">Daemon pods, which are told to end, but not waited for.</param>
    public void Start(IReadOnlyList<Pod> evicted, IEnumerable<Pod> daemons)
    {
        pods.AddRange(evicted);
        until = clock.Now + options.MaxPodEvictionTime;
        foreach (var pod in evicted.Concat(daemons))
        {
            events.Normal(pod, "ScaleDown", "deleting pod for node scale down");
        }

        foreach (var pod in daemons)
        {
            TryEvict(pod);
        }

        Evict([.. evicted]);
    }

    /// <summary>Gives up without a word, as a process that ends.</summary>
    public void Stop() => next?.Cancel();

    private void Evict(List<Pod> left)
    {
        left.RemoveAll(p => TryEvict(p));
        if (left.Count == 0)
        {
            until = clock.Now + options.MaxGracefulTermination + Headroom;
            AwaitGone();
        }
        else if (clock.Now + RetryTime < until)
        {
            next = clock.After(RetryTime, () => Evict(left));
        }
        else
        {
            foreach (var pod in left)
            {
                events.Warning(pod, "ScaleDownFailed", "failed to delete pod for ScaleDown");
            }

            var errors = left.Select(p => $"failed to evict pod {p.Metadata.Namespace}/{p.Metadata.Name} within allowed timeout (last error: {refusals[ObjectKey.Of(p)]})");
            done($"Failed to drain node /{node}, due to following errors: [{string.Join(' ', errors)}]");
        }
    }

    private bool TryEvict(Pod pod)
    {
        try
        {
            var grace = Math.Min(pod.Spec.TerminationGracePeriodSeconds ?? 30, (long)options.MaxGracefulTermination.TotalSeconds);
            api.Act(Pod.Resource, ObjectKey.Of(pod), "eviction", new Eviction
            {
                Metadata = new() { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace },
                DeleteOptions = Grace(grace),
            });
        }
        catch (ApiException refusal) when (!refusal.IsNotFound)
        {
            refusals[ObjectKey.Of(pod)] = refusal.Message;
            return false;
        }
        catch (ApiException)
        {
            // It is gone already.
        }

        onEvicted(pod);
        return true;
    }

    private void AwaitGone()
    {
        try
        {
            if (pods.TrueForAll(IsGone))
            {
                done(null);
                return;
            }
        }
        catch (ApiException)
        {
            // Nobody answers: look again later.
        }

        if (clock.Now + LookTime < until)
        {
            next = clock.After(LookTime, AwaitGone);
        }
        else
        {
            done($"Failed to drain node /{node}: pods remaining after timeout");
        }
    }

    private bool IsGone(Pod pod) =>
        api.Find<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!) is not { } found || found.Metadata.Uid != pod.Metadata.Uid || found.Spec.NodeName != node;

    private static OpaqueObject Grace(long seconds) =>
        new OpaqueObject().With("gracePeriodSeconds", System.Text.Json.JsonElement.Parse(seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}

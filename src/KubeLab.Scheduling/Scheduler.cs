using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Recording;
using KubeLab.Scheduling.Cache;
using KubeLab.Scheduling.Framework;
using KubeLab.Scheduling.Queue;
using KubeLab.Simulation;

namespace KubeLab.Scheduling;

/// <summary>Finds a node for every pod that has none: one pod at a time, through filters, scores and a binding.</summary>
/// <remarks>
/// It speaks to the cluster through the API alone, decides on its own cached picture, and assumes a pod on its node until the server confirms it.
/// Upstream: pkg/scheduler schedule_one.go.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/">kube-scheduler</seealso>
public sealed class Scheduler
{
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly Profile profile;
    private readonly SchedulerCache cache = new();
    private readonly SchedulingQueue queue;
    private readonly SchedulingCycle cycle;
    private readonly EventRecorder events;
    private readonly Informer<Pod> pods;
    private readonly Informer<Node> nodes;
    private readonly Dictionary<string, IPlugin> plugins;
    private bool running;
    private bool scheduled;

    /// <summary>Makes a stopped one.</summary>
    /// <param name="api">The server, as user <c>system:kube-scheduler</c>.</param>
    /// <param name="clock">The clock its work runs on.</param>
    /// <param name="chance">Breaks ties between nodes of the same score.</param>
    /// <param name="profile">Its plugins; upstream's defaults when null.</param>
    public Scheduler(IKubernetesApi api, VirtualClock clock, Randomness chance, Profile? profile = null)
    {
        this.api = api;
        this.clock = clock;
        events = new EventRecorder(api, clock, chance.For("events"), profile?.SchedulerName ?? "default-scheduler");
        this.profile = profile ?? Profile.Default(api, events);
        queue = new SchedulingQueue(clock, this.profile.QueueSort, this.profile.PreEnqueue);
        queue.BecameReady += Wake;
        cycle = new SchedulingCycle(this.profile, cache, chance.For("ties"));
        pods = new Informer<Pod>(api, clock, Pod.Resource, options: new ListOptions { FieldSelector = "status.phase!=Succeeded,status.phase!=Failed" });
        nodes = new Informer<Node>(api, clock, Node.Resource);
        plugins = this.profile.Filter.Cast<IPlugin>().Concat(this.profile.PreFilter).Concat(this.profile.Reserve).Concat(this.profile.Permit)
            .DistinctBy(p => p.Name).ToDictionary(p => p.Name, StringComparer.Ordinal);
        Listen();
    }

    /// <summary>The scheduler's picture of the cluster, for explanations and the node autoscaler's what-if.</summary>
    public SchedulerCache Cache => cache;

    /// <summary>How many pods wait for a node.</summary>
    public int Waiting => queue.Count;

    /// <summary>How many pods it has bound.</summary>
    public long Bound { get; private set; }

    /// <summary>Begins to schedule.</summary>
    public void Start()
    {
        running = true;
        nodes.Start();
        pods.Start();
        Wake();
    }

    /// <summary>Stops and forgets everything, as a process that ends; it can be started again.</summary>
    public void Stop()
    {
        running = false;
        pods.Stop();
        nodes.Stop();
        queue.Clear();
        cache.Clear();
    }

    /// <summary>Says for every node why a pod would not fit there now, or null where it would.</summary>
    public FitError? Explain(Pod pod) => cycle.Explain(cache.InfoOf(pod));

    private void Listen()
    {
        nodes.Added += node => queue.OnChange(cache.Set(node));
        nodes.Updated += (_, node) =>
        {
            if (cache.Set(node) is var change && change != ClusterChange.None)
            {
                queue.OnChange(change);
            }
        };
        nodes.Deleted += node => cache.RemoveNode(node.Metadata.Name!);
        pods.Added += OnPod;
        pods.Updated += (old, pod) => OnPodUpdated(old, pod);
        pods.Deleted += OnPodDeleted;
    }

    private void OnPod(Pod pod)
    {
        if (HasNode(pod))
        {
            cache.SetPod(pod);
        }
        else if (IsMine(pod))
        {
            queue.Add(pod);
        }
    }

    private void OnPodUpdated(Pod old, Pod pod)
    {
        if (HasNode(pod))
        {
            queue.Remove(ObjectKey.Of(pod));
            cache.SetPod(pod);
        }
        else if (IsMine(pod) && !cache.Knows(ObjectKey.Of(pod)))
        {
            queue.Update(old, pod);
        }
    }

    private void OnPodDeleted(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        queue.Remove(key);
        cache.Denominate(key);
        if (cache.Remove(key))
        {
            queue.OnChange(ClusterChange.AssignedPodDeleted);
        }
    }

    private bool IsMine(Pod pod) =>
        (pod.Spec.SchedulerName ?? "default-scheduler") == profile.SchedulerName && pod.Metadata.DeletionTimestamp is null;

    private static bool HasNode(Pod pod) => !string.IsNullOrEmpty(pod.Spec.NodeName);

    private void Wake()
    {
        if (running && !scheduled && queue.HasReady)
        {
            scheduled = true;
            clock.After(TimeSpan.Zero, Work);
        }
    }

    private void Work()
    {
        scheduled = false;
        if (running && queue.Take() is { } queued)
        {
            ScheduleOne(queued);
            Wake();
        }
    }

    private void ScheduleOne(QueuedPod queued)
    {
        var pod = cache.InfoOf(queued.Pod);
        var state = new CycleState();
        if (cycle.FindNode(state, pod, out var error) is not { } node)
        {
            Refuse(queued, pod, state, error!);
            return;
        }

        cache.Assume(pod, node);
        try
        {
            if (cycle.Bind(state, pod, node) is var (plugin, verdict) && !verdict.IsSuccess)
            {
                cache.Forget(pod.Key);
                var refusal = new FitError(cache.Nodes.Count);
                refusal.Add(node, plugin, verdict);
                Refuse(queued, pod, state, refusal);
                return;
            }
        }
        catch (ApiException refused)
        {
            cache.Forget(pod.Key);
            events.Warning(queued.Pod, "FailedScheduling", $"running Bind plugin \"DefaultBinder\": {refused.Message}");
            queue.ReturnFailed(queued);
            return;
        }

        queue.Remove(pod.Key);
        cache.Denominate(pod.Key);
        Bound++;
        events.Normal(queued.Pod, "Scheduled", $"Successfully assigned {pod.Key} to {node.Name}");
    }

    private void Refuse(QueuedPod queued, PodInfo pod, CycleState state, FitError error)
    {
        string? nominated = null;
        foreach (var plugin in profile.PostFilter)
        {
            (nominated, error.PostFilterMessage) = plugin.PostFilter(state, pod, cache.Nodes, error);
            if (nominated is not null)
            {
                cache.Nominate(pod, nominated);
                break;
            }
        }

        var message = error.Message;
        events.Warning(queued.Pod, "FailedScheduling", message);
        queue.ReturnUnschedulable(queued, HelpedBy(error));
        Report(queued.Pod, message, nominated);
    }

    private ClusterChange HelpedBy(FitError error)
    {
        var helpedBy = error.Nodes == 0 ? ClusterChange.NodeAdded : ClusterChange.None;
        foreach (var name in error.Plugins)
        {
            helpedBy |= plugins.TryGetValue(name, out var plugin) ? plugin.HelpedBy : ClusterChange.None;
        }

        return helpedBy | ClusterChange.NodeAdded;
    }

    /// <summary>Writes the PodScheduled condition; a pod that changed or went meanwhile is tried again anyway.</summary>
    private void Report(Pod pod, string message, string? nominated)
    {
        try
        {
            if (api.Find<Pod>(pod.Metadata.Namespace!, pod.Metadata.Name!) is not { } current || HasNode(current))
            {
                return;
            }

            var condition = PodScheduledCondition.Unschedulable(current.Status.Conditions, message, clock.Now);
            var status = current.Status with { Conditions = condition, NominatedNodeName = nominated ?? current.Status.NominatedNodeName };
            if (status != current.Status)
            {
                api.UpdateStatus(current with { Status = status });
            }
        }
        catch (ApiException)
        {
            // The pod is in the queue; its next attempt reports again.
        }
    }
}

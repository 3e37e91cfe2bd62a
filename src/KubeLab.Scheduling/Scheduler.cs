using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Recording;
using KubeLab.Scheduling.Cache;
using KubeLab.Scheduling.Configuration;
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
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly SchedulerCache cache = new();
    private readonly InformedObjects objects;
    private readonly OrderedDictionary<string, SchedulerProfile> profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectKey, BindingCycle> waiting = [];
    private readonly SchedulingQueue queue;
    private readonly Informer<Pod> pods;
    private readonly Informer<Node> nodes;
    private bool running;
    private bool scheduled;

    /// <summary>Makes a stopped one.</summary>
    /// <param name="api">The server, as user <c>system:kube-scheduler</c>.</param>
    /// <param name="clock">The clock its work runs on.</param>
    /// <param name="chance">Breaks ties between nodes of the same score.</param>
    /// <param name="options">Its profiles; one with upstream's defaults when null.</param>
    /// <exception cref="SchedulerConfigurationException">The options contradict each other; the message names the field.</exception>
    public Scheduler(IKubernetesApi api, VirtualClock clock, Randomness chance, SchedulerOptions? options = null)
    {
        options ??= SchedulerOptions.Default;
        ConfigurationCheck.Check(options);
        this.api = api;
        this.clock = clock;
        objects = new InformedObjects(api, clock, change => queue!.OnChange(change));
        foreach (var profile in options.Profiles)
        {
            var events = new EventRecorder(api, clock, chance.For(profiles.Count == 0 ? "events" : $"events/{profile.SchedulerName}"), profile.SchedulerName);
            var context = new PluginContext(api, clock, events, cache, objects);
            var own = profile with { PercentageOfNodesToScore = profile.PercentageOfNodesToScore ?? options.PercentageOfNodesToScore };
            var ties = chance.For(profiles.Count == 0 ? "ties" : $"ties/{profile.SchedulerName}");
            profiles.Add(profile.SchedulerName, new SchedulerProfile(Profile.Of(context, own), context, ties));
        }

        queue = new SchedulingQueue(
            clock,
            profiles.GetAt(0).Value.Profile.QueueSort,
            pod => ProfileOf(pod)?.Profile.PreEnqueue ?? [],
            new Client.Reconciling.Backoff(options.PodInitialBackoff, options.PodMaxBackoff));
        queue.BecameReady += Wake;
        pods = new Informer<Pod>(api, clock, Pod.Resource, options: new ListOptions { FieldSelector = "status.phase!=Succeeded,status.phase!=Failed" });
        nodes = new Informer<Node>(api, clock, Node.Resource);
        Listen();
    }

    /// <summary>The scheduler's picture of the cluster, for explanations and the node autoscaler's what-if.</summary>
    public SchedulerCache Cache => cache;

    /// <summary>Whether it schedules.</summary>
    public bool IsRunning => running;

    /// <summary>How many pods wait for a node.</summary>
    public int Waiting => queue.Count;

    /// <summary>How many pods it has bound.</summary>
    public long Bound { get; private set; }

    /// <summary>Begins to schedule.</summary>
    public void Start()
    {
        running = true;
        objects.Start();
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
        objects.Stop();
        queue.Clear();
        waiting.Clear();
        cache.Clear();
    }

    /// <summary>Says for every node why a pod would not fit there now, or null where it would.</summary>
    public FitError? Explain(Pod pod) => (ProfileOf(pod) ?? profiles.GetAt(0).Value).Cycle.Explain(cache.InfoOf(pod));

    private void Listen()
    {
        nodes.Added += node => queue.OnChange(new(cache.Set(node), null, node));
        nodes.Updated += (old, node) =>
        {
            if (cache.Set(node) is var change && change != ClusterChange.None)
            {
                queue.OnChange(new(change, old, node));
            }
        };
        nodes.Deleted += node =>
        {
            cache.RemoveNode(node.Metadata.Name!);
            queue.OnChange(new(ClusterChange.NodeDeleted, node));
        };
        pods.Added += OnPod;
        pods.Updated += OnPodUpdated;
        pods.Deleted += OnPodDeleted;
    }

    private void OnPod(Pod pod)
    {
        if (HasNode(pod))
        {
            cache.SetPod(pod);
            queue.OnChange(new(ClusterChange.AssignedPodAdded, null, pod));
        }
        else if (IsMine(pod))
        {
            Keep(pod);
            queue.Add(pod);
        }
    }

    private void OnPodUpdated(Pod old, Pod pod)
    {
        if (HasNode(pod))
        {
            queue.Remove(ObjectKey.Of(pod));
            cache.SetPod(pod);
            if (ChangeOf(old, pod) is var change && change != ClusterChange.None)
            {
                // Who just got a node was nowhere before.
                queue.OnChange(new(change, change == ClusterChange.AssignedPodAdded ? null : old, pod));
            }
        }
        else if (IsMine(pod) && !cache.Knows(ObjectKey.Of(pod)))
        {
            Keep(pod);
            queue.Update(old, pod);
        }
    }

    private void OnPodDeleted(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        queue.Remove(key);
        cache.Denominate(key);
        if (waiting.Remove(key, out var binding))
        {
            binding.Unreserve();
        }

        if (cache.Remove(key))
        {
            queue.OnChange(new(ClusterChange.AssignedPodDeleted, pod));
        }
    }

    private static ClusterChange ChangeOf(Pod old, Pod pod)
    {
        if (!HasNode(old))
        {
            return ClusterChange.AssignedPodAdded;
        }

        var change = old.Metadata.Labels != pod.Metadata.Labels ? ClusterChange.AssignedPodLabels : ClusterChange.None;
        return old.Spec.Containers != pod.Spec.Containers ? change | ClusterChange.AssignedPodShrunk : change;
    }

    /// <summary>A pod that was nominated keeps its place also when the scheduler was started anew.</summary>
    private void Keep(Pod pod)
    {
        if (pod.Status.NominatedNodeName is { Length: > 0 } node)
        {
            cache.Nominate(cache.InfoOf(pod), node);
        }
    }

    private SchedulerProfile? ProfileOf(Pod pod) => profiles.GetValueOrDefault(pod.Spec.SchedulerName ?? "default-scheduler");

    private bool IsMine(Pod pod) => pod.Metadata.DeletionTimestamp is null && ProfileOf(pod) is not null;

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
            if (ProfileOf(queued.Pod) is { } profile)
            {
                ScheduleOne(profile, queued);
            }

            Wake();
        }
    }

    private void ScheduleOne(SchedulerProfile profile, QueuedPod queued)
    {
        var pod = cache.InfoOf(queued.Pod);
        var state = new CycleState();
        if (profile.Cycle.FindNode(state, pod, out var error) is not { } node)
        {
            Refuse(profile, queued, pod, state, error!);
            return;
        }

        cache.Assume(pod, node);
        var binding = new BindingCycle(profile.Profile, state, pod, node);
        if (binding.Reserve() is { Verdict.IsSuccess: false } refusal)
        {
            TurnBack(profile, queued, binding, refusal.Plugin, refusal.Verdict);
            return;
        }

        GoOn(profile, queued, binding);
    }

    /// <summary>Brings a pod nearer to its node, now or step by step.</summary>
    private void GoOn(SchedulerProfile profile, QueuedPod queued, BindingCycle binding)
    {
        var key = binding.Pod.Key;
        try
        {
            var (plugin, verdict) = binding.Advance();
            if (verdict.Code == VerdictCode.Wait)
            {
                waiting[key] = binding;
                clock.After(AskAgain, () =>
                {
                    if (running && waiting.GetValueOrDefault(key) == binding)
                    {
                        GoOn(profile, queued, binding);
                    }
                });
                return;
            }

            waiting.Remove(key);
            if (!verdict.IsSuccess)
            {
                binding.Unreserve();
                TurnBack(profile, queued, binding, plugin, verdict);
                return;
            }
        }
        catch (ApiException refused)
        {
            waiting.Remove(key);
            binding.Unreserve();
            Forget(binding);
            profile.Context.Events.Warning(queued.Pod, "FailedScheduling", $"running Bind plugin \"DefaultBinder\": {refused.Message}");
            queue.ReturnFailed(queued);
            return;
        }

        queue.Remove(key);
        cache.Denominate(key);
        Bound++;
        profile.Context.Events.Normal(queued.Pod, "Scheduled", $"Successfully assigned {key} to {binding.Node.Name}");
    }

    private void TurnBack(SchedulerProfile profile, QueuedPod queued, BindingCycle binding, string plugin, Verdict verdict)
    {
        Forget(binding);
        var refusal = new FitError(cache.Nodes.Count);
        refusal.Add(binding.Node, plugin, verdict);
        Say(profile, queued, refusal, nominated: null);
    }

    /// <summary>The room a pod was thought to take is free again, which may help others.</summary>
    private void Forget(BindingCycle binding)
    {
        var pod = binding.Pod.Pod;
        cache.Forget(binding.Pod.Key);
        queue.OnChange(new(ClusterChange.AssignedPodDeleted, pod with { Spec = pod.Spec with { NodeName = binding.Node.Name } }));
    }

    private void Refuse(SchedulerProfile profile, QueuedPod queued, PodInfo pod, CycleState state, FitError error)
    {
        string? nominated = null;
        foreach (var plugin in profile.Profile.PostFilter)
        {
            (nominated, error.PostFilterMessage) = plugin.PostFilter(state, pod, cache.Nodes, error);
            if (!string.IsNullOrEmpty(nominated))
            {
                cache.Nominate(pod, nominated);
                break;
            }
        }

        if (nominated is "")
        {
            cache.Denominate(pod.Key);
        }

        Say(profile, queued, error, nominated);
    }

    private void Say(SchedulerProfile profile, QueuedPod queued, FitError error, string? nominated)
    {
        var message = error.Message;
        profile.Context.Events.Warning(queued.Pod, "FailedScheduling", message);
        queue.ReturnUnschedulable(queued, profile.Named(error.Plugins));
        Report(queued.Pod, message, nominated);
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
            var node = nominated is null ? current.Status.NominatedNodeName : nominated.Length == 0 ? null : nominated;
            var status = current.Status with { Conditions = condition, NominatedNodeName = node };
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

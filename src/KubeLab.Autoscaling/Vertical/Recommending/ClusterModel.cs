using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Metrics;
using KubeLab.Api.Selecting;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>All that the recommender knows: pods, what they used, and the autoscalers that are about them.</summary>
/// <remarks>Upstream: pkg/recommender/model/cluster.go. Pods with the same labels share what is learned of them, so that what a pod used outlives it.</remarks>
internal sealed class ClusterModel(Aggregations aggregations)
{
    private readonly Dictionary<ObjectKey, PodState> pods = [];
    private readonly OrderedDictionary<(string Namespace, StringMap Labels), PodGroup> groups = [];
    private readonly SortedDictionary<ObjectKey, VpaState> autoscalers = [];
    private long looks;

    /// <summary>The autoscalers, in the order of their keys.</summary>
    public IReadOnlyCollection<VpaState> Autoscalers => autoscalers.Values;

    /// <summary>The pods that are remembered.</summary>
    public IReadOnlyCollection<PodState> Pods => pods.Values;

    /// <summary>The autoscaler at <paramref name="key"/>, or null.</summary>
    public VpaState? Find(ObjectKey key) => autoscalers.GetValueOrDefault(key);

    /// <summary>The pods that an autoscaler is about, by their labels.</summary>
    public IEnumerable<PodGroup> GroupsOf(VpaState vpa) => groups.Values.Where(vpa.Selects);

    /// <summary>Whether some autoscaler is about such pods.</summary>
    public bool IsSelected(string ns, StringMap labels) => autoscalers.Values.Any(v => v.Vpa.Key.Namespace == ns && v.Selector.Matches(labels));

    /// <summary>Nothing is known of it yet.</summary>
    public AggregateState Empty(DateTimeOffset now) => new(aggregations, now);

    /// <summary>An autoscaler is there; one whose selector changed begins anew.</summary>
    public VpaState Put(Vpa vpa, Selector selector)
    {
        if (!autoscalers.TryGetValue(vpa.Key, out var known) || known.Selector.ToString() != selector.ToString() || known.Selector.IsNothing != selector.IsNothing)
        {
            autoscalers[vpa.Key] = known = new VpaState(vpa, selector);
        }

        known.Vpa = vpa;
        return known;
    }

    /// <summary>Forgets the autoscalers that are not among <paramref name="keys"/>.</summary>
    public void KeepOnly(HashSet<ObjectKey> keys)
    {
        foreach (var gone in autoscalers.Keys.Where(k => !keys.Contains(k)).ToList())
        {
            autoscalers.Remove(gone);
        }
    }

    /// <summary>Begins a look at the pods: <see cref="See"/> tells of each that is there.</summary>
    public void BeginLook()
    {
        looks++;
        foreach (var group in groups.Values)
        {
            foreach (var aggregate in group.Aggregates.Values)
            {
                aggregate.Round.Clear();
            }
        }
    }

    /// <summary>A pod is there.</summary>
    public void See(Pod pod, DateTimeOffset now)
    {
        var key = ObjectKey.Of(pod);
        if (!pods.TryGetValue(key, out var state))
        {
            pods.Add(key, state = new PodState(GroupOf(pod)));
            state.Group.Count++;
        }

        state.SeenAt = looks;
        if (!ReferenceEquals(state.Source, pod))
        {
            Read(state, pod, now);
        }
    }

    /// <summary>Forgets the pods that were not seen.</summary>
    public void EndLook()
    {
        foreach (var (key, state) in pods.Where(p => p.Value.SeenAt != looks).ToList())
        {
            state.Group.Count--;
            pods.Remove(key);
        }
    }

    /// <summary>Takes what a pod used.</summary>
    public void Add(PodMetrics measured, DateTimeOffset now)
    {
        if (!pods.TryGetValue(ObjectKey.Of(measured), out var pod))
        {
            return;
        }

        var at = measured.Timestamp?.Instant ?? now;
        foreach (var container in measured.Containers)
        {
            if (pod.Find(container.Name) is { } state)
            {
                Connect(pod, container.Name, state, now);
                var (cpu, memory) = (container.Usage[Amounts.Cpu]?.MilliValue, container.Usage[Amounts.Memory]?.Value);
                if (cpu is { } milli)
                {
                    state.AddCpu(milli, at);
                }

                if (memory is { } bytes)
                {
                    state.AddMemory(bytes, at);
                }

                state.Aggregate.Round.Add(cpu ?? 0, memory ?? 0, state.CpuRequest, state.MemoryRequest);
            }
        }
    }

    /// <summary>A container was killed for want of memory.</summary>
    public void RecordOom(OutOfMemory kill, DateTimeOffset now)
    {
        if (pods.TryGetValue(kill.Pod, out var pod) && pod.Find(kill.Container) is { } state)
        {
            Connect(pod, kill.Container, state, now);
            state.RecordOom(kill.At, kill.RequestedBytes);
        }
    }

    /// <summary>Forgets what is known of containers that are gone for good, or that have not been measured for too long.</summary>
    /// <param name="isAlive">Whether the pod runs, or its controller is still there.</param>
    /// <param name="now">The time.</param>
    public void CollectGarbage(Func<PodState, bool> isAlive, DateTimeOffset now)
    {
        var alive = new HashSet<(PodGroup, string)>();
        foreach (var pod in pods.Values)
        {
            if (isAlive(pod))
            {
                alive.UnionWith(pod.Containers.Select(c => (pod.Group, c.Name)));
            }
        }

        foreach (var group in groups.Values.ToList())
        {
            foreach (var (container, state) in group.Aggregates.ToList())
            {
                if ((state.SampleCount == 0 && !alive.Contains((group, container))) || state.IsExpired(now))
                {
                    state.IsForgotten = true;
                    group.Aggregates.Remove(container);
                }
            }

            if (group is { Count: 0, Aggregates.Count: 0 })
            {
                groups.Remove((group.Namespace, group.Labels));
            }
        }
    }

    private static void SetRequests(ContainerState state, Container container)
    {
        state.CpuRequest = container.Resources.Requests[Amounts.Cpu]?.MilliValue ?? 0;
        state.MemoryRequest = container.Resources.Requests[Amounts.Memory]?.Value ?? 0;
    }

    private PodGroup GroupOf(Pod pod)
    {
        var key = (pod.Metadata.Namespace ?? "", pod.Metadata.Labels);
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = new PodGroup(key.Item1, key.Labels));
        }

        return group;
    }

    private void Read(PodState state, Pod pod, DateTimeOffset now)
    {
        if (state.Group.Labels != pod.Metadata.Labels)
        {
            state.Group.Count--;
            state.Group = GroupOf(pod);
            state.Group.Count++;
            foreach (var (name, container) in state.Containers)
            {
                container.Aggregate = AggregateOf(state.Group, name, now);
            }
        }

        if (state.Source is null || !ReferenceEquals(state.Source.Spec, pod.Spec))
        {
            foreach (var container in pod.Spec.Containers)
            {
                if (state.Find(container.Name) is not { } known)
                {
                    state.Containers.Add((container.Name, known = new ContainerState(aggregations, AggregateOf(state.Group, container.Name, now))));
                }

                SetRequests(known, container);
            }
        }

        state.Source = pod;
    }

    private void Connect(PodState pod, string container, ContainerState state, DateTimeOffset now)
    {
        if (state.Aggregate.IsForgotten)
        {
            state.Aggregate = AggregateOf(pod.Group, container, now);
        }
    }

    private AggregateState AggregateOf(PodGroup group, string container, DateTimeOffset now)
    {
        if (!group.Aggregates.TryGetValue(container, out var state))
        {
            group.Aggregates.Add(container, state = Empty(now));
        }

        return state;
    }
}

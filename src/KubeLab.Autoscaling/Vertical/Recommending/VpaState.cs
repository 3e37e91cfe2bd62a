using KubeLab.Api.Selecting;
using KubeLab.Autoscaling.Vertical.Capping;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>What the recommender remembers of an autoscaler.</summary>
/// <remarks>Upstream: pkg/recommender/model/vpa.go.</remarks>
internal sealed class VpaState(Vpa vpa, Selector selector)
{
    /// <summary>The autoscaler as it is now.</summary>
    public Vpa Vpa { get; set; } = vpa;

    /// <summary>The pods that it is about.</summary>
    public Selector Selector => selector;

    /// <summary>What a checkpoint told of its containers.</summary>
    public SortedDictionary<string, AggregateState> Restored { get; } = new(StringComparer.Ordinal);

    /// <summary>When its checkpoints were last written.</summary>
    public DateTimeOffset CheckpointsWritten { get; set; }

    /// <summary>Whether it is about the pods of <paramref name="group"/>.</summary>
    public bool Selects(PodGroup group) => Vpa.Key.Namespace == group.Namespace && selector.Matches(group.Labels);

    /// <summary>All that is known of its containers, by name.</summary>
    public SortedDictionary<string, AggregateState> Merged(IEnumerable<PodGroup> groups, Func<AggregateState> empty)
    {
        var merged = new SortedDictionary<string, AggregateState>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            Merge(group.Aggregates);
        }

        Merge(Restored);
        return merged;

        void Merge(SortedDictionary<string, AggregateState> some)
        {
            foreach (var (container, state) in some)
            {
                if (!merged.TryGetValue(container, out var all))
                {
                    merged.Add(container, all = empty());
                }

                all.Merge(state);
                all.Round.Add(state.Round);
            }
        }
    }

    /// <summary>Those of its containers for which something can be recommended: not switched off, and measured.</summary>
    public SortedDictionary<string, AggregateState> Recommendable(SortedDictionary<string, AggregateState> merged)
    {
        var chosen = new SortedDictionary<string, AggregateState>(StringComparer.Ordinal);
        foreach (var (container, state) in merged)
        {
            if (state.SampleCount > 0 && !Policies.IsOff(container, Vpa.Spec.ResourcePolicy))
            {
                chosen.Add(container, state);
            }
        }

        return chosen;
    }
}

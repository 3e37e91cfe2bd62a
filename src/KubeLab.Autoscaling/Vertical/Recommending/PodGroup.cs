using KubeLab.Api;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>The pods of a namespace that have the same labels: an autoscaler selects all of them or none.</summary>
internal sealed class PodGroup(string ns, StringMap labels)
{
    /// <summary>The namespace.</summary>
    public string Namespace => ns;

    /// <summary>The labels.</summary>
    public StringMap Labels => labels;

    /// <summary>How many pods there are now.</summary>
    public int Count { get; set; }

    /// <summary>What is known of their containers, by name.</summary>
    public SortedDictionary<string, AggregateState> Aggregates { get; } = new(StringComparer.Ordinal);
}

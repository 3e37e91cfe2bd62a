namespace KubeLab.Scheduling.Framework;

/// <summary>What plugins compute for one pod in one scheduling cycle, by the type of the value.</summary>
public sealed class CycleState
{
    private Dictionary<Type, object>? values;

    /// <summary>The value a plugin left, or null.</summary>
    public T? Find<T>()
        where T : class => values is not null && values.TryGetValue(typeof(T), out var value) ? (T)value : null;

    /// <summary>Leaves a value.</summary>
    public void Set<T>(T value)
        where T : class => (values ??= [])[typeof(T)] = value;

    /// <summary>A copy that can be changed freely, to try what a preemption would give.</summary>
    public CycleState Copy()
    {
        var copy = new CycleState();
        foreach (var (type, value) in values ?? [])
        {
            (copy.values ??= [])[type] = value is ICycleData data ? data.Copy() : value;
        }

        return copy;
    }
}

/// <summary>A value in a <see cref="CycleState"/> that changes when pods are put on or taken off a node for a try.</summary>
internal interface ICycleData
{
    /// <summary>A copy of its own.</summary>
    object Copy();
}

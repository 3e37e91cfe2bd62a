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
}

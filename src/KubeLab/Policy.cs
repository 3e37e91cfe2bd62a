using System.Globalization;

namespace KubeLab;

/// <summary>One way to run a scenario: what is done to the cluster before the load is watched.</summary>
/// <param name="Name">What tables and pictures call it.</param>
/// <param name="Apply">Does it; what it takes of the cluster's time belongs to the time that is measured.</param>
public sealed record Policy(string Name, Action<Cluster> Apply)
{
    /// <summary>A policy for each value of one parameter.</summary>
    /// <param name="parameter">Its name, for example <c>CPU target</c>.</param>
    /// <param name="values">The values.</param>
    /// <param name="apply">Does what the policy does with a value.</param>
    public static IReadOnlyList<Policy> Sweep<T>(string parameter, IEnumerable<T> values, Action<Cluster, T> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        return [.. values.Select(value => new Policy(Words(parameter, value), cluster => apply(cluster, value)))];
    }

    /// <summary>A policy for each pair of values of two parameters; the second one changes faster.</summary>
    /// <param name="first">The name of the first parameter.</param>
    /// <param name="firstValues">Its values.</param>
    /// <param name="second">The name of the second parameter.</param>
    /// <param name="secondValues">Its values.</param>
    /// <param name="apply">Does what the policy does with two values.</param>
    public static IReadOnlyList<Policy> Sweep<TFirst, TSecond>(
        string first, IEnumerable<TFirst> firstValues, string second, IReadOnlyList<TSecond> secondValues, Action<Cluster, TFirst, TSecond> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        return
        [
            .. firstValues.SelectMany(a => secondValues.Select(b =>
                new Policy($"{Words(first, a)}, {Words(second, b)}", cluster => apply(cluster, a, b)))),
        ];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string Words<T>(string parameter, T value) => string.Create(CultureInfo.InvariantCulture, $"{parameter} {value}");
}

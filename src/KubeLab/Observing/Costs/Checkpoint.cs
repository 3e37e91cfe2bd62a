using KubeLab.Api;

namespace KubeLab.Observing.Costs;

/// <summary>What had been spent for whom at an instant.</summary>
/// <param name="At">The instant.</param>
/// <param name="Spent">Money by account.</param>
/// <param name="Mounted">How long each claim had been mounted, in hours.</param>
internal sealed record Checkpoint(DateTimeOffset At, IReadOnlyDictionary<CostKey, double> Spent, IReadOnlyDictionary<ObjectKey, double> Mounted)
{
    /// <summary>Nothing had been spent.</summary>
    public static Checkpoint Empty(DateTimeOffset at) => new(at, new Dictionary<CostKey, double>(), new Dictionary<ObjectKey, double>());

    /// <summary>An instant between two, as if rates had not changed between them.</summary>
    public static Checkpoint Between(Checkpoint before, Checkpoint after, DateTimeOffset at)
    {
        var part = after.At == before.At ? 1 : (at - before.At) / (after.At - before.At);
        return new Checkpoint(at, Mixed(before.Spent, after.Spent, part), Mixed(before.Mounted, after.Mounted, part));
    }

    private static Dictionary<T, double> Mixed<T>(IReadOnlyDictionary<T, double> before, IReadOnlyDictionary<T, double> after, double part)
        where T : notnull
    {
        var mixed = new Dictionary<T, double>();
        foreach (var (key, value) in after)
        {
            var old = before.TryGetValue(key, out var known) ? known : 0;
            mixed[key] = old + ((value - old) * part);
        }

        return mixed;
    }
}

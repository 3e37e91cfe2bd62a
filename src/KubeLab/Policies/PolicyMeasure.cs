using System.Globalization;

namespace KubeLab.Policies;

/// <summary>What policies are compared by: a name, a unit, and how it is read of a run.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Of">Reads it.</param>
internal sealed record PolicyMeasure(string Name, Func<PolicyRun, double> Of)
{
    /// <summary>The measures, in the order of the columns.</summary>
    public static IReadOnlyList<PolicyMeasure> All(string currency) =>
    [
        new(string.Create(CultureInfo.InvariantCulture, $"cost {currency}"), r => r.Cost),
        new("p50 ms", r => r.P50),
        new("p95 ms", r => r.P95),
        new("errors %", r => 100 * r.ErrorShare),
        new("scale events", r => r.ScaleEvents),
        new("node-hours", r => r.NodeHours),
        new("peak replicas", r => r.PeakReplicas),
    ];
}

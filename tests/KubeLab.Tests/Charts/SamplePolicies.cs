using KubeLab.Charts;

namespace KubeLab.Tests.Charts;

/// <summary>Policies compared, made up.</summary>
internal static class SamplePolicies
{
    public static Figure Few() => PolicyChart.Of(Results(5), "USD", "1:00:00 of simulated time, 10 seeds: mean [least..greatest]");

    public static Figure Sweep() => PolicyChart.Of(Results(50), "USD", "1:00:00 of simulated time, 4 seeds: mean [least..greatest]");

    public static Figure Plane() => PolicyPlaneChart.Of(Results(5), "USD", "1:00:00 of simulated time, 10 seeds: mean [least..greatest]");

    public static Figure PlaneOfMany() => PolicyPlaneChart.Of(Results(50), "USD", "1:00:00 of simulated time, 4 seeds: mean [least..greatest]");

    private static IReadOnlyList<PolicyResult> Results(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new PolicyResult(
            count < 10 ? new[] { "2 copies", "8 copies", "CPU 50 %", "CPU 70 %", "CPU 70 %, slow down" }[i] : $"CPU target {40 + (i / 5 * 5)}, max {4 + (i % 5)}",
            Around(0.4 + (0.05 * (i * 7 % 11)), 0.02),
            Around(420 - (330 * (i * 7 % 11) / 11.0) + (45 * (i % 5)), 15),
            Around(i * 3 % 7 / 2.0, 0.1),
            Around(i * 4 % 9, i % 3))),
    ];

    private static MeasuredBand Around(double mean, double half) => new(mean, Math.Max(mean - half, 0), mean + half);
}

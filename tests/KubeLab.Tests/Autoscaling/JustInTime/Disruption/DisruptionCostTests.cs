using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.JustInTime.Disruption;

namespace KubeLab.Tests.Autoscaling.JustInTime.Disruption;

public sealed class DisruptionCostTests
{
    // Rows of upstream's rule: 1 + deletion cost / 2^27 + priority / 2^25, from -10 to 10.
    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("134217728", null, 2)]
    [InlineData("-134217728", null, 0)]
    [InlineData("2147483647", null, 10)]
    [InlineData("-2147483647", null, -10)]
    [InlineData("nothing", null, 1)]
    [InlineData(null, 33554432, 2)]
    [InlineData(null, 1000000000, 10)]
    public void A_pod_costs_by_its_deletion_cost_and_priority(string? deletion, int? priority, double cost) =>
        Assert.Equal(cost, DisruptionCost.OfEviction(Pod(deletion, priority)), 6);

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(5, 10, 0.5)]
    [InlineData(12, 10, 0)]
    [InlineData(5, null, 1)]
    public void What_ends_soon_costs_less(int age, int? lifetime, double factor) =>
        Assert.Equal(2 * factor, DisruptionCost.Of([Pod(null, null), Pod(null, null)], TimeSpan.FromHours(age), lifetime is { } hours ? TimeSpan.FromHours(hours) : null), 6);

    private static Pod Pod(string? deletion, int? priority) => new()
    {
        Metadata = new() { Name = "p", Annotations = deletion is null ? default : StringMap.Of(("controller.kubernetes.io/pod-deletion-cost", deletion)) },
        Spec = new() { Priority = priority },
    };
}

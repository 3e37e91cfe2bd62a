using KubeLab.Api.Core;
using KubeLab.Cloud.Prices;
using KubeLab.Connected;

namespace KubeLab.Tests.Connected;

public sealed class NodePricesTests
{
    private readonly NodePrices prices = new();

    [Fact]
    public void Type_region_and_spot_are_read_from_the_labels_and_priced_by_the_book()
    {
        var book = PriceBook.Load("gcp", "europe-west4");
        Assert.Equal(book.Machine("e2-standard-4").PerHour, prices.Of(NodeOrigin.Of(RealNodes.Gke(), false)).Price!.PerHour);
        Assert.Equal("e2-standard-4", prices.Of(NodeOrigin.Of(RealNodes.Gke(), false)).Price!.Item);
    }

    [Theory]
    [InlineData("cloud.google.com/gke-spot", "true", true)]
    [InlineData("cloud.google.com/gke-provisioning", "spot", true)]
    [InlineData("cloud.google.com/gke-provisioning", "standard", false)]
    [InlineData("eks.amazonaws.com/capacityType", "SPOT", true)]
    [InlineData("eks.amazonaws.com/capacityType", "ON_DEMAND", false)]
    [InlineData("karpenter.sh/capacity-type", "spot", true)]
    [InlineData("kubernetes.azure.com/scalesetpriority", "spot", true)]
    [InlineData("kubernetes.azure.com/scalesetpriority", "regular", false)]
    public void Each_provider_marks_spot_machines_in_its_way(string label, string value, bool isSpot) =>
        Assert.Equal(isSpot, NodeOrigin.Of(RealNodes.Of("n", "", (label, value)), false).IsSpot);

    [Fact]
    public void What_is_not_in_the_book_is_said_and_never_guessed()
    {
        Assert.Equal((null, "spec.providerID names no provider whose prices are known (aws, azure, gce, infomaniak)"), Reason(RealNodes.Bare), Loosely);
        Assert.Contains("providerID", Reason(RealNodes.Kind).Reason, StringComparison.Ordinal);
        Assert.Contains("no Spot price of m5.large", Reason(RealNodes.Eks).Reason, StringComparison.Ordinal);
        Assert.Contains("unknown machine type \"n4-standard-8\" at gcp", Reason(RealNodes.Gke(type: "n4-standard-8")).Reason, StringComparison.Ordinal);
        Assert.Contains("instance-type", Reason(RealNodes.Of("n", "gce://p/z/n")).Reason, StringComparison.Ordinal);
        Assert.Contains("unknown region \"mars\"", Reason(RealNodes.Of(
            "n", "gce://p/z/n", ("node.kubernetes.io/instance-type", "e2-standard-4"), ("topology.kubernetes.io/region", "mars"))).Reason, StringComparison.Ordinal);
    }

    private (UnitPrice? Price, string? Reason) Reason(Node node) => prices.Of(NodeOrigin.Of(node, false));

    // Which providers there are is the price files' business.
    private static bool Loosely((UnitPrice? Price, string? Reason) expected, (UnitPrice? Price, string? Reason) actual) =>
        actual.Price is null && actual.Reason!.StartsWith(expected.Reason!.Split('(')[0], StringComparison.Ordinal);
}

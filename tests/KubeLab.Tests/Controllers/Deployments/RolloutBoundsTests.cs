using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Controllers.Deployments;

namespace KubeLab.Tests.Controllers.Deployments;

public sealed class RolloutBoundsTests
{
    /// <summary>Surge rounds up, unavailable rounds down; both zero becomes one unavailable.</summary>
    [Theory]
    [InlineData("25%", "25%", 3, 1, 0)]
    [InlineData("25%", "25%", 4, 1, 1)]
    [InlineData("25%", "25%", 10, 3, 2)]
    [InlineData("0%", "0%", 10, 0, 1)]
    [InlineData("0", "10%", 5, 0, 1)]
    [InlineData("2", "1", 10, 2, 1)]
    [InlineData("100%", "0", 7, 7, 0)]
    [InlineData("1", "5", 3, 1, 3)]
    public void Surge_rounds_up_and_unavailable_rounds_down(string surge, string unavailable, int desired, int maxSurge, int maxUnavailable) =>
        Assert.Equal(
            new RolloutBounds(maxSurge, maxUnavailable),
            RolloutBounds.Resolve(IntOrString.Parse(surge), IntOrString.Parse(unavailable), desired));

    [Fact]
    public void A_quoted_bare_number_is_not_a_percentage() =>
        Assert.Throws<FormatException>(() => RolloutBounds.Resolve("5", 0, 10));

    [Fact]
    public void A_deployment_whose_bounds_cannot_be_read_stands_still() => Assert.Equal(
        default, RolloutBounds.Of(new Deployment { Spec = new() { Replicas = 4, Strategy = new() { RollingUpdate = new() { MaxSurge = "5" } } } }));

    [Fact]
    public void A_deployment_that_is_recreated_has_no_bounds() =>
        Assert.Equal(default, RolloutBounds.Of(new Deployment { Spec = new() { Replicas = 4, Strategy = new() { Type = "Recreate" } } }));
}

using KubeLab.Nodes.Sharing;

namespace KubeLab.Tests.Nodes.Sharing;

public sealed class CpuWeightTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(10, 10)]
    [InlineData(100, 102)]
    [InlineData(500, 512)]
    [InlineData(1000, 1024)]
    [InlineData(256_000, 262_144)]
    [InlineData(500_000, 262_144)]
    [InlineData(long.MaxValue, 262_144)]
    public void A_request_weighs_1024_for_each_core_within_the_kernels_bounds(long millis, long weight) => Assert.Equal(weight, CpuWeight.Of(millis));
}

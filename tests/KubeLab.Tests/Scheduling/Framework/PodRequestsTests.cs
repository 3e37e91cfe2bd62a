using KubeLab.Api.Core;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Tests.Scheduling.Framework;

public sealed class PodRequestsTests
{
    [Fact]
    public void Containers_add_up_and_init_containers_count_by_the_largest()
    {
        var spec = new PodSpec
        {
            Containers = [Make.Container("a", "200m", "100Mi"), Make.Container("b", "300m", "100Mi")],
            InitContainers = [Make.Container("i", "400m", "1Gi"), Make.Container("j", "900m", "10Mi")],
        };
        var requests = PodRequests.Of(spec);
        Assert.Equal(900, requests.MilliCpu);
        Assert.Equal(1L << 30, requests.MemoryBytes);
        Assert.Equal(1, requests.Pods);
    }

    [Fact]
    public void A_sidecar_runs_beside_the_containers_and_beside_later_init_containers()
    {
        var spec = new PodSpec
        {
            Containers = [Make.Container("a", "200m")],
            InitContainers = [Make.Container("early", "450m"), Make.Container("sidecar", "100m", null, "Always"), Make.Container("late", "400m")],
        };
        Assert.Equal(500, PodRequests.Of(spec).MilliCpu);
    }

    [Fact]
    public void Overhead_comes_on_top()
    {
        var spec = new PodSpec
        {
            Containers = [Make.Container("a", "200m")],
            Overhead = KubeLab.Api.ResourceList.Of(("cpu", KubeLab.Api.Quantity.Parse("50m"))),
        };
        Assert.Equal(250, PodRequests.Of(spec).MilliCpu);
    }

    [Fact]
    public void Scoring_assumes_a_little_for_what_is_not_named_but_not_for_an_explicit_zero()
    {
        var unnamed = PodRequests.NonZeroOf(new PodSpec { Containers = [Make.Container("a")] });
        var zero = PodRequests.NonZeroOf(new PodSpec { Containers = [Make.Container("a", "0", "0")] });
        Assert.Equal((100L, 200L * 1024 * 1024), (unnamed.MilliCpu, unnamed.MemoryBytes));
        Assert.Equal((0L, 0L), (zero.MilliCpu, zero.MemoryBytes));
    }
}

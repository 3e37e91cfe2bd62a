using KubeLab.Nodes.Serving;

namespace KubeLab.Tests.Nodes.Serving;

public sealed class ServingCapacityTests
{
    [Theory]
    // CPU decides: two cores, ten milliseconds each.
    [InlineData(10, 0, 100, 2, 200, 10, 2)]
    // Half a core stretches the work of one request to twice its time.
    [InlineData(10, 0, 100, 0.5, 50, 20, 1)]
    // Waiting for others costs no CPU, so the workers decide: each is busy for 100 ms.
    [InlineData(10, 90, 4, 2, 40, 10, 4)]
    // With less CPU each worker is busy for longer, until CPU decides again.
    [InlineData(10, 90, 4, 0.25, 25, 40, 1)]
    // What needs no CPU is held up by its workers only.
    [InlineData(0, 50, 10, 1, 200, 0, 10)]
    public void Requests_per_second_follow_from_cpu_or_workers_whichever_is_less(
        double cpuMs, double latencyMs, int workers, double cores, double perSecond, double stretchedMs, double servers)
    {
        var capacity = ServingCapacity.Of(new RequestProfile { CpuSeconds = cpuMs / 1000, BaseSeconds = latencyMs / 1000, Workers = workers }, cores);
        Assert.Equal(perSecond, capacity.PerSecond, 6);
        Assert.Equal(stretchedMs, capacity.CpuSeconds * 1000, 6);
        Assert.Equal(servers, capacity.Servers, 6);
    }
}

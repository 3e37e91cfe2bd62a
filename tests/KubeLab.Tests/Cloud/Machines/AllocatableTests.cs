using FsCheck;
using FsCheck.Fluent;
using KubeLab.Cloud.Machines;

namespace KubeLab.Tests.Cloud.Machines;

public sealed class AllocatableTests
{
    // The CPU column follows GKE's table of reservations; 1930m was read from a real cluster (5.79 cores on three e2-standard-2).
    [Theory]
    [InlineData("n1-standard-1", 940, 2.67)]
    [InlineData("e2-standard-2", 1930, 6.1)]
    [InlineData("e2-standard-4", 3920, 13.3)]
    [InlineData("e2-standard-8", 7910, 28.3)]
    [InlineData("e2-standard-16", 15890, 58.4)]
    [InlineData("a2-highgpu-1g", 11900, 78.2)]
    public void Gke_reserves_less_of_each_further_core_and_gibibyte(string type, int cpuMillis, double memoryGib)
    {
        var allocatable = Allocatable.For(MachineCatalog.Load().Find(type));

        Assert.Equal(cpuMillis, allocatable.CpuMillis);
        Assert.Equal(memoryGib, allocatable.MemoryBytes / (double)(1L << 30), 0.05);
        Assert.Equal(110, allocatable.Pods);
    }

    [Fact]
    public void Four_jobs_of_780m_fit_on_a_node_of_four_cores_and_five_do_not()
    {
        var allocatable = Allocatable.For(MachineCatalog.Load().Find("e2-standard-4"));

        Assert.InRange(allocatable.CpuMillis, 4 * 780, (5 * 780) + 20);
        Assert.True(4 * (1.8 * (1L << 30)) <= allocatable.MemoryBytes);
        Assert.True(4 * (5L << 30) <= Allocatable.EphemeralStorageBytes(100));
    }

    [Fact]
    public void A_machine_below_one_gibibyte_keeps_255_mebibytes_for_the_system() =>
        Assert.Equal((614L - 255 - 100) << 20, Allocatable.For(250, 614L << 20).MemoryBytes);

    [Fact]
    public void Memory_above_128_gibibytes_is_reserved_at_two_percent() =>
        Assert.Equal((2L << 30) / 100, Allocatable.ReservedMemoryBytes(129L << 30) - Allocatable.ReservedMemoryBytes(128L << 30), 1.0);

    [Fact]
    public void A_larger_machine_never_offers_less()
    {
        var machines = ArbMap.Default.GeneratorFor<PositiveInt>().Two();
        Prop.ForAll(machines.ToArbitrary(), pair =>
        {
            var (small, more) = (pair.Item1.Get, pair.Item2.Get);
            var a = Allocatable.For(small * 100, small * (256L << 20));
            var b = Allocatable.For((small + more) * 100, (small + more) * (256L << 20));
            return b.CpuMillis >= a.CpuMillis && (b.MemoryBytes >= a.MemoryBytes || small * 256 < 1024);
        }).QuickCheckThrowOnFailure();
    }
}

namespace KubeLab.Cloud.Machines;

/// <summary>A size of virtual machine that a provider rents.</summary>
/// <param name="Name">For example <c>e2-standard-4</c>; nodes carry it as <c>node.kubernetes.io/instance-type</c>.</param>
/// <param name="Family">For example <c>e2</c>; discounts and Spot prices go by it.</param>
/// <param name="Vcpus">Virtual CPUs.</param>
/// <param name="MemoryBytes">Nominal memory, in bytes.</param>
/// <param name="Gpus">How many GPUs are attached.</param>
/// <param name="GpuModel">Which, as GKE labels it, for example <c>nvidia-l4</c>; null without GPUs.</param>
/// <param name="Speed">The work that one vCPU does, relative to one of Google's e2; 1 where nothing was measured.</param>
/// <seealso href="https://cloud.google.com/compute/docs/machine-resource">Google Cloud: machine families</seealso>
public sealed record MachineType(
    string Name, string Family, int Vcpus, long MemoryBytes, int Gpus = 0, string? GpuModel = null, double Speed = 1)
{
    /// <summary>Nominal memory in GiB.</summary>
    public decimal MemoryGib => (decimal)MemoryBytes / (1L << 30);

    /// <summary>The capacity in thousandths of a CPU.</summary>
    public int CpuMillis => Vcpus * 1000;
}

namespace KubeLab.Observing.Costs;

/// <summary>How the price of a node's hour divides at one instant.</summary>
/// <remarks>
/// As OpenCost does, the price is shared between CPU and memory by their unit prices. Of each, the part that is not allocatable is the system's. A pod is charged what it uses, and what it requests beyond that is
/// slack. Where pods use more than they requested, others' slack becomes less by as much: it was not in vain. What remains is free.
/// </remarks>
internal static class NodeSplit
{
    private const double Gib = 1L << 30;

    /// <summary>Divides; what each pod is charged is written into <paramref name="pods"/>.</summary>
    /// <param name="rate">The price.</param>
    /// <param name="capacity">What the machine has.</param>
    /// <param name="allocatable">What of it pods may use.</param>
    /// <param name="pods">The pods on it.</param>
    /// <returns>The system's part and what is free, per hour.</returns>
    public static (double System, double Free) Of(NodeRate rate, PodShape capacity, PodShape allocatable, IReadOnlyCollection<CostPod> pods)
    {
        foreach (var pod in pods)
        {
            (pod.Used, pod.Slack) = (0, 0);
        }

        var cpuPart = rate.VcpuWeight * capacity.MilliCpu / 1000;
        var memoryPart = rate.GibWeight * capacity.MemoryBytes / Gib;
        if (cpuPart + memoryPart <= 0)
        {
            return (rate.PerHour, 0);
        }

        var forCpu = rate.PerHour * cpuPart / (cpuPart + memoryPart);
        var cpu = Divide(forCpu, capacity.MilliCpu, allocatable.MilliCpu, pods, static p => (p.Shape.MilliCpu, p.Usage.MilliCpu));
        var memory = Divide(rate.PerHour - forCpu, capacity.MemoryBytes, allocatable.MemoryBytes, pods, static p => (p.Shape.MemoryBytes, p.Usage.MemoryBytes));
        return (cpu.System + memory.System, cpu.Free + memory.Free);
    }

    private static (double System, double Free) Divide(
        double price, double capacity, double allocatable, IReadOnlyCollection<CostPod> pods, Func<CostPod, (long Requested, long Used)> of)
    {
        if (capacity <= 0)
        {
            return (price, 0);
        }

        double used = 0, slack = 0;
        foreach (var pod in pods)
        {
            var (requests, uses) = of(pod);
            used += uses;
            slack += Math.Max(0, requests - uses);
        }

        var perUnit = price / capacity;
        var usedScale = used > allocatable ? allocatable / used : 1;
        var room = Math.Max(0, allocatable - used);
        var slackScale = slack > room ? room / slack : 1;
        foreach (var pod in pods)
        {
            var (requests, uses) = of(pod);
            pod.Used += perUnit * uses * usedScale;
            pod.Slack += perUnit * Math.Max(0, requests - uses) * slackScale;
        }

        return (perUnit * (capacity - allocatable), perUnit * Math.Max(0, room - slack));
    }
}

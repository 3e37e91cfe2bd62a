namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>What containers used and requested at one look: sums and the most, for those who look on.</summary>
internal sealed class UsageRound
{
    /// <summary>How many containers were measured.</summary>
    public int Count { get; private set; }

    /// <summary>Thousandths of a core.</summary>
    public Share Cpu { get; private set; }

    /// <summary>Bytes.</summary>
    public Share Memory { get; private set; }

    /// <summary>Begins a new look.</summary>
    public void Clear() => (Count, Cpu, Memory) = (0, default, default);

    /// <summary>A container was measured.</summary>
    public void Add(long cpuMilli, long memoryBytes, long cpuRequested, long memoryRequested)
    {
        Count++;
        Cpu = Cpu.With(cpuMilli, cpuRequested);
        Memory = Memory.With(memoryBytes, memoryRequested);
    }

    /// <summary>Adds another look of the same instant.</summary>
    public void Add(UsageRound other)
    {
        Count += other.Count;
        Cpu = Cpu.And(other.Cpu);
        Memory = Memory.And(other.Memory);
    }

    /// <summary>One resource.</summary>
    /// <param name="Used">The sum of what was used.</param>
    /// <param name="UsedMax">The most that one container used.</param>
    /// <param name="Requested">The sum of what was requested.</param>
    public readonly record struct Share(long Used, long UsedMax, long Requested)
    {
        /// <summary>With one more container.</summary>
        public Share With(long used, long requested) => new(Used + used, Math.Max(UsedMax, used), Requested + requested);

        /// <summary>Together with others.</summary>
        public Share And(Share other) => new(Used + other.Used, Math.Max(UsedMax, other.UsedMax), Requested + other.Requested);
    }
}

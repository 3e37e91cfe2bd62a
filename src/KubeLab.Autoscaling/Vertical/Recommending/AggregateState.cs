using KubeLab.Api.Autoscaling;
using KubeLab.Autoscaling.Vertical.Histograms;

namespace KubeLab.Autoscaling.Vertical.Recommending;

/// <summary>What is known of the usage of all containers of one name in pods with the same labels.</summary>
/// <remarks>Upstream: AggregateContainerState in pkg/recommender/model/aggregate_container_state.go.</remarks>
internal sealed class AggregateState(Aggregations aggregations, DateTimeOffset created)
{
    /// <summary>The format of its checkpoints.</summary>
    public const string CheckpointVersion = "v3";

    /// <summary>All samples of CPU, in cores, with the request for weight.</summary>
    public DecayingHistogram Cpu { get; } = new(aggregations.CpuBuckets, aggregations.CpuHalfLife);

    /// <summary>One peak of memory for each container and day, in bytes.</summary>
    public DecayingHistogram MemoryPeaks { get; } = new(aggregations.MemoryBuckets, aggregations.MemoryHalfLife);

    /// <summary>The first sample of CPU; the default value when there is none.</summary>
    public DateTimeOffset FirstSample { get; private set; }

    /// <summary>The last sample of CPU; the default value when there is none.</summary>
    public DateTimeOffset LastSample { get; private set; }

    /// <summary>How many samples of CPU there were.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Whether it was forgotten: then containers need another.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>What its containers used and requested when they were last looked at.</summary>
    public UsageRound Round { get; } = new();

    /// <summary>Adds a sample of CPU; it weighs as much as the container requests, so that history fades when a request is raised.</summary>
    /// <param name="milli">What was used, in thousandths of a core.</param>
    /// <param name="requestMilli">What the container requests.</param>
    /// <param name="at">When.</param>
    public void AddCpu(long milli, long requestMilli, DateTimeOffset at)
    {
        Cpu.Add(milli / 1000.0, Math.Max(requestMilli / 1000.0, Aggregations.SampleWeightMin), at);
        LastSample = at > LastSample ? at : LastSample;
        FirstSample = FirstSample == default || at < FirstSample ? at : FirstSample;
        SampleCount++;
    }

    /// <summary>Adds a peak of memory.</summary>
    public void AddPeak(long bytes, DateTimeOffset at) => MemoryPeaks.Add(bytes, 1, at);

    /// <summary>Takes a peak of memory away.</summary>
    public void SubtractPeak(long bytes, DateTimeOffset at) => MemoryPeaks.Subtract(bytes, 1, at);

    /// <summary>Adds all that <paramref name="other"/> knows.</summary>
    public void Merge(AggregateState other)
    {
        Cpu.Merge(other.Cpu);
        MemoryPeaks.Merge(other.MemoryPeaks);
        if (FirstSample == default || (other.FirstSample != default && other.FirstSample < FirstSample))
        {
            FirstSample = other.FirstSample;
        }

        LastSample = other.LastSample > LastSample ? other.LastSample : LastSample;
        SampleCount += other.SampleCount;
    }

    /// <summary>Whether its last sample, or itself when it never had one, is older than what is looked back upon.</summary>
    public bool IsExpired(DateTimeOffset now) => now - (LastSample == default ? created : LastSample) >= aggregations.Window;

    /// <summary>What a checkpoint keeps of it.</summary>
    public VerticalPodAutoscalerCheckpointStatus Save() => new()
    {
        Version = CheckpointVersion,
        CpuHistogram = Cpu.Save(),
        MemoryHistogram = MemoryPeaks.Save(),
        FirstSampleStart = FirstSample == default ? null : FirstSample,
        LastSampleStart = LastSample == default ? null : LastSample,
        TotalSamplesCount = SampleCount,
    };

    /// <summary>Takes over what a checkpoint kept.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Load(VerticalPodAutoscalerCheckpointStatus saved)
    {
        if (saved.Version != CheckpointVersion)
        {
            return $"unsupported checkpoint version {saved.Version}";
        }

        SampleCount = saved.TotalSamplesCount;
        FirstSample = saved.FirstSampleStart?.Instant ?? default;
        LastSample = saved.LastSampleStart?.Instant ?? default;
        return MemoryPeaks.Load(saved.MemoryHistogram) ?? Cpu.Load(saved.CpuHistogram);
    }
}

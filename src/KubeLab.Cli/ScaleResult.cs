using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeLab.Cli;

/// <summary>What <c>lab bench scale</c> measured.</summary>
internal sealed record ScaleResult
{
    public required int Nodes { get; init; }

    public required int Pods { get; init; }

    /// <summary>Seconds of real time from the first Deployment to the last ready pod.</summary>
    public required double RealSeconds { get; init; }

    /// <summary>Seconds of the cluster's time for the same.</summary>
    public required double SimulatedSeconds { get; init; }

    /// <summary>Events of the clock.</summary>
    public required long Events { get; init; }

    /// <summary>Bytes allocated per pod, garbage included.</summary>
    public required long AllocatedBytesPerPod { get; init; }

    /// <summary>The largest resident size of the process, in bytes.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>What is alive on the heap at the end, in bytes.</summary>
    public required long LiveMemoryBytes { get; init; }

    private double PodsPerSecond => Pods / RealSeconds;

    public string ToJson() => new JsonObject
    {
        ["nodes"] = Nodes,
        ["pods"] = Pods,
        ["realSeconds"] = Math.Round(RealSeconds, 3),
        ["simulatedSeconds"] = SimulatedSeconds,
        ["simulatedOverReal"] = Math.Round(SimulatedSeconds / RealSeconds, 2),
        ["podsPerSecond"] = Math.Round(PodsPerSecond, 1),
        ["events"] = Events,
        ["allocatedBytesPerPod"] = AllocatedBytesPerPod,
        ["peakMemoryMB"] = PeakMemoryBytes / 1_000_000,
        ["liveMemoryMB"] = LiveMemoryBytes / 1_000_000,
    }.ToJsonString();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Pods:N0} pods on {Nodes:N0} nodes, from Deployments to ready
          real time       {RealSeconds:F2} s ({PodsPerSecond:N0} pods/s)
          simulated time  {SimulatedSeconds:F0} s ({SimulatedSeconds / RealSeconds:F1} times real time)
          memory          {PeakMemoryBytes / 1_000_000:N0} MB peak, {LiveMemoryBytes / 1_000_000:N0} MB live, {AllocatedBytesPerPod / 1000.0:F1} kB allocated per pod
          events          {Events:N0}
        """);
}

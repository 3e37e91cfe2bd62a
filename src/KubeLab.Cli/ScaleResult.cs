using System.Globalization;

namespace KubeLab.Cli;

/// <summary>What <c>lab bench scale</c> measured.</summary>
internal sealed record ScaleResult
{
    /// <summary>What was to be done.</summary>
    public required ScaleWish Wish { get; init; }

    /// <summary>From the first Deployment to the last ready pod.</summary>
    public required ScaleTimes Fill { get; init; }

    /// <summary>From the change of the templates until every pod is replaced; null when that was not asked for.</summary>
    public required ScaleTimes? Rollout { get; init; }

    /// <summary>Bytes allocated per pod while the cluster was filled, garbage included.</summary>
    public required long AllocatedBytesPerPod { get; init; }

    /// <summary>The largest resident size of the process, in bytes.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>What is alive on the heap at the end, in bytes.</summary>
    public required long LiveMemoryBytes { get; init; }

    public string ToJson()
    {
        var json = Fill.ToJson(Wish.Pods);
        json.Insert(0, "nodes", Wish.Nodes);
        json.Insert(1, "pods", Wish.Pods);
        json["allocatedBytesPerPod"] = AllocatedBytesPerPod;
        json["peakMemoryMB"] = PeakMemoryBytes / 1_000_000;
        json["liveMemoryMB"] = LiveMemoryBytes / 1_000_000;
        if (Rollout is not null)
        {
            json["rollout"] = Rollout.ToJson(Wish.Pods);
        }

        return json.ToJsonString();
    }

    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            {Wish.Pods:N0} pods on {Wish.Nodes:N0} nodes, from Deployments of {Wish.PodsPerDeployment:N0} to ready
            {Fill.ToString(Wish.Pods)}
              memory          {PeakMemoryBytes / 1_000_000:N0} MB peak, {LiveMemoryBytes / 1_000_000:N0} MB live, {AllocatedBytesPerPod / 1000.0:F1} kB allocated per pod
            """);
        return Rollout is null ? text : $"{text}{Environment.NewLine}rolling update of all of them{Environment.NewLine}{Rollout.ToString(Wish.Pods)}";
    }
}

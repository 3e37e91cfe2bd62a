using KubeLab.Nodes.Serving;

namespace KubeLab.Policies;

/// <summary>What came of one policy under one seed.</summary>
public sealed record PolicyRun
{
    /// <summary>The policy's name.</summary>
    public required string Policy { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Why it did not come to its end, beginning with policy and seed; null when it did.</summary>
    public string? Failure { get; init; }

    /// <summary>By how much the bill grew, in the price book's currency.</summary>
    public double Cost { get; init; }

    /// <summary>The currency.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Requests that were sent.</summary>
    public double Requests { get; init; }

    /// <summary>What share of them went wrong, from 0 to 1.</summary>
    public double ErrorShare { get; init; }

    /// <summary>All answers of all loads by how long they took: percentiles are taken of this, so that each request counts once, however the load was spread over time.</summary>
    public LatencyHistogram Latency { get; init; } = new();

    /// <summary>Within this time half of all answers came, in milliseconds; no number when there were none.</summary>
    public double P50 => 1000 * Latency.Quantile(0.5);

    /// <summary>Within this time 95 of 100 answers came, in milliseconds; no number when there were none.</summary>
    public double P95 => 1000 * Latency.Quantile(0.95);

    /// <summary>How often the wanted number of copies of a workload changed.</summary>
    public int ScaleEvents { get; init; }

    /// <summary>The hours that rented workers ran, all together.</summary>
    public double NodeHours { get; init; }

    /// <summary>The most pods of workloads that there were at once, those of <c>kube-system</c> left out.</summary>
    public int PeakReplicas { get; init; }
}

using KubeLab.Simulation;

namespace KubeLab.Delays;

/// <summary>What a critical path is made of, beside the lives of a pod and its node.</summary>
internal sealed record DelayFacts
{
    /// <summary>Whether an autoscaler scales the workload.</summary>
    public required bool IsAutoscaled { get; init; }

    /// <summary>When the metrics server asked the kubelets for the first time.</summary>
    public required DateTimeOffset? FirstScrapeEver { get; init; }

    /// <summary>How often it asks.</summary>
    public required TimeSpan ScrapePeriod { get; init; }

    /// <summary>How long after it asked its figures can be read.</summary>
    public required TimeSpan ScrapeLag { get; init; }

    /// <summary>1 while a stabilization window held the number of copies.</summary>
    public required TimeSeries? Held { get; init; }

    /// <summary>How long the pod's images were waited for.</summary>
    public required TimeSpan Pull { get; init; }

    /// <summary>When requests first went differently after the pod was ready.</summary>
    public required DateTimeOffset? Routed { get; init; }

    /// <summary>The first scrape at an instant or later.</summary>
    public DateTimeOffset? FirstScrape(DateTimeOffset at) =>
        FirstScrapeEver is not { } first ? null
        : at <= first ? first
        : first + (ScrapePeriod * Math.Ceiling((at - first) / ScrapePeriod));

    /// <summary>The last scrape whose figures could be read at an instant.</summary>
    public DateTimeOffset? LastScrape(DateTimeOffset at) =>
        FirstScrapeEver is { } first && at - ScrapeLag >= first ? first + (ScrapePeriod * Math.Floor((at - ScrapeLag - first) / ScrapePeriod)) : null;

    /// <summary>Since when a window held the number that was raised at <paramref name="to"/>; null when none did.</summary>
    public DateTimeOffset? HeldSince(DateTimeOffset from, DateTimeOffset to)
    {
        // The status that ends it is written after the number was raised, in the same instant or later.
        if (Held is null || Held.ValueAt(to.AddTicks(-1)) <= 0)
        {
            return null;
        }

        var since = Held.Samples.Last(s => s.At < to && s.Value > 0).At;
        return since > from ? since : from;
    }
}

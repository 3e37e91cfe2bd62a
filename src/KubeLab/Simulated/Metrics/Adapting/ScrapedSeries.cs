using KubeLab.Api;

namespace KubeLab.Simulated.Metrics.Adapting;

/// <summary>One series of a measure: what was read lately, of which a counter tells its rate and a gauge its last value.</summary>
/// <param name="owner">Whose it is; nobody's for measures from elsewhere that no namespace has.</param>
/// <param name="labels">Tell it from other series of the same measure.</param>
/// <param name="isCounter">Whether it only grows, but for restarts.</param>
internal sealed class ScrapedSeries(ObjectKey? owner, StringMap labels, bool isCounter)
{
    private readonly List<Sample> samples = [];

    /// <summary>Whose it is.</summary>
    public ObjectKey? Owner => owner;

    /// <summary>Its labels.</summary>
    public StringMap Labels => labels;

    /// <summary>When it was last read.</summary>
    public DateTimeOffset LastAt => samples[^1].At;

    /// <summary>It was read.</summary>
    /// <param name="sample">The value.</param>
    /// <param name="keepFrom">What is older will not be asked for again.</param>
    public void Add(Sample sample, DateTimeOffset keepFrom)
    {
        samples.RemoveAll(s => s.At < keepFrom);
        samples.Add(sample);
    }

    /// <summary>What it says at <paramref name="now"/>; null when it says nothing: too few samples, or its owner did not answer the last time.</summary>
    /// <param name="now">When.</param>
    /// <param name="lastScrape">The latest time of asking of which the answers can be read.</param>
    /// <param name="window">Over which time rates are taken.</param>
    public double? At(DateTimeOffset now, DateTimeOffset lastScrape, TimeSpan window)
    {
        var readable = samples.Count;
        while (readable > 0 && samples[readable - 1].At > lastScrape)
        {
            readable--;
        }

        if (isCounter)
        {
            return RateWindow.PerSecond(readable == samples.Count ? samples : samples[..readable], now, window);
        }

        return readable > 0 && samples[readable - 1].At == lastScrape ? samples[readable - 1].Value : null;
    }
}

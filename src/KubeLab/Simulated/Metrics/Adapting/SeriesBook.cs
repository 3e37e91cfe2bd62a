using KubeLab.Api;

namespace KubeLab.Simulated.Metrics.Adapting;

/// <summary>All series that are known, by measure.</summary>
internal sealed class SeriesBook
{
    // Who has said nothing for so long is forgotten, as in Prometheus.
    private static readonly TimeSpan Lookback = TimeSpan.FromMinutes(5);

    private readonly SortedDictionary<(string Resource, string Metric), OrderedDictionary<(ObjectKey? Owner, StringMap Labels), ScrapedSeries>> measures = new(
        Comparer<(string Resource, string Metric)>.Create((left, right) =>
            string.CompareOrdinal(left.Resource, right.Resource) is var order and not 0 ? order : string.CompareOrdinal(left.Metric, right.Metric)));

    /// <summary>The measures of all objects, by kind and name; those from elsewhere have no kind.</summary>
    public IEnumerable<(string Resource, string Metric)> Names => measures.Keys;

    /// <summary>The series of a measure; null when there is none.</summary>
    public IEnumerable<ScrapedSeries>? Of(string resource, string metric) => measures.GetValueOrDefault((resource, metric))?.Values;

    /// <summary>Something was read.</summary>
    public void Note(string resource, string metric, ObjectKey? owner, StringMap labels, bool isCounter, Sample sample, TimeSpan keep)
    {
        if (!measures.TryGetValue((resource, metric), out var series))
        {
            measures.Add((resource, metric), series = []);
        }

        if (!series.TryGetValue((owner, labels), out var one))
        {
            series.Add((owner, labels), one = new ScrapedSeries(owner, labels, isCounter));
        }

        one.Add(sample, sample.At - keep);
    }

    /// <summary>Forgets those who have been silent for too long.</summary>
    public void Forget(DateTimeOffset now, TimeSpan keep)
    {
        var since = now - (keep > Lookback ? keep : Lookback);
        foreach (var (name, series) in measures.ToList())
        {
            foreach (var (key, one) in series.ToList())
            {
                if (one.LastAt < since)
                {
                    series.Remove(key);
                }
            }

            if (series.Count == 0)
            {
                measures.Remove(name);
            }
        }
    }
}

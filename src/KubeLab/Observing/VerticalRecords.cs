using KubeLab.Api;
using KubeLab.Autoscaling.Vertical;
using KubeLab.Charts;

namespace KubeLab.Observing;

/// <summary>What vertical autoscalers saw and recommended, container by container, over time.</summary>
internal sealed class VerticalRecords
{
    private readonly OrderedDictionary<(ObjectKey Vpa, string Container), ContainerRecord> records = [];

    /// <summary>Notes one recommendation.</summary>
    public void Add(RecommendationMade made)
    {
        var key = (made.Vpa, made.Recommendation.ContainerName ?? "");
        if (!records.TryGetValue(key, out var record))
        {
            records.Add(key, record = new ContainerRecord());
        }

        record.Cpu.Add(made, "cpu", made.Cpu, 1000);
        record.Memory.Add(made, "memory", made.Memory, 1);
    }

    /// <summary>What was recorded of one container; the first one when <paramref name="container"/> is null.</summary>
    /// <exception cref="ArgumentException">Nothing was; the message says of which something was.</exception>
    public (string Container, RecommendationSeries Cpu, RecommendationSeries Memory) Of(ObjectKey vpa, string? container)
    {
        foreach (var (key, record) in records)
        {
            if (key.Vpa == vpa && (container is null || container == key.Container))
            {
                return (key.Container, record.Cpu.Series, record.Memory.Series);
            }
        }

        var known = records.Keys.Select(k => $"{k.Vpa} {k.Container}").DefaultIfEmpty("none yet: it takes two minutes after a pod's start");
        throw new ArgumentException($"nothing has been recommended for {vpa}{(container is null ? "" : $", container {container}")}; there is: {string.Join(", ", known)}");
    }

    private sealed class ContainerRecord
    {
        public ResourceRecord Cpu { get; } = new("cores");

        public ResourceRecord Memory { get; } = new("bytes");
    }

    private sealed class ResourceRecord(string unit)
    {
        public RecommendationSeries Series { get; } = new(
            new("used", unit), new("used at most", unit), new("requested", unit), new("lower bound", unit), new("target", unit), new("upper bound", unit));

        public void Add(RecommendationMade made, string resource, MeasuredShare share, double perUnit)
        {
            if (made.Measured > 0)
            {
                Series.Used.Record(made.At, share.Used / perUnit);
                Series.UsedMax.Record(made.At, share.UsedMax / perUnit);
                Series.Requested.Record(made.At, share.Requested / perUnit);
            }

            var said = made.Recommendation;
            foreach (var (series, list) in new[] { (Series.Lower, said.LowerBound), (Series.Target, said.Target), (Series.Upper, said.UpperBound) })
            {
                if (list[resource] is { } amount)
                {
                    series.Record(made.At, amount.AsDouble);
                }
            }
        }
    }
}

using KubeLab.Api;
using KubeLab.Charts;
using KubeLab.Simulation;

namespace KubeLab.Observing;

/// <summary>How many copies of one version of a workload exist and serve, over time: those that one ReplicaSet owns.</summary>
internal sealed class VersionRecord(ObjectKey workload, string image, StringMap labels)
{
    private int existing;
    private int ready;

    /// <summary>The workload behind it.</summary>
    public ObjectKey Workload => workload;

    /// <summary>What its first container runs.</summary>
    public string Image => image;

    /// <summary>What follows the colon of its image; <c>latest</c> where nothing does.</summary>
    public string Tag => image.LastIndexOf(':') is var colon && colon > image.LastIndexOf('/') ? image[(colon + 1)..] : "latest";

    /// <summary>The labels of its pods, by which services select them.</summary>
    public StringMap Labels => labels;

    /// <summary>What tells it from another version with the same image.</summary>
    public string Hash => labels["pod-template-hash"] ?? "";

    /// <summary>Pods that are neither over nor going.</summary>
    public TimeSeries Existing { get; } = new("existing", "pods");

    /// <summary>Pods that are ready.</summary>
    public TimeSeries Ready { get; } = new("ready", "pods");

    /// <summary>When it last came to life: its first pod after it had none.</summary>
    public DateTimeOffset Began { get; private set; }

    /// <summary>Whether it had pods at any instant of a span.</summary>
    public bool ExistsWithin(DateTimeOffset from, DateTimeOffset to) => Existing.ValueAt(from) > 0 || Existing.Samples.Any(s => s.At > from && s.At <= to && s.Value > 0);

    /// <summary>One pod changed.</summary>
    public void Count(DateTimeOffset now, int existing, int ready)
    {
        if (this.existing == 0 && existing > 0)
        {
            Began = now;
        }

        this.existing += existing;
        this.ready += ready;
        if (existing != 0)
        {
            Existing.Record(now, this.existing);
        }

        if (ready != 0)
        {
            Ready.Record(now, this.ready);
        }
    }

    /// <summary>For a chart, under names that tell all versions apart and are short enough to stand beside a line.</summary>
    public static IReadOnlyList<VersionSeries> AsSeries(IReadOnlyList<VersionRecord> versions)
    {
        var isOne = versions.Select(v => v.Workload).Distinct().Count() <= 1;
        string Plain(VersionRecord v) => isOne ? $"version {v.Tag}" : $"{v.Workload.Name} {v.Tag}";
        var often = versions.GroupBy(Plain).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        string Beginning(string hash)
        {
            var length = 4;
            while (length < hash.Length && versions.Any(v => v.Hash != hash && v.Hash.StartsWith(hash[..length], StringComparison.Ordinal)))
            {
                length++;
            }

            return length < hash.Length ? $"{hash[..length]}…" : hash;
        }

        return [.. versions.Select(v => new VersionSeries(often.Contains(Plain(v)) ? $"{Plain(v)} ({Beginning(v.Hash)})" : Plain(v), v.Existing, v.Ready))];
    }
}

using System.Globalization;
using KubeLab.Lessons;
using KubeLab.Observing;

namespace KubeLab.Views;

/// <summary>What was seen of the newest rollout of a deployment: how many pods there were at the most, and how few of them were ready.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment">Rolling update</seealso>
public sealed class RolloutView
{
    internal RolloutView(ReplicaRecord workload, IReadOnlyList<VersionRecord> versions, DateTimeOffset now)
    {
        Deployment = workload.Name;
        var newest = versions.MaxBy(v => v.Began);
        Began = newest?.Began ?? now;
        MostPods = (int)new History(workload.Existing, Began, now).Samples.Select(s => s.Value).DefaultIfEmpty(0).Max();
        FewestReady = (int)new History(workload.Ready, Began, now).Samples.Select(s => s.Value).DefaultIfEmpty(0).Min();
        Tag = newest?.Tag ?? "";
        Ended = newest is null ? null : EndOf(newest, [.. versions.Where(v => v != newest)], workload, now);
    }

    /// <summary>Its name.</summary>
    public string Deployment { get; }

    /// <summary>The tag of the image that came.</summary>
    public string Tag { get; }

    /// <summary>When the first pod of the new version was made.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>When all wanted copies were ready and of the new version; null while they are not.</summary>
    public DateTimeOffset? Ended { get; }

    /// <summary>How many pods of all versions there were at the most; those that were going do not count.</summary>
    public int MostPods { get; }

    /// <summary>How many pods of all versions were ready at the least.</summary>
    public int FewestReady { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Deployment} to {Tag}: at most {MostPods} pods, never fewer than {FewestReady} ready; {(Ended is { } end ? $"done after {(end - Began).TotalSeconds:0}s" : "not done yet")}");

    private static DateTimeOffset? EndOf(VersionRecord newest, IReadOnlyList<VersionRecord> others, ReplicaRecord workload, DateTimeOffset now)
    {
        bool IsDone(DateTimeOffset at) => newest.Ready.ValueAt(at) >= workload.Wanted.ValueAt(at) && others.All(v => v.Existing.ValueAt(at) == 0);
        var instants = newest.Ready.Samples.Concat(others.SelectMany(v => v.Existing.Samples)).Select(s => s.At).Where(at => at >= newest.Began && at <= now).Distinct().Order();
        foreach (var at in instants)
        {
            if (IsDone(at))
            {
                return at;
            }
        }

        return null;
    }
}

using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Scheduling.Cache;

/// <summary>Where pods of one template could go: every node that fits, in buckets by its score, mended as nodes change.</summary>
/// <remarks>
/// Good only where all plugins that have something to say judge a node by itself. Then the answer of one pod holds for the next of the same template on all
/// nodes but those that changed since, so a pod costs a few nodes instead of all of them; the choice is the same as looking at all nodes. Upstream began to do
/// the same in KEP-5598 (opportunistic batching).
/// </remarks>
internal sealed class Placements(PodInfo example, Func<PodInfo, NodeInfo, int> scoreOrMinusOne, int scoreMax)
{
    private readonly List<int>?[] buckets = new List<int>?[Math.Max(0, scoreMax + 1)];
    private readonly List<(int Score, int Position)> whereIs = [];
    private long seen = -1;
    private int top = -1;

    /// <summary>The highest score there can be; negative where nothing can be remembered.</summary>
    public int ScoreMax { get; } = scoreMax;

    /// <summary>Which version of the nodes it was made for.</summary>
    public long NodesVersion { get; init; }

    /// <summary>Why nothing fits, remembered while nothing changes.</summary>
    public (long Version, FitError Error)? LastError { get; set; }

    /// <summary>One of the best nodes, by chance among equals as upstream; null when none fits.</summary>
    public NodeInfo? Best(SchedulerCache cache, Randomness chance)
    {
        Refresh(cache);
        while (top >= 0 && buckets[top] is not { Count: > 0 })
        {
            top--;
        }

        if (top < 0)
        {
            return null;
        }

        var best = buckets[top]!;
        return cache.Places[best[best.Count == 1 ? 0 : chance.NextInt(best.Count)]];
    }

    private void Refresh(SchedulerCache cache)
    {
        if (seen >= 0 && cache.TryChangesSince(seen, out var changed))
        {
            foreach (var place in changed)
            {
                Judge(cache, place);
            }
        }
        else
        {
            for (var place = 0; place < cache.Places.Count; place++)
            {
                Judge(cache, place);
            }
        }

        seen = cache.Version;
    }

    private void Judge(SchedulerCache cache, int place)
    {
        while (whereIs.Count <= place)
        {
            whereIs.Add((-1, 0));
        }

        var node = cache.Places[place];
        var score = node.Node is null ? -1 : scoreOrMinusOne(example, node);
        if (whereIs[place].Score == score)
        {
            return;
        }

        TakeOut(place);
        if (score >= 0)
        {
            var bucket = buckets[score] ??= [];
            whereIs[place] = (score, bucket.Count);
            bucket.Add(place);
            top = Math.Max(top, score);
        }
    }

    private void TakeOut(int place)
    {
        var (score, position) = whereIs[place];
        if (score < 0)
        {
            return;
        }

        var bucket = buckets[score]!;
        var last = bucket[^1];
        bucket[position] = last;
        whereIs[last] = (score, position);
        bucket.RemoveAt(bucket.Count - 1);
        whereIs[place] = (-1, 0);
    }
}

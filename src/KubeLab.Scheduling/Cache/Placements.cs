using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling.Cache;

/// <summary>Where pods of one shape could go: the nodes that pass all filters which judge a node by itself, in groups of nodes that look alike to all others.</summary>
/// <remarks>
/// Within a group only the scores that a node earns by itself differ, so its best nodes are at hand; what compares nodes (spreading, neighbours) is asked once for each group.
/// A pod costs the nodes that changed since the last one and the groups there are, instead of all nodes; the choice is the same as looking at all nodes. Upstream began to do
/// the same for pods that are alike in KEP-5598 (opportunistic batching).
/// </remarks>
internal sealed class Placements(PodInfo example, object?[] groupings, Func<PodInfo, NodeInfo, NodeGroups, (int Group, int Score)> judge)
{
    private readonly NodeGroups numbers = new();
    private readonly Dictionary<int, PlacementGroup> known = [];
    private readonly List<PlacementGroup> groups = [];
    private readonly List<(PlacementBucket? Bucket, int Position)> whereIs = [];
    private long seen = -1;

    /// <summary>What the groups were made from.</summary>
    public object?[] Groupings => groupings;

    /// <summary>Why nothing fits, remembered while nothing changes.</summary>
    public (long Version, FitError Error)? LastError { get; set; }

    /// <summary>The groups that have a node.</summary>
    public IReadOnlyList<PlacementGroup> Groups => groups;

    /// <summary>Judges again the nodes that changed since the last time.</summary>
    public void Refresh(SchedulerCache cache)
    {
        if (seen >= 0 && cache.TryChangesSince(seen, out var changed) && changed.Length < cache.Places.Count)
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
            whereIs.Add((null, 0));
        }

        var node = cache.Places[place];
        var (group, score) = node.Node is null ? (-1, -1) : judge(example, node, numbers);
        var at = whereIs[place].Bucket;
        if (at is not null && at.Group.Number == group && at.Score == score)
        {
            return;
        }

        TakeOut(place);
        if (score >= 0)
        {
            PutIn(place, group, score);
        }
    }

    private void PutIn(int place, int number, int score)
    {
        if (!known.TryGetValue(number, out var group))
        {
            known.Add(number, group = new PlacementGroup(number));
        }

        if (group.Count++ == 0)
        {
            group.Index = groups.Count;
            groups.Add(group);
        }

        var bucket = group.Bucket(score);
        whereIs[place] = (bucket, bucket.Places.Count);
        bucket.Places.Add(place);
    }

    private void TakeOut(int place)
    {
        var (bucket, position) = whereIs[place];
        if (bucket is null)
        {
            return;
        }

        var last = bucket.Places[^1];
        bucket.Places[position] = last;
        whereIs[last] = (bucket, position);
        bucket.Places.RemoveAt(bucket.Places.Count - 1);
        whereIs[place] = (null, 0);
        var group = bucket.Group;
        group.Drop(bucket);
        if (--group.Count == 0)
        {
            var moved = groups[^1];
            groups[group.Index] = moved;
            moved.Index = group.Index;
            groups.RemoveAt(groups.Count - 1);
        }
    }
}

/// <summary>Nodes that look alike to everything that compares nodes.</summary>
internal sealed class PlacementGroup(int number)
{
    private readonly List<PlacementBucket> buckets = [];

    public int Number => number;

    /// <summary>How many nodes it has.</summary>
    public int Count { get; set; }

    /// <summary>Its place in the list of groups.</summary>
    public int Index { get; set; }

    /// <summary>Its best nodes.</summary>
    public PlacementBucket Best => buckets[0];

    public PlacementBucket Bucket(int score)
    {
        var index = Find(score);
        if (index >= 0)
        {
            return buckets[index];
        }

        var bucket = new PlacementBucket(this, score);
        buckets.Insert(~index, bucket);
        return bucket;
    }

    public void Drop(PlacementBucket bucket)
    {
        if (bucket.Places.Count == 0)
        {
            buckets.RemoveAt(Find(bucket.Score));
        }
    }

    /// <summary>Buckets are kept by falling score.</summary>
    private int Find(int score)
    {
        int low = 0, high = buckets.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = score.CompareTo(buckets[middle].Score);
            if (order == 0)
            {
                return middle;
            }

            if (order > 0)
            {
                high = middle - 1;
            }
            else
            {
                low = middle + 1;
            }
        }

        return ~low;
    }
}

/// <summary>Nodes of one group that earn the same score by themselves.</summary>
internal sealed class PlacementBucket(PlacementGroup group, int score)
{
    public PlacementGroup Group => group;

    public int Score => score;

    public List<int> Places { get; } = [];
}

using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Controllers.Owning;
using KubeLab.Controllers.Pods;

namespace KubeLab.Controllers.ReplicaSets;

/// <summary>How many pods a replica set has, kept by adding and subtracting, so that no event costs a recount.</summary>
public sealed class PodTally
{
    private readonly Dictionary<StringMap, int> byLabels = [];

    /// <summary>Pods that have not ended and are not on their way out.</summary>
    public int Active { get; private set; }

    /// <summary>Active pods that are ready.</summary>
    public int Ready { get; private set; }

    /// <summary>Active pods that carry all of <paramref name="labels"/>.</summary>
    public int LabelledWith(StringMap labels)
    {
        var sum = 0;
        foreach (var (found, count) in byLabels)
        {
            sum += HasAll(found, labels) ? count : 0;
        }

        return sum;
    }

    /// <summary>Counts <paramref name="pod"/> in (1) or out (-1).</summary>
    internal void Add(Pod pod, int sign)
    {
        if (!PodState.IsActive(pod))
        {
            return;
        }

        Active += sign;
        Ready += PodState.IsReady(pod) ? sign : 0;
        var count = byLabels.GetValueOrDefault(pod.Metadata.Labels) + sign;
        if (count == 0)
        {
            byLabels.Remove(pod.Metadata.Labels);
        }
        else
        {
            byLabels[pod.Metadata.Labels] = count;
        }
    }

    private static bool HasAll(StringMap labels, StringMap wanted)
    {
        foreach (var (key, value) in wanted)
        {
            if (labels[key] != value)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The tallies of all owners, by uid.</summary>
public sealed class PodTallies
{
    private readonly Dictionary<string, PodTally> tallies = new(StringComparer.Ordinal);
    private readonly PodTally none = new();

    /// <summary>The tally of the owner with <paramref name="uid"/>.</summary>
    public PodTally this[string uid] => tallies.GetValueOrDefault(uid, none);

    /// <summary>A pod came, changed or went; null where there was or is nothing.</summary>
    public void Change(Pod? old, Pod? pod)
    {
        if (pod is not null && Ownership.ControllerUidOf(pod.Metadata) is { } uid)
        {
            if (!tallies.TryGetValue(uid, out var tally))
            {
                tallies.Add(uid, tally = new PodTally());
            }

            tally.Add(pod, 1);
        }

        if (old is not null && Ownership.ControllerUidOf(old.Metadata) is { } oldUid && tallies.TryGetValue(oldUid, out var oldTally))
        {
            oldTally.Add(old, -1);
            if (oldTally.Active == 0)
            {
                tallies.Remove(oldUid);
            }
        }
    }
}

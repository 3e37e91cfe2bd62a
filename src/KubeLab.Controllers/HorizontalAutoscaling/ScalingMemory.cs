namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>What the controller remembers of one autoscaler: its proposals and its changes, as long as a rule may ask for them.</summary>
/// <remarks>It is lost when the controller restarts, as upstream's is: the first proposal after that is what is there.</remarks>
public sealed class ScalingMemory
{
    private readonly List<(DateTimeOffset At, int Replicas)> proposals = [];
    private readonly List<(DateTimeOffset At, int Change)> changes = [];

    /// <summary>Whether nothing has been proposed yet.</summary>
    public bool IsEmpty => proposals.Count == 0;

    /// <summary>Notes a proposal, before any rule was applied to it.</summary>
    public void Propose(DateTimeOffset at, int replicas) => proposals.Add((at, replicas));

    /// <summary>Forgets proposals older than <paramref name="oldest"/>.</summary>
    public void ForgetProposals(DateTimeOffset oldest) => proposals.RemoveAll(p => p.At < oldest);

    /// <summary>The highest proposal after <paramref name="cutoff"/>, <paramref name="replicas"/> among them.</summary>
    public int Highest(DateTimeOffset cutoff, int replicas)
    {
        foreach (var (at, former) in proposals)
        {
            replicas = at > cutoff ? Math.Max(former, replicas) : replicas;
        }

        return replicas;
    }

    /// <summary>The lowest proposal after <paramref name="cutoff"/>, <paramref name="replicas"/> among them.</summary>
    public int Lowest(DateTimeOffset cutoff, int replicas)
    {
        foreach (var (at, former) in proposals)
        {
            replicas = at > cutoff ? Math.Min(former, replicas) : replicas;
        }

        return replicas;
    }

    /// <summary>Notes that the number was changed, by so many up or down, and forgets what is older than <paramref name="longest"/>.</summary>
    public void Change(DateTimeOffset at, int change, TimeSpan longest)
    {
        changes.RemoveAll(c => c.At < at - longest);
        changes.Add((at, change));
    }

    /// <summary>By how many the number has grown on balance after <paramref name="cutoff"/>.</summary>
    public int GrownSince(DateTimeOffset cutoff)
    {
        var grown = 0;
        foreach (var (at, change) in changes)
        {
            grown += at > cutoff ? change : 0;
        }

        return grown;
    }
}

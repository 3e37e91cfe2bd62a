using KubeLab.Simulation;

namespace KubeLab.Simulated.Replaying;

/// <summary>Everything that was done to a simulated cluster from without, and between which two of its events.</summary>
/// <remarks>All else follows from the seed: whoever does the same at the same places on a new cluster gets the same cluster.</remarks>
internal sealed class Journal
{
    private readonly List<JournalEntry> entries = [];

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<JournalEntry> Entries => entries;

    /// <summary>Notes what is done now.</summary>
    /// <param name="position">Where the cluster stands.</param>
    /// <param name="revision">The store's revision before it.</param>
    /// <param name="act">How to do it again to another cluster; it must not hold on to this one.</param>
    public JournalEntry Add(ClockPosition position, long revision, Action<SimulatedCluster> act)
    {
        var entry = new JournalEntry(position, revision, act);
        entries.Add(entry);
        return entry;
    }
}

/// <summary>One thing that was done.</summary>
/// <param name="position">Where the cluster stood.</param>
/// <param name="revision">The store's revision before it.</param>
/// <param name="act">How to do it again to another cluster.</param>
internal sealed class JournalEntry(ClockPosition position, long revision, Action<SimulatedCluster> act)
{
    public ClockPosition Position { get; } = position;

    public long Revision { get; } = revision;

    /// <summary>Whether it was refused, which it will be again.</summary>
    public bool Failed { get; set; }

    /// <summary>Does it to <paramref name="cluster"/>, which stands where the first one stood.</summary>
    public void Repeat(SimulatedCluster cluster)
    {
        try
        {
            cluster.Act(act);
        }
        catch (Exception) when (Failed)
        {
            // The refusal was an answer to whoever asked first.
        }
    }
}

using KubeLab.Formatting;

namespace KubeLab.Quorums;

/// <summary>What became of writes to a group whose machines failed at random.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record GroupAvailability : IShown
{
    /// <summary>How many members.</summary>
    public required int Members { get; init; }

    /// <summary>How much of the time one machine was meant to be available, 0 to 1.</summary>
    public required double Machine { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Span { get; init; }

    /// <summary>How many times a machine failed.</summary>
    public required int Failures { get; init; }

    /// <summary>How many writes were committed.</summary>
    public required long Commits { get; init; }

    /// <summary>How much of the time fewer machines than a majority were up, 0 to 1.</summary>
    public required double ShareWithoutMajority { get; init; }

    /// <summary>How much of the time nothing could be committed, 0 to 1.</summary>
    public required double ShareWithoutCommit { get; init; }

    /// <summary>How long after the loss of a majority the latest write was still committed: it was under way.</summary>
    public required TimeSpan LatestCommitAfterLoss { get; init; }

    /// <summary>How often the leader was lost.</summary>
    public required int LeaderLosses { get; init; }

    /// <summary>How many times writing stopped though a majority was up all the while: elections.</summary>
    public required int Pauses { get; init; }

    /// <summary>How long such a pause was on average.</summary>
    public required TimeSpan MeanPause { get; init; }

    /// <summary>How much of the time elections added to what the lack of a majority takes, 0 to 1.</summary>
    public double ShareOfElections => ShareWithoutCommit - ShareWithoutMajority;

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private ShownTable Table()
    {
        var table = new ShownTable($"{Members} masters that vote, machines available {Numbers.Percent(Machine)} % of the time, {Numbers.Short(Span.TotalHours)} hours", "what", "value", "unit");
        table.Add("machines failed", $"{Failures}", "times");
        table.Add("writes committed", $"{Commits:#,0}", "writes");
        table.Add("without a majority", Numbers.Percent(ShareWithoutMajority), "% of the time");
        table.Add("nothing committed", Numbers.Percent(ShareWithoutCommit), "% of the time");
        table.Add("latest commit after a loss", Numbers.Short(LatestCommitAfterLoss.TotalMilliseconds), "ms");
        table.Add("leader lost", $"{LeaderLosses}", "times");
        table.Add("pauses with a majority", $"{Pauses}", "times");
        table.Add("mean pause", Numbers.Short(MeanPause.TotalSeconds), "s");
        return table;
    }
}

using KubeLab.Cloud.Data;

namespace KubeLab.Cloud.Prices;

/// <summary>The shape of <c>data/prices/measured-bills.json</c>.</summary>
internal sealed record MeasuredBillsFile
{
    public required string Source { get; init; }

    public required MeasuredRun[] Runs { get; init; }

    public required MeasuredSplit[] Bills { get; init; }

    public required MeasuredFigure[] CrossChecks { get; init; }
}

internal sealed record MeasuredSplit
{
    public required string What { get; init; }

    public required SortedDictionary<string, decimal> SplitChf { get; init; }

    public required Verification Verified { get; init; }
}

internal sealed record MeasuredFigure
{
    public required string What { get; init; }

    public required decimal Usd { get; init; }

    public required string AsOf { get; init; }

    public required string Source { get; init; }

    public required Verification Verified { get; init; }
}

/// <summary>A run that somebody paid for and published: what a simulated run is compared with, never computed from.</summary>
public sealed record MeasuredRun
{
    /// <summary>What was run.</summary>
    public required string What { get; init; }

    /// <summary>At which provider, for example <c>gcp</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The machine type of the nodes.</summary>
    public required string Machine { get; init; }

    /// <summary>How many nodes there were at most.</summary>
    public required int Nodes { get; init; }

    /// <summary>How long it took, in hours.</summary>
    public required decimal Hours { get; init; }

    /// <summary>What it cost, in Swiss francs.</summary>
    public required decimal Chf { get; init; }

    /// <summary>The shares of the bill in Swiss francs, where they were published.</summary>
    public SortedDictionary<string, decimal>? SplitChf { get; init; }

    /// <summary>How well it is known.</summary>
    public required Verification Verified { get; init; }

    /// <summary>The published runs, in the order of the file.</summary>
    public static IReadOnlyList<MeasuredRun> All() =>
        DataFile.Parse("prices/measured-bills.json", CloudJson.Default.MeasuredBillsFile).Runs;
}

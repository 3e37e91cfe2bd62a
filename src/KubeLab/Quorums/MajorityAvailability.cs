using KubeLab.Formatting;

namespace KubeLab.Quorums;

/// <summary>How often a group of so many members has a majority, when its machines fail independently of each other.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record MajorityAvailability : IShown
{
    /// <summary>A year, in hours.</summary>
    public const double HoursPerYear = 8760;

    /// <summary>How many members.</summary>
    public required int Members { get; init; }

    /// <summary>How much of the time one machine is available, 0 to 1.</summary>
    public required double Machine { get; init; }

    /// <summary>How much of the time there is no majority, 0 to 1.</summary>
    public required double ShareDown { get; init; }

    /// <summary>How many members make a majority.</summary>
    public int Quorum => (Members / 2) + 1;

    /// <summary>How many members may fail.</summary>
    public int Tolerated => Members - Quorum;

    /// <summary>How much of the time there is a majority, 0 to 1.</summary>
    public double Share => 1 - ShareDown;

    /// <summary>Hours a year without a majority.</summary>
    public double HoursDownPerYear => ShareDown * HoursPerYear;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Members} member{(Members == 1 ? "" : "s")}, {Quorum} of them a majority, {Tolerated} may fail: down {Numbers.Short(HoursDownPerYear)} hours a year when machines are available {Numbers.Percent(Machine)} % of the time";

    string IShown.ToHtml() => $"<p class=\"kubelab-value\">{System.Net.WebUtility.HtmlEncode(ToString())}</p>";
}

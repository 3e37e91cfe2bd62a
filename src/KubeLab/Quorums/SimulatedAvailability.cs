using KubeLab.Formatting;

namespace KubeLab.Quorums;

/// <summary>How often a group had a majority while its machines failed and were repaired at random, and how far that may be from the truth.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record SimulatedAvailability : IShown
{
    /// <summary>How many members.</summary>
    public required int Members { get; init; }

    /// <summary>How much of the time one machine is available, 0 to 1.</summary>
    public required double Machine { get; init; }

    /// <summary>How many years were simulated.</summary>
    public required double Years { get; init; }

    /// <summary>How many times a machine failed.</summary>
    public required long Failures { get; init; }

    /// <summary>How many times the majority was lost.</summary>
    public required long Outages { get; init; }

    /// <summary>How much of the time there was no majority, 0 to 1.</summary>
    public required double ShareDown { get; init; }

    /// <summary>The standard error of <see cref="ShareDown"/>; not a number when too few outages were seen to tell.</summary>
    public required double Error { get; init; }

    /// <summary>Hours a year without a majority.</summary>
    public double HoursDownPerYear => ShareDown * MajorityAvailability.HoursPerYear;

    /// <summary>The standard error of <see cref="HoursDownPerYear"/>.</summary>
    public double ErrorHours => Error * MajorityAvailability.HoursPerYear;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Members} member{(Members == 1 ? "" : "s")}: {Numbers.Short(HoursDownPerYear)} ± {Numbers.Short(ErrorHours)} hours a year without a majority "
        + $"({Numbers.Short(Years)} simulated years, {Failures:#,0} machines failed, {Outages:#,0} outages)";

    string IShown.ToHtml() => $"<p class=\"kubelab-value\">{System.Net.WebUtility.HtmlEncode(ToString())}</p>";
}

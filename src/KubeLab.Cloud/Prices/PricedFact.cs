using System.Globalization;

namespace KubeLab.Cloud.Prices;

/// <summary>One figure as it was collected: what, how much, from where, of when.</summary>
/// <param name="Name">What it is the price (or the factor) of, for example <c>e2-standard-4 in europe-west4</c>.</param>
/// <param name="Value">The figure, exactly as published.</param>
/// <param name="Unit">Its unit, for example <c>USD per hour</c>, <c>USD per GiB-month</c> or <c>Spot / on-demand</c>.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="AsOf">When it held; the first day when only a month or a year is known, null when nothing is known.</param>
/// <param name="Verified">How well it is known.</param>
/// <param name="Note">What a reader should know besides; null when there is nothing.</param>
public sealed record PricedFact(
    string Name, decimal Value, string Unit, string Source, DateOnly? AsOf, Verification Verified, string? Note = null)
{
    /// <summary>Whether it is older than <paramref name="date"/>; a figure of unknown age is.</summary>
    public bool IsOlderThan(DateOnly date) => AsOf is not { } asOf || asOf < date;

    /// <inheritdoc/>
    public override string ToString()
    {
        var date = AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "date unknown";
        return string.Create(CultureInfo.InvariantCulture, $"{Name}: {Value} {Unit} ({Verified}, {date}: {Source})");
    }
}

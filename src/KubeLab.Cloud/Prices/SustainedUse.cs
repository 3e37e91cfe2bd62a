namespace KubeLab.Cloud.Prices;

/// <summary>Up to which part of the month a factor on the price holds.</summary>
/// <param name="UpToPercent">The end of the tier, in percent of a month.</param>
/// <param name="Factor">What each hour of the tier costs, relative to the list price.</param>
public readonly record struct SustainedUseTier(decimal UpToPercent, decimal Factor);

/// <summary>The discount that comes by itself to machines which run for much of a month.</summary>
/// <param name="Family">The machine family, for example <c>n1</c>.</param>
/// <param name="Tiers">The tiers, lowest first; the last one ends at 100 percent.</param>
/// <param name="Source">Where the tiers are known from; its value is the largest discount in percent.</param>
/// <seealso href="https://cloud.google.com/compute/docs/sustained-use-discounts">Google Cloud: sustained use discounts</seealso>
public sealed record SustainedUse(string Family, IReadOnlyList<SustainedUseTier> Tiers, PricedFact Source)
{
    /// <summary>The discount, in percent of the list price, of a machine that ran for <paramref name="percentOfMonth"/> of a
    /// month.</summary>
    /// <remarks>Half a month of n1 fills two tiers, at 1.0 and 0.8: 10 percent off.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The part is below 0 or above 100.</exception>
    public decimal DiscountPercent(decimal percentOfMonth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percentOfMonth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentOfMonth, 100);
        if (percentOfMonth == 0)
        {
            return 0;
        }

        decimal paid = 0, start = 0;
        foreach (var tier in Tiers)
        {
            var end = Math.Min(percentOfMonth, tier.UpToPercent);
            if (end > start)
            {
                paid += (end - start) * tier.Factor;
            }

            start = tier.UpToPercent;
        }

        return 100 * (1 - (paid / percentOfMonth));
    }
}

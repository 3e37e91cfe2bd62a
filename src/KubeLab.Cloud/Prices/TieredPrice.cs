namespace KubeLab.Cloud.Prices;

/// <summary>From how many units on a price holds.</summary>
/// <param name="FromUnits">The first unit of the tier, counted in one month.</param>
/// <param name="Price">The price of one unit.</param>
/// <param name="Source">Where it is known from.</param>
public sealed record PriceTier(decimal FromUnits, Money Price, PricedFact Source);

/// <summary>The price of traffic: each month's units fill the tiers from the bottom.</summary>
/// <param name="Item">What is charged, for example <c>egress to the internet</c>.</param>
/// <param name="Unit">The unit as a bill prints it: <c>GiB</c> or <c>GB</c>.</param>
/// <param name="BytesPerUnit">How many bytes one unit is.</param>
/// <param name="Tiers">The tiers, lowest first; the first starts at 0.</param>
public sealed record TieredPrice(string Item, string Unit, long BytesPerUnit, IReadOnlyList<PriceTier> Tiers)
{
    /// <summary>How many printed units <paramref name="bytes"/> are.</summary>
    public decimal QuantityOf(long bytes) => (decimal)bytes / BytesPerUnit;

    /// <summary>The cost of <paramref name="bytes"/> in one month.</summary>
    public Money CostOf(long bytes)
    {
        var units = QuantityOf(bytes);
        var cost = Money.Zero(Tiers[0].Price.Currency);
        for (var i = 0; i < Tiers.Count && units > Tiers[i].FromUnits; i++)
        {
            var end = i + 1 < Tiers.Count ? Math.Min(units, Tiers[i + 1].FromUnits) : units;
            cost += Tiers[i].Price * (end - Tiers[i].FromUnits);
        }

        return cost;
    }
}

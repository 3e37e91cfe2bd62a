using System.Globalization;
using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Billing;

/// <summary>One line of a bill.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Item">What was rented or used, for example <c>e2-standard-4</c>.</param>
/// <param name="Quantity">How much, in <paramref name="Unit"/>.</param>
/// <param name="Unit">For example <c>machine-hour</c>, <c>GiB-month</c>, <c>GiB</c>.</param>
/// <param name="UnitPrice">The price of one unit; the average over the tiers where there are several.</param>
/// <param name="Cost">What the line costs.</param>
/// <param name="Sources">The figures behind the price.</param>
public sealed record BillLine(
    ChargeKind Kind, string Item, decimal Quantity, string Unit, Money UnitPrice, Money Cost, IReadOnlyList<PricedFact> Sources)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Item}: {Quantity:0.###} {Unit} at {UnitPrice.ToString(6)} = {Cost.ToString(4)}");
}

namespace KubeLab.Cloud.Prices;

/// <summary>A discount for a promise: every hour of the term is paid, whether it is used or not.</summary>
/// <param name="Family">The machine family, for example <c>e2</c>.</param>
/// <param name="Years">The length of the promise.</param>
/// <param name="PercentOff">The discount on the list price.</param>
/// <param name="Source">Where it is known from.</param>
/// <seealso href="https://cloud.google.com/compute/docs/instances/committed-use-discounts-overview">Google Cloud: committed use
/// discounts</seealso>
public sealed record CommittedUse(string Family, int Years, decimal PercentOff, PricedFact Source)
{
    /// <summary>How many hours a machine must run in a month before the promise is cheaper than the list price.</summary>
    /// <remarks>At 37 percent off and 730 hours: 459.9.</remarks>
    public decimal BreakEvenHours(decimal monthHours = 730) => monthHours * (100 - PercentOff) / 100;

    /// <summary>What a month costs under the promise, at a list price per hour.</summary>
    public Money CostPerMonth(Money listPricePerHour, decimal monthHours = 730) => listPricePerHour * monthHours * (100 - PercentOff) / 100;
}

using KubeLab.Cloud.Billing;
using KubeLab.Observing.Costs;

namespace KubeLab;

/// <content>The bill divided by what it was for, of a month, and elsewhere.</content>
public abstract partial class Cluster
{
    /// <summary>
    /// What the money of a time was spent on: used by pods, requested in vain, requested by nobody, in pieces too small for any pod, overhead, and things that nobody used; by namespace, workload and pool. The parts
    /// add up to the bill of that time exactly.
    /// </summary>
    /// <param name="from">Since when; the start of the cluster when null. Instants other than the start and now are exact to a quarter of an hour.</param>
    /// <param name="to">Up to when; now when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time does not lie between the cluster's start and now.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual CostSplit CostSplit(DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        throw OnlySimulated("dividing the bill", "OpenCost or the provider's cost allocation can do it");

    /// <summary>What the account pays for a calendar month, with the discounts that only a month knows: sustained use and commitments.</summary>
    /// <param name="within">Any instant of the month; now when null.</param>
    /// <param name="commitments">What was promised for years.</param>
    /// <exception cref="ArgumentException">A machine type is unknown, or the provider knows no such commitment.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual MonthBill MonthBill(DateTimeOffset? within = null, params IReadOnlyList<Commitment> commitments) =>
        throw OnlySimulated("the bill of a month", "the provider's billing export has it");

    /// <summary>What has been used up to now, priced at every provider and region whose prices are known.</summary>
    /// <param name="currency">The currency to convert to where a rate is known; null leaves each bill in its own.</param>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual PriceComparison ComparePrices(string? currency = null) =>
        throw OnlySimulated("pricing what was used elsewhere", "PriceComparison.Of takes machine-hours as you know them");
}

using System.Globalization;
using KubeLab.Charts;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;

namespace KubeLab.Physics;

/// <summary>What came of a run.</summary>
/// <param name="Wish">What was run.</param>
/// <param name="Hours">From the submission of the jobs until the last one had succeeded.</param>
/// <param name="JobsPerNode">The most jobs that one node ran at a time.</param>
/// <param name="Failed">How many pods failed and were done again.</param>
/// <param name="Bill">Everything rented for it, up to the end of the last machine.</param>
public sealed record PfNanoResult(PfNanoWish Wish, double Hours, int JobsPerNode, int Failed, Bill Bill)
{
    /// <summary>The cost in another currency.</summary>
    /// <exception cref="ArgumentException">No such rate is known; the message lists those that are.</exception>
    public Money CostIn(string currency) => ExchangeRates.Find(Bill.Total.Currency, currency) is { } rate
        ? new Money(Bill.Total.Amount * rate.Value, currency)
        : Bill.Total;

    /// <summary>The run as a point of a <see cref="TimePricePlaneChart"/>.</summary>
    public PlanePoint ToPoint(string currency) => new(Wish.ToString(), Hours, (double)CostIn(currency).Amount);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Wish.Files} files on {Wish}: {Hours:0.0} h, {Bill.Total.ToString(2)}, at most {JobsPerNode} jobs at a time on a node, {Failed} failed");
}

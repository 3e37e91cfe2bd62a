namespace KubeLab.Cloud.Prices;

/// <summary>What one unit of something rented by time costs, and where that is known from.</summary>
/// <param name="Item">What is rented, for example <c>e2-standard-4</c>.</param>
/// <param name="Price">The price of one unit for <paramref name="Span"/>.</param>
/// <param name="Unit">The unit as a bill prints it, for example <c>machine-hour</c>, <c>GiB-month</c>.</param>
/// <param name="Span">The time that one unit covers: an hour, or a billing month of 730 hours.</param>
/// <param name="Sources">The figures it was computed from.</param>
public sealed record UnitPrice(string Item, Money Price, string Unit, TimeSpan Span, IReadOnlyList<PricedFact> Sources)
{
    /// <summary>What one unit costs per hour.</summary>
    public Money PerHour => Price * TimeSpan.TicksPerHour / Span.Ticks;

    /// <summary>The cost of renting <paramref name="unitSeconds"/> (units times seconds), with one division so that sums stay
    /// exact.</summary>
    public Money CostOf(decimal unitSeconds) => Price * unitSeconds / SecondsPerUnit;

    /// <summary>How many printed units <paramref name="unitSeconds"/> are.</summary>
    public decimal QuantityOf(decimal unitSeconds) => unitSeconds / SecondsPerUnit;

    private decimal SecondsPerUnit => (decimal)Span.Ticks / TimeSpan.TicksPerSecond;
}

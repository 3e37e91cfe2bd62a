using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Billing;

/// <summary>What the machines of one family cost in a month, and what was taken off.</summary>
/// <param name="Family">For example <c>n1</c>.</param>
/// <param name="VcpuHours">vCPU-hours on demand, those that a commitment covers included.</param>
/// <param name="List">The list price of these.</param>
/// <param name="Spot">What Spot machines cost; no other discount applies to them.</param>
/// <param name="Covered">The list price of what commitments cover: taken off.</param>
/// <param name="SustainedUse">What running long takes off the rest.</param>
/// <param name="Committed">What commitments cost, used or not.</param>
public sealed record FamilyMonth(string Family, decimal VcpuHours, Money List, Money Spot, Money Covered, Money SustainedUse, Money Committed)
{
    /// <summary>What is to be paid.</summary>
    public Money Total => List + Spot - Covered - SustainedUse + Committed;

    /// <summary>How much less than the list price the on-demand machines without a commitment cost, in percent.</summary>
    public decimal SustainedPercent => List.Amount > Covered.Amount ? 100 * SustainedUse.Amount / (List - Covered).Amount : 0;
}

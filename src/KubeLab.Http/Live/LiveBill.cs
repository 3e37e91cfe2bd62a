using KubeLab.Cloud.Billing;
using KubeLab.Simulated;

namespace KubeLab.Http.Live;

/// <summary>The meter of money as a page reads it.</summary>
/// <param name="Currency">The bill's currency.</param>
/// <param name="Total">Spent so far.</param>
/// <param name="PerHour">What the next hour costs if nothing changes.</param>
/// <param name="Lines">The bill.</param>
/// <param name="Nodes">What each machine costs per hour now, its boot disk included.</param>
internal sealed record LiveBill(string Currency, decimal Total, decimal PerHour, IReadOnlyList<LiveBillLine> Lines, IReadOnlyDictionary<string, decimal> Nodes)
{
    /// <summary>Reads it now.</summary>
    public static LiveBill Of(SimulatedCluster cluster)
    {
        var bill = cluster.Bill();
        var nodes = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var usage in cluster.Cloud.StillRented())
        {
            var machine = usage.Name.Split(' ', 2)[0];
            if (cluster.Cloud.TryFind(machine) is not null)
            {
                nodes[machine] = nodes.GetValueOrDefault(machine) + usage.RatePerHour.Amount;
            }
        }

        return new LiveBill(bill.Total.Currency, bill.Total.Amount, cluster.Cloud.RatePerHour.Amount, [.. bill.Lines.Select(LiveBillLine.Of)], nodes);
    }
}

/// <summary>One line of it.</summary>
/// <param name="Item">What.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Cost">What it costs.</param>
internal sealed record LiveBillLine(string Item, decimal Quantity, string Unit, decimal Cost)
{
    public static LiveBillLine Of(BillLine line) => new(line.Item, line.Quantity, line.Unit, line.Cost.Amount);
}

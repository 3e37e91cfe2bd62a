using System.Globalization;
using System.Text;
using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Billing;

/// <summary>What has been used up to an instant, and what it costs; computed from intervals and prices, never typed in.</summary>
public sealed record Bill
{
    internal Bill(DateTimeOffset at, string currency, IReadOnlyList<BillLine> lines)
    {
        At = at;
        Lines = lines;
        var total = Money.Zero(currency);
        foreach (var line in lines)
        {
            total += line.Cost;
        }

        Total = total;
    }

    /// <summary>Up to when it counts.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Its lines, by <see cref="ChargeKind"/>, then by item.</summary>
    public IReadOnlyList<BillLine> Lines { get; }

    /// <summary>What is left out, in sentences; none when it is complete.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The sum of the lines.</summary>
    public Money Total { get; }

    /// <summary>The cost of one kind.</summary>
    public Money Of(ChargeKind kind)
    {
        var sum = Money.Zero(Total.Currency);
        foreach (var line in Lines)
        {
            sum = line.Kind == kind ? sum + line.Cost : sum;
        }

        return sum;
    }

    /// <summary>The bill as a table of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Row("ITEM", "QUANTITY", "UNIT", "UNIT PRICE", "COST");
        foreach (var line in Lines)
        {
            Row(line.Item, Shown(line.Quantity, 4), line.Unit, Shown(line.UnitPrice.Amount, 6), Shown(line.Cost.Amount, 4));
        }

        Row($"total, {Total.Currency}", "", "", "", Shown(Total.Amount, 4));
        foreach (var note in Notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{note}\n");
        }

        return text.ToString();

        void Row(string item, string quantity, string unit, string price, string cost) =>
            text.Append(CultureInfo.InvariantCulture, $"{item,-32} {quantity,14} {unit,-14} {price,12} {cost,12}\n");

        static string Shown(decimal value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}

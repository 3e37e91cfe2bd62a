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
        text.Append(CultureInfo.InvariantCulture, $"{"ITEM",-32} {"QUANTITY",14} {"UNIT",-14} {"UNIT PRICE",12} {"COST",12}\n");
        foreach (var line in Lines)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{line.Item,-32} {line.Quantity,14:0.0000} {line.Unit,-14} {line.UnitPrice.Amount,12:0.000000} {line.Cost.Amount,12:0.0000}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{"total, " + Total.Currency,-32} {"",14} {"",-14} {"",12} {Total.Amount,12:0.0000}\n").ToString();
    }
}

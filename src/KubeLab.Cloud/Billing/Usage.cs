using KubeLab.Cloud.Prices;

namespace KubeLab.Cloud.Billing;

/// <summary>One thing rented from one instant to another, or still.</summary>
public sealed class Usage
{
    internal Usage(string name, UnitPrice price, decimal units, BilledTime rule, DateTimeOffset from)
    {
        Name = name;
        Price = price;
        Units = units;
        Rule = rule;
        From = from;
    }

    /// <summary>What is rented, for example the machine <c>workers-1</c>.</summary>
    public string Name { get; }

    /// <summary>The price of one unit.</summary>
    public UnitPrice Price { get; }

    /// <summary>How many units: 1 for a machine, the GiB of a disk.</summary>
    public decimal Units { get; }

    /// <summary>How its time is rounded.</summary>
    public BilledTime Rule { get; }

    /// <summary>Since when it is rented.</summary>
    public DateTimeOffset From { get; }

    /// <summary>When it was given back; null while it is rented.</summary>
    public DateTimeOffset? To { get; private set; }

    /// <summary>What it costs per hour while it is rented.</summary>
    public Money RatePerHour => Price.PerHour * Units;

    /// <summary>The seconds that are billed up to <paramref name="at"/>; the minimum counts from the first instant.</summary>
    public long BilledSecondsAt(DateTimeOffset at) =>
        at < From ? 0 : Rule.Seconds((To is { } to && to < at ? to : at) - From);

    /// <summary>The seconds that are billed for a time; the minimum belongs to the instant at which the machine started.</summary>
    public long BilledSecondsBetween(DateTimeOffset from, DateTimeOffset to) => BilledSecondsAt(to) - (From >= from ? 0 : BilledSecondsAt(from));

    /// <summary>Whether it is rented at <paramref name="at"/>.</summary>
    public bool IsOpenAt(DateTimeOffset at) => From <= at && (To is not { } to || at < to);

    /// <summary>Gives it back; a second call changes nothing.</summary>
    /// <exception cref="ArgumentException">The instant lies before <see cref="From"/>.</exception>
    public void Close(DateTimeOffset to)
    {
        if (to < From)
        {
            throw new ArgumentException($"{Name} is rented since {From:O} and cannot be given back at {to:O}", nameof(to));
        }

        To ??= to;
    }
}

using System.Globalization;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;
using KubeLab.Formatting;

namespace KubeLab.Views;

/// <summary>What costs money at one instant: one line for each thing rented, the dearest first.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class RentedView : IShown
{
    private readonly TimeSpan month;

    internal RentedView(IReadOnlyList<Usage> usages, TimeSpan month, Func<string, string?> ownerOf)
    {
        this.month = month;
        Things = [.. usages.Select(u => new RentedThing(u.Name, u.Price.Item, u.Units, u.From, u.RatePerHour, ownerOf(u.Name)))
            .OrderByDescending(t => t.PerHour.Amount).ThenBy(t => t.Item, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>What is rented.</summary>
    public IReadOnlyList<RentedThing> Things { get; }

    /// <summary>How many things there are.</summary>
    public int Count => Things.Count;

    /// <summary>What all of them cost per hour; null when there is nothing.</summary>
    public Money? PerHour => Things.Count == 0 ? null : Things.Select(t => t.PerHour).Aggregate((sum, next) => sum + next);

    /// <inheritdoc/>
    public override string ToString() => Things.Count == 0 ? Caption() : Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private ShownTable Table()
    {
        var table = new ShownTable(Caption(), "what", "name", "units", "since", "per hour", "per month");
        foreach (var thing in Things)
        {
            table.Add(
                thing.Item,
                thing.Owner is null ? thing.Name : $"{thing.Name} ({thing.Owner})",
                thing.Units.ToString("0.##", CultureInfo.InvariantCulture),
                thing.Since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                thing.PerHour.ToString(4),
                PerMonth(thing.PerHour).ToString(2));
        }

        return table;
    }

    private string Caption() => PerHour is { } rate
        ? $"{Things.Count} thing{(Things.Count == 1 ? "" : "s")} rented: {rate.ToString(4)} per hour, {PerMonth(rate).ToString(2)} per month of {month.TotalHours.ToString("0", CultureInfo.InvariantCulture)} hours"
        : "nothing is rented";

    private Money PerMonth(Money perHour) => perHour * month.Ticks / TimeSpan.TicksPerHour;
}

/// <summary>One thing that is rented.</summary>
/// <param name="Name">Its name, for example <c>workers-1</c>.</param>
/// <param name="Item">What it is, for example <c>e2-standard-4</c> or <c>load-balancer</c>.</param>
/// <param name="Units">How much: 1 machine, the GiB of a disk.</param>
/// <param name="Since">Since when.</param>
/// <param name="PerHour">What it costs per hour.</param>
/// <param name="Owner">For whom it was made, for example the service <c>default/web</c>; null when nobody knows.</param>
public sealed record RentedThing(string Name, string Item, decimal Units, DateTimeOffset Since, Money PerHour, string? Owner);

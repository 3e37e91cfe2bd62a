using System.Globalization;
using KubeLab.Charts;
using KubeLab.Cloud.Billing;
using KubeLab.Formatting;

namespace KubeLab.Physics;

/// <summary>Runs beside each other: how long each took, how many machine-hours it rented, and what that cost.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class PfNanoComparison : IShown
{
    private const string Francs = "CHF";

    internal PfNanoComparison(IReadOnlyList<PfNanoResult> results) => Results = results;

    /// <summary>What came of each, in the order of the wishes.</summary>
    public IReadOnlyList<PfNanoResult> Results { get; }

    /// <summary>The runs as points of a <see cref="TimePricePlaneChart"/>.</summary>
    /// <exception cref="ArgumentException">A price cannot be converted; the message lists the rates that are known.</exception>
    public IReadOnlyList<PlanePoint> ToPoints(string currency = Francs) => [.. Results.Select(r => r.ToPoint(currency))];

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private ShownTable Table()
    {
        var table = new ShownTable("The runs, from the first machine to the last", "machines", "hours", "machine-hours", "bill", "in francs");
        foreach (var run in Results)
        {
            var machineHours = run.Bill.Lines.Where(l => l.Kind == ChargeKind.Machine).Sum(l => l.Quantity);
            table.Add(
                Words(run.Wish), run.Hours.ToString("0.0", CultureInfo.InvariantCulture), machineHours.ToString("0", CultureInfo.InvariantCulture),
                run.Bill.Total.ToString(2), run.Bill.Total.Currency is Francs or "USD" ? run.CostIn(Francs).ToString(2) : "-");
        }

        return table;
    }

    private static string Words(PfNanoWish wish) =>
        $"{wish}{(wish.IdleNodesGoAfter is null ? ", all kept to the end" : "")}{(wish.ImageCached ? "" : ", image pulled first")}";
}

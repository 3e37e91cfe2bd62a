using KubeLab.Charts;
using KubeLab.Cloud.Prices;
using KubeLab.Formatting;
using KubeLab.Quorums;

namespace KubeLab.Costs;

/// <summary>Whether Spot is worth it for a job, by how often machines are taken back.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class SpotJobTable : IShown
{
    private readonly string caption;

    internal SpotJobTable(SpotJob job, PriceBook prices, string machine, TimeSpan checkpointTime, IReadOnlyList<double> rates)
    {
        var (full, spot) = (prices.Machine(machine).PerHour, prices.Machine(machine, spot: true).PerHour);
        FullPriceCost = (job.Length + job.Boot).TotalHours * (double)full.Amount;
        Currency = prices.Currency;
        caption = $"{Numbers.Short(job.Length.TotalHours)} h on {machine} in {prices.Region}: {Numbers.Short(FullPriceCost)} {Currency} at the full price; Spot costs {Numbers.Short((double)(100 * spot.Amount / full.Amount))} % of it per hour";
        Rows = [.. rates.Select(rate => RowOf(job with { PreemptionsPerHour = rate }, spot, checkpointTime))];
    }

    /// <summary>What the job costs on machines that nobody takes back.</summary>
    public double FullPriceCost { get; }

    /// <summary>The currency of all costs.</summary>
    public string Currency { get; }

    /// <summary>The values, in the order of the rates, ready to be drawn.</summary>
    public IReadOnlyList<SpotJobRow> Rows { get; }

    /// <summary>The same as a picture: the price that is saved, above the machine time that is lost.</summary>
    /// <exception cref="ArgumentException">There is only one rate.</exception>
    public Figure Chart() => SpotChart.Of(
        [.. Rows.OrderBy(r => r.PreemptionsPerHour).Select(r => new SpotPoint(r.PreemptionsPerHour, Saving(r.AnewCost), Saving(r.SavedCost), r.Anew.LostHours, r.Saved.LostHours))],
        caption);

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private static SpotJobRow RowOf(SpotJob job, Money spot, TimeSpan checkpointTime)
    {
        var anew = job.Expected();
        var saving = job.WithBestCheckpoints(checkpointTime);
        var saved = saving.Expected();
        return new(job.PreemptionsPerHour, anew, anew.Cost(spot), saving.CheckpointEvery, saved, saved.Cost(spot));
    }

    private ShownTable Table()
    {
        var table = new ShownTable(caption, "taken back per hour", "hours", "cost", "saves %", "checkpoint every h", "hours", "cost", "saves %");
        foreach (var row in Rows)
        {
            table.Add(
                Numbers.Short(row.PreemptionsPerHour), Numbers.Short(row.Anew.ElapsedHours), Numbers.Short(row.AnewCost), Saves(row.AnewCost),
                row.CheckpointEvery is { } every ? Numbers.Short(every.TotalHours) : "-", Numbers.Short(row.Saved.ElapsedHours), Numbers.Short(row.SavedCost), Saves(row.SavedCost));
        }

        return table;
    }

    private string Saves(double cost) => Numbers.Short(Saving(cost));

    // In percent of the full price.
    private double Saving(double cost) => 100 * (1 - (cost / FullPriceCost));
}

/// <summary>One rate of a <see cref="SpotJobTable"/>.</summary>
/// <param name="PreemptionsPerHour">How often machines are taken back.</param>
/// <param name="Anew">The job when it begins anew each time.</param>
/// <param name="AnewCost">What that costs.</param>
/// <param name="CheckpointEvery">The best checkpoint interval; null where none is worth it.</param>
/// <param name="Saved">The job with these checkpoints.</param>
/// <param name="SavedCost">What that costs.</param>
public sealed record SpotJobRow(double PreemptionsPerHour, SpotOutcome Anew, double AnewCost, TimeSpan? CheckpointEvery, SpotOutcome Saved, double SavedCost);

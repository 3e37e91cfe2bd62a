using KubeLab.Charts;
using KubeLab.Formatting;

namespace KubeLab.Quorums;

/// <summary>Hours a year without a majority, by number of masters.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class AvailabilityTable : IShown
{
    internal AvailabilityTable(double machine, IReadOnlyList<MajorityAvailability> rows, IReadOnlyList<SimulatedAvailability> simulated)
    {
        Machine = machine;
        Rows = rows;
        Simulated = simulated;
    }

    /// <summary>How much of the time one machine is available, 0 to 1.</summary>
    public double Machine { get; }

    /// <summary>The computed values, by number of members.</summary>
    public IReadOnlyList<MajorityAvailability> Rows { get; }

    /// <summary>The simulated values, when there are any.</summary>
    public IReadOnlyList<SimulatedAvailability> Simulated { get; }

    /// <summary>The table with a simulated value beside each computed one.</summary>
    /// <param name="precision">The standard error wished for, as a share of the value.</param>
    /// <param name="yearsMax">After so many years a simulation ends in any case.</param>
    /// <param name="seed">Decides when machines fail.</param>
    public AvailabilityTable WithSimulation(double precision = 0.05, double yearsMax = 100_000, long seed = 1) =>
        new(Machine, Rows, [.. Rows.Select(row => Availability.Simulate(row.Members, Machine, precision, yearsMax, seed: seed))]);

    /// <summary>The same as a picture.</summary>
    public Figure Chart() => AvailabilityChart.Of(
        Machine,
        [.. Rows.Select(row => new AvailabilityPoint(row.Members, row.HoursDownPerYear))],
        [.. Simulated.Select(s => new AvailabilityPoint(s.Members, s.HoursDownPerYear, double.IsNaN(s.ErrorHours) ? s.HoursDownPerYear : s.ErrorHours))]);

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private ShownTable Table()
    {
        string[] heads = ["masters", "majority", "may fail", "% available", "hours down a year"];
        var table = new ShownTable(
            $"machines available {Numbers.Percent(Machine)} % of the time, failing independently",
            Simulated.Count == 0 ? heads : [.. heads, "simulated", "±", "years simulated"]);
        foreach (var row in Rows)
        {
            string[] cells = [$"{row.Members}", $"{row.Quorum}", $"{row.Tolerated}", Numbers.Percent(row.Share), Numbers.Short(row.HoursDownPerYear)];
            var run = Simulated.FirstOrDefault(s => s.Members == row.Members);
            table.Add(Simulated.Count == 0 ? cells : [.. cells, .. run is null ? ["", "", ""] : new[] { Numbers.Short(run.HoursDownPerYear), Numbers.Short(run.ErrorHours), Numbers.Short(run.Years) }]);
        }

        return table;
    }
}
